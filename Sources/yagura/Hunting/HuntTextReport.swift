internal import Detection
internal import Sigma

/// The result of a hunt as a page of text for a person who has never seen the tool: what happened in order of time, on
/// which hosts, and then each kind of finding with why it matters and what to do.
struct HuntTextReport {
  let summary: HuntSummary
  let figures: HuntFigures
  let style: TextStyle
  let width: Int
  /// Kinds of finding that are explained; the timeline refers to them by number.
  private let explained: [HuntSummary.Group]
  /// The others, which are listed by name.
  private let listed: [HuntSummary.Group]
  private let numbers: [String: Int]
  private let hostNames: HostNames

  static let explainedGroups = 10
  static let listedGroups = 60
  static let shownMoments = 40
  static let shownHosts = 15
  static let shownRules = 5
  static let shownLogs = 12

  init(summary: HuntSummary, figures: HuntFigures, style: TextStyle, width: Int, explainsAll: Bool) {
    self.summary = summary
    self.figures = figures
    self.style = style
    self.width = width
    let groups = summary.groupsInOrder
    // What is low happens on normal hosts: it is explained only where there is nothing graver.
    let grave = groups.prefix(HuntTextReport.explainedGroups).prefix { $0.first.level >= .medium }
    let count = explainsAll ? groups.count : grave.isEmpty ? min(5, groups.count) : grave.count
    explained = Array(groups.prefix(count))
    listed = Array(groups.dropFirst(count))
    numbers = Dictionary(uniqueKeysWithValues: explained.enumerated().map { ($1.first.detector, $0 + 1) })
    hostNames = HostNames(summary.hosts.keys)
  }

