internal import Detection
internal import Sigma
internal import WindowsFormats

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
    /// Records of all findings together.
    var evidenceCount = 0
  }

  struct Host {
    var levels: [SigmaLevel: Int] = [:]
    var firstTime = ""
    var lastTime = ""
  }

  /// What was found on one host within a few seconds: several rules, and several logs, tell of the same thing.
  struct Moment {
    var time: String
    var host: String
    /// Of the gravest finding.
    var level: SigmaLevel
    var title: LocalizedText
    /// Each once, in the order of the findings.
    var detectors: [String]
    /// How often the same was found in a row.
    var count = 1
    /// FILETIME; 0 when the findings have no time.
    var fileTime: UInt64

    mutating func add(_ finding: Finding) {
      if !detectors.contains(finding.detector) { detectors.append(finding.detector) }
      guard finding.level > level else { return }
      level = finding.level
      title = finding.title
    }
  }

  static let hostLimit = 10_000
  static let sampleLimit = 3
  /// Moments that are kept; those that a report shows are chosen among them.
  static let momentLimit = 4000
  /// Length of a moment: 5 seconds of FILETIME.
  private static let momentLength: UInt64 = 50_000_000

  private(set) var levels: [SigmaLevel: Int] = [:]
  private(set) var groups: [String: Group] = [:]
  private(set) var hosts: [String: Host] = [:]
  private(set) var tactics: [String: Int] = [:]
  private(set) var timeline: [Moment] = []
  /// Moments that the timeline had no room for.
  private(set) var furtherMoments = 0
  private(set) var count = 0
  private var lastMomentOfHost: [String: Int] = [:]

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
    group.evidenceCount += finding.evidence.count
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
    let time = EventTime(finding.time)?.fileTime ?? 0
    if let index = lastMomentOfHost[finding.host], time - min(time, timeline[index].fileTime) < HuntSummary.momentLength
    {
      return timeline[index].add(finding)
    }
    foldLastMoments()
    guard timeline.count < HuntSummary.momentLimit else {
      furtherMoments += 1
      return
    }
    lastMomentOfHost[finding.host] = timeline.count
    timeline.append(
      Moment(
        time: finding.time, host: finding.host, level: finding.level, title: finding.title,
        detectors: [finding.detector], fileTime: time))
  }

  /// Makes the last two moments one when the same was found in both.
  private mutating func foldLastMoments() {
    guard timeline.count > 1, let last = timeline.last else { return }
    let before = timeline[timeline.count - 2]
    guard last.host == before.host, Set(last.detectors) == Set(before.detectors) else { return }
    timeline.removeLast()
    timeline[timeline.count - 1].count += last.count
    // What follows within seconds belongs to the last of them.
    timeline[timeline.count - 1].fileTime = last.fileTime
    lastMomentOfHost[last.host] = timeline.count - 1
  }

  /// The gravest moments, in order of time.
  func moments(atMost limit: Int) -> [Moment] {
    guard timeline.count > limit else { return timeline }
    let gravest = timeline.indices.sorted { (timeline[$1].level, $0) < (timeline[$0].level, $1) }
    return gravest.prefix(limit).sorted().map { timeline[$0] }
  }

  /// Groups by level, the gravest first, then by their first moment.
  var groupsInOrder: [Group] {
    groups.values.sorted { one, other in
      if one.first.level != other.first.level { return one.first.level > other.first.level }
      return (one.first.time, one.first.detector) < (other.first.time, other.first.detector)
    }
  }
}
