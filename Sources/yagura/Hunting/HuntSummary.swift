internal import Detection
internal import Sigma

/// What a hunt found, counted while the findings pass by in order of time.
struct HuntSummary {
  /// Findings of one detector.
  struct Group {
    var first: Finding
    var count = 0
    var lastTime = ""
    /// Hosts with their number of findings; those behind `hostLimit` are counted as others.
    var hosts: [String: Int] = [:]
    /// The first findings, whose evidence is shown.
    var samples: [Finding] = []
  }

  struct Host {
    var levels: [SigmaLevel: Int] = [:]
    var firstTime = ""
    var lastTime = ""
  }

  /// A finding on the timeline; the same detector on the same host in a row is one entry.
  struct Moment {
    var time: String
    var lastTime: String
    var host: String
    var detector: String
    var level: SigmaLevel
    var title: LocalizedText
    var summary: String
    var count: Int
  }

  static let hostLimit = 10_000
  static let sampleLimit = 3
  static let timelineLimit = 40

  private(set) var levels: [SigmaLevel: Int] = [:]
  private(set) var groups: [String: Group] = [:]
  private(set) var hosts: [String: Host] = [:]
  private(set) var tactics: [String: Int] = [:]
  private(set) var timeline: [Moment] = []
  /// Moments that the timeline had no room for.
  private(set) var furtherMoments = 0
  private(set) var count = 0

  mutating func add(_ finding: Finding) {
    count += 1
    levels[finding.level, default: 0] += 1
    addToGroup(finding)
    addToHost(finding)
    for tactic in Set(finding.tactics) { tactics[tactic, default: 0] += 1 }
    if finding.level >= .medium { addToTimeline(finding) }
  }

  private mutating func addToGroup(_ finding: Finding) {
    var group = groups[finding.detector] ?? Group(first: finding)
    group.count += 1
    group.lastTime = finding.time
    if group.hosts.count < HuntSummary.hostLimit || group.hosts[finding.host] != nil {
      group.hosts[finding.host, default: 0] += 1
    }
    if group.samples.count < HuntSummary.sampleLimit { group.samples.append(finding) }
    groups[finding.detector] = group
  }

  private mutating func addToHost(_ finding: Finding) {
    guard hosts.count < HuntSummary.hostLimit || hosts[finding.host] != nil else { return }
    var host = hosts[finding.host] ?? Host()
    host.levels[finding.level, default: 0] += 1
    if host.firstTime.isEmpty { host.firstTime = finding.time }
    host.lastTime = finding.time
    hosts[finding.host] = host
  }

  private mutating func addToTimeline(_ finding: Finding) {
    if let last = timeline.last, last.detector == finding.detector, last.host == finding.host {
      timeline[timeline.count - 1].count += 1
      timeline[timeline.count - 1].lastTime = finding.time
    } else if timeline.count < HuntSummary.timelineLimit {
      timeline.append(
        Moment(
          time: finding.time, lastTime: finding.time, host: finding.host, detector: finding.detector,
          level: finding.level, title: finding.title, summary: finding.summary, count: 1))
    } else {
      furtherMoments += 1
    }
  }

  /// Groups by level, the gravest first, then by their first moment.
  var groupsInOrder: [Group] {
    groups.values.sorted { one, other in
      if one.first.level != other.first.level { return one.first.level > other.first.level }
      return (one.first.time, one.first.detector) < (other.first.time, other.first.detector)
    }
  }
}