  func text() -> String {
    var parts = [heading()]
    if summary.count == 0 {
      parts.append(Say.huntNothingFound(figures.minimumLevel.rawValue).text + "\n")
    } else {
      parts += [timeline(), hosts(), explainedFindings(), furtherFindings(), tactics()]
    }
    parts.append(notCheckable())
    if !listed.isEmpty { parts.append(style.dim(Say.huntMore.text) + "\n") }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func heading() -> String {
    var text = style.bold(Say.huntRead(figures).text) + "\n"
    text += Say.huntRules(figures).text + "\n"
    for rule in figures.givenUp.prefix(HuntTextReport.shownRules) {
      text += Terminal.visible(Say.huntGivenUp(rule).text) + "\n"
    }
    let further = figures.givenUp.count - HuntTextReport.shownRules
    if further > 0 { text += Say.huntAndMore(further).text + "\n" }
    let levels = SigmaLevel.allCases.reversed().filter { summary.levels[$0] != nil }
    if !levels.isEmpty {
      let counts = levels.map { style.level($0, "\(Say.level($0).text) \(summary.levels[$0] ?? 0)") }
      text += "\n" + style.bold(Say.huntFindings.text) + "  " + counts.joined(separator: "  ") + "\n"
    }
    return text
  }

  // MARK: Findings

  private func explainedFindings() -> String {
    var text = ""
    // Many rules ask for the same: it is said once.
    var numberOfResponse: [String: Int] = [:]
    for (index, group) in explained.enumerated() {
      let response = visible(group.first.response)
      let shown = numberOfResponse[response].map { Say.huntSameResponse($0).text } ?? response
      if numberOfResponse[response] == nil { numberOfResponse[response] = index + 1 }
      text += (index > 0 ? "\n" : "") + explanation(of: group, number: index + 1, response: shown)
    }
    return text
  }

  private func explanation(of group: HuntSummary.Group, number: Int, response: String) -> String {
    let finding = group.first
    let badge = style.level(finding.level, Say.level(finding.level).text.uppercased())
    var text = "\(number). \(badge)  \(style.bold(visible(finding.title)))\n"
    let times = self.times(finding.time, group.lastTime).replacing(" ", with: "\u{A0}")
    let repeated = group.count > 1 ? " ·\u{A0}\(Say.huntTimes(group.count).text)" : ""
    text += line(Say.huntWhen, "\(times) · \(hostList(group.hosts))\(repeated)")
    let what = FindingWhat.text(of: finding)
    if !what.isEmpty { text += line(Say.huntWhat, Terminal.visible(what)) }
    if !visible(finding.explanation).isEmpty { text += line(Say.huntWhy, visible(finding.explanation)) }
    if !response.isEmpty { text += line(Say.huntNext, response) }
    let ids = finding.attack + finding.behaviours
    if !ids.isEmpty { text += line(Say.huntIDs, ids.map(Terminal.visible).joined(separator: ", ")) }
    text += line(Say.huntEvidence, FindingWhat.evidence(of: group))
    return text
  }

  private func furtherFindings() -> String {
    guard !listed.isEmpty else { return "" }
    var text = style.bold(Say.huntFurther.text) + "\n"
    for group in listed.prefix(HuntTextReport.listedGroups) {
      let badge = style.level(group.first.level, DisplayWidth.padded(Say.level(group.first.level).text, 8))
      let count = DisplayWidth.padded("\(group.count)×", 6, alignRight: true)
      let title = DisplayWidth.clipped(visible(group.first.title), max(20, width - 48))
      text += "  \(badge) \(count)  \(title)  \(style.dim(hostList(group.hosts)))\n"
    }
    if listed.count > HuntTextReport.listedGroups {
      text += "  " + Say.huntMoreGroups(listed.count - HuntTextReport.listedGroups).text + "\n"
    }
    return text
  }

  // MARK: Overview

  private func timeline() -> String {
    guard summary.timeline.count > 1 else { return "" }
    var text = style.bold(Say.huntTimeline.text) + "\n"
    let moments = summary.moments(atMost: HuntTextReport.shownMoments)
    var day = ""
    for moment in moments {
      let date = String(moment.time.prefix(10))
      if date != day {
        text += "  \(date.isEmpty ? Say.huntNoTime.text : date)\n"
        day = date
      }
      text += row(of: moment)
    }
    let further = summary.timeline.count - moments.count + summary.furtherMoments
    if further > 0 { text += "    " + Say.huntMoreMoments(further).text + "\n" }
    return text
  }

  private func row(of moment: HuntSummary.Moment) -> String {
    let clock = DisplayWidth.padded(String(moment.time.dropFirst(11).prefix(8)), 9)
    let badge = style.level(moment.level, DisplayWidth.padded(Say.level(moment.level).text, 8))
    let hostWidth = summary.hosts.count > 1 ? 16 : 0
    let host =
      hostWidth > 0
      ? DisplayWidth.padded(DisplayWidth.clipped(hostNames[moment.host], hostWidth - 1), hostWidth) : ""
    let found = moment.detectors.compactMap { numbers[$0] }.sorted().map(String.init).joined(separator: " ")
    let tail = (moment.count > 1 ? " \(moment.count)×" : "") + (found.isEmpty ? "" : " [\(found)]")
    let room = max(20, width - 24 - hostWidth - DisplayWidth.of(tail))
    return "    \(clock) \(badge) \(host)\(DisplayWidth.clipped(visible(moment.title), room))\(style.dim(tail))\n"
  }

  private func hosts() -> String {
    guard summary.hosts.count > 1 else { return "" }
    let order = summary.hosts.sorted { one, other in
      let left = weight(one.value), right = weight(other.value)
      return left == right ? one.key < other.key : left > right
    }
    var text = style.bold(Say.huntHosts.text) + "\n"
    let shown = order.prefix(HuntTextReport.shownHosts)
    let names = shown.map { DisplayWidth.clipped(Terminal.visible($0.key.isEmpty ? "-" : $0.key), 40) }
    let nameWidth = names.map { DisplayWidth.of($0) }.max() ?? 0
    for (name, (_, host)) in zip(names, shown) {
      let levels = SigmaLevel.allCases.reversed().compactMap { level in
        host.levels[level].map { style.level(level, "\(Say.level(level).text) \($0)") }
      }
      text +=
        "  \(DisplayWidth.padded(name, nameWidth))  "
        + levels.joined(separator: "  ") + "  \(style.dim(times(host.firstTime, host.lastTime)))\n"
    }
    if order.count > shown.count { text += "  " + Say.huntMoreHosts(order.count - shown.count).text + "\n" }
    return text
  }

  private func weight(_ host: HuntSummary.Host) -> Int {
    SigmaLevel.allCases.enumerated().reduce(0) { $0 + min(host.levels[$1.element] ?? 0, 63) << ($1.offset * 6) }
  }

  private func tactics() -> String {
    guard !summary.tactics.isEmpty else { return "" }
    let highest = summary.tactics.values.max() ?? 1
    var text = style.bold(Say.huntTactics.text) + "\n"
    for tactic in Say.tacticOrder {
      guard let count = summary.tactics[tactic] else { continue }
      let bar = String(repeating: "█", count: max(1, count * 24 / highest))
      text += "  \(DisplayWidth.padded(Say.tactic(tactic).text, 24)) \(bar) \(count)\n"
    }
    return text
  }

  private func notCheckable() -> String {
    guard !figures.missingLogs.isEmpty else { return "" }
    var text = style.bold(Say.huntNotCheckable(figures.notCheckable).text) + "\n"
    let logs = figures.missingLogs.prefix(HuntTextReport.shownLogs)
    let names = logs.map { DisplayWidth.clipped(Terminal.visible($0.name), max(40, width - 16)) }
    let nameWidth = names.map { DisplayWidth.of($0) }.max() ?? 0
    for (name, log) in zip(names, logs) {
      text += "  \(DisplayWidth.padded(name, nameWidth))  \(Say.huntRuleCount(log.rules).text)\n"
    }
    if figures.missingLogs.count > logs.count {
      text += "  " + Say.huntMoreLogs(figures.missingLogs.count - logs.count).text + "\n"
    }
    return text
  }

  // MARK: Pieces

  private func line(_ label: Text, _ text: String) -> String {
    let head = "   " + DisplayWidth.padded(label.text, 10)
    return head + TextLayout.wrapped(text, width: width, indent: 13) + "\n"
  }

  private func visible(_ text: LocalizedText) -> String {
    let chosen = Language.current == .ja && !text.ja.isEmpty ? text.ja : text.en.isEmpty ? text.ja : text.en
    return Terminal.visible(chosen)
  }

  private func times(_ first: String, _ last: String) -> String {
    guard !first.isEmpty else { return Say.huntNoTime.text }
    let from = String(first.prefix(19)).replacing("T", with: " ")
    let to = String(last.prefix(19)).replacing("T", with: " ")
    if from == to { return from + " UTC" }
    return from.prefix(10) == to.prefix(10) ? "\(from) – \(to.dropFirst(11)) UTC" : "\(from) – \(to) UTC"
  }

  private func hostList(_ hosts: [String: Int]) -> String {
    let names = hosts.keys.sorted().prefix(5).map { hostNames[$0] }
    return names.joined(separator: ", ") + (hosts.count > 5 ? " " + Say.huntAndMore(hosts.count - 5).text : "")
  }
}
