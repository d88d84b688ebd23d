internal import Detection
internal import Sigma

/// The result of a hunt as a page of text for a person who has never seen the tool.
struct HuntTextReport {
  let summary: HuntSummary
  let figures: HuntFigures
  let style: TextStyle
  let width: Int
  /// Whether every detector is explained.
  let explainsAll: Bool

  /// Detectors that are explained; the others are listed by name.
  private var explainedGroups: Int { explainsAll ? .max : 12 }
  static let listedGroups = 60

  func text() -> String {
    var parts = [heading()]
    if summary.count == 0 {
      parts.append(Say.huntNothingFound(figures.minimumLevel.rawValue).text + "\n")
    } else {
      parts.append(explainedFindings())
      parts.append(furtherFindings())
      parts.append(timeline())
      parts.append(hosts())
      parts.append(tactics())
    }
    parts.append(notCheckable())
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  // MARK: Heading

  private func heading() -> String {
    var text = style.bold(Say.huntRead(figures).text) + "\n"
    text += Say.huntRules(figures).text + "\n"
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
    for (index, group) in summary.groupsInOrder.prefix(explainedGroups).enumerated() {
      text += (index > 0 ? "\n" : "") + explained(group, number: index + 1)
    }
    return text
  }

  private func explained(_ group: HuntSummary.Group, number: Int) -> String {
    let finding = group.first
    let badge = style.level(finding.level, Say.level(finding.level).text.uppercased())
    var text = "\(number). \(badge)  \(style.bold(visible(finding.title)))\n"
    text += line(
      Say.huntWhen,
      "\(times(finding.time, group.lastTime)) · \(hostList(group.hosts))"
        + (group.count > 1 ? " · \(Say.huntTimes(group.count).text)" : ""))
    if !finding.summary.isEmpty { text += line(Say.huntWhat, Terminal.visible(finding.summary)) }
    if !visible(finding.explanation).isEmpty { text += line(Say.huntWhy, visible(finding.explanation)) }
    if !visible(finding.response).isEmpty { text += line(Say.huntNext, visible(finding.response)) }
    let ids = finding.attack + finding.behaviours
    if !ids.isEmpty { text += line(Say.huntIDs, ids.map(Terminal.visible).joined(separator: ", ")) }
    text += line(Say.huntEvidence, evidence(of: group))
    return text
  }

  private func furtherFindings() -> String {
    let groups = summary.groupsInOrder.dropFirst(explainedGroups)
    guard !groups.isEmpty else { return "" }
    var text = style.bold(Say.huntFurther.text) + "\n"
    for group in groups.prefix(HuntTextReport.listedGroups) {
      let badge = style.level(group.first.level, DisplayWidth.padded(Say.level(group.first.level).text, 8))
      let count = DisplayWidth.padded("\(group.count)×", 6, alignRight: true)
      let title = DisplayWidth.clipped(visible(group.first.title), max(20, width - 48))
      text += "  \(badge) \(count)  \(title)  \(style.dim(hostList(group.hosts)))\n"
    }
    if groups.count > HuntTextReport.listedGroups {
      text += "  " + Say.huntMoreGroups(groups.count - HuntTextReport.listedGroups).text + "\n"
    }
    return text
  }

  private func evidence(of group: HuntSummary.Group) -> String {
    let places = group.samples.flatMap(\.evidence).prefix(HuntSummary.sampleLimit).map { item in
      "\(Terminal.visible(item.file)) \(Say.huntRecord(item).text)"
    }
    let further = group.count - places.count
    return places.joined(separator: "; ") + (further > 0 ? " " + Say.huntAndMore(further).text : "")
  }

  // MARK: Overview

  private func timeline() -> String {
    guard summary.timeline.count > 1 else { return "" }
    var text = style.bold(Say.huntTimeline.text) + "\n"
    let severalHosts = summary.hosts.count > 1
    var day = ""
    for moment in summary.timeline {
      let date = String(moment.time.prefix(10))
      if date != day {
        text += "  \(date.isEmpty ? Say.huntNoTime.text : date)\n"
        day = date
      }
      let clock = String(moment.time.dropFirst(11).prefix(8))
      let badge = style.level(moment.level, DisplayWidth.padded(Say.level(moment.level).text, 8))
      let host = severalHosts ? DisplayWidth.padded(DisplayWidth.clipped(shortHost(moment.host), 14), 15) : ""
      let repeated = moment.count > 1 ? " (\(moment.count)×)" : ""
      let room = max(20, width - 24 - (severalHosts ? 15 : 0))
      text +=
        "    \(DisplayWidth.padded(clock, 9)) \(badge) \(host)"
        + DisplayWidth.clipped(visible(moment.title) + repeated, room) + "\n"
    }
    if summary.furtherMoments > 0 { text += "    " + Say.huntMoreMoments(summary.furtherMoments).text + "\n" }
    return text
  }

  private func hosts() -> String {
    guard summary.hosts.count > 1 else { return "" }
    let order = summary.hosts.sorted { one, other in
      let left = weight(one.value), right = weight(other.value)
      return left == right ? one.key < other.key : left > right
    }
    var text = style.bold(Say.huntHosts.text) + "\n"
    for (name, host) in order.prefix(15) {
      let levels = SigmaLevel.allCases.reversed().compactMap { level in
        host.levels[level].map { style.level(level, "\(Say.level(level).text) \($0)") }
      }
      text +=
        "  \(DisplayWidth.padded(Terminal.visible(name.isEmpty ? "-" : name), 28)) "
        + levels.joined(separator: "  ") + "  \(style.dim(times(host.firstTime, host.lastTime)))\n"
    }
    if order.count > 15 { text += "  " + Say.huntMoreHosts(order.count - 15).text + "\n" }
    return text
  }

  private func weight(_ host: HuntSummary.Host) -> Int {
    SigmaLevel.allCases.enumerated().reduce(0) { $0 + (host.levels[$1.element] ?? 0) << ($1.offset * 6) }
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
    for log in figures.missingLogs.prefix(12) {
      text += "  \(DisplayWidth.padded(Terminal.visible(log.name), 58)) \(Say.huntRuleCount(log.rules).text)\n"
    }
    if figures.missingLogs.count > 12 { text += "  " + Say.huntMoreLogs(figures.missingLogs.count - 12).text + "\n" }
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
    let names = hosts.keys.sorted().prefix(3).map { Terminal.visible($0.isEmpty ? "-" : $0) }
    return names.joined(separator: ", ") + (hosts.count > 3 ? " " + Say.huntAndMore(hosts.count - 3).text : "")
  }

  private func shortHost(_ host: String) -> String {
    Terminal.visible(host.split(separator: ".").first.map(String.init) ?? host)
  }
}
