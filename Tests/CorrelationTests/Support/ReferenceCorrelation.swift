import Detection
import Sigma

/// The witness: every window of every group listed anew from all events, and its condition calculated from nothing else.
///
/// It shares no code with the engine beyond the documents. Rules are named `r0`…, correlations `c0`….
struct ReferenceCorrelation {
  let correlations: [SigmaCorrelation]
  let matches: [SampleMatch]

  /// What an occurrence is: an event, or an emission with one of the events that are new in it.
  indirect enum Source {
    case match(SampleMatch)
    case emission(of: Int, group: [String], carrier: Occurrence)
  }

  struct Occurrence {
    var rule: String
    var position: Int
    var time: UInt64
    var order: [UInt64]
    var source: Source
    /// Of an emission, which one: its group's order and its time.
    var identity: [UInt64]
  }

  struct Told: Hashable {
    var correlation: Int
    var time: UInt64
    var start: UInt64
    var end: UInt64
    var group: [String]
    var groupOrder: UInt64
    var value: Double
    var latestValue: Double
    var evidence: [[UInt64]]
  }

  struct Seen {
    var isOpening: Bool
    var time: UInt64
    var group: [String]
    var groupOrder: UInt64
    var emissionTime: UInt64
    var new: [Occurrence]
  }

  func all() -> [Told] {
    correlations.indices.flatMap { evaluate($0).told }.sorted {
      ($0.time, $0.correlation, $0.groupOrder) < ($1.time, $1.correlation, $1.groupOrder)
    }
  }

  // MARK: One correlation

  private func evaluate(_ index: Int) -> (told: [Told], seen: [Seen]) {
    let correlation = correlations[index]
    let span = UInt64(correlation.timespanSeconds * 10_000_000)
    let occurrences = occurrences(of: index).sorted { left, right in
      left.time != right.time ? left.time < right.time : left.order.lexicographicallyPrecedes(right.order)
    }
    var told: [Told] = []
    var seen: [Seen] = []
    for (order, episode) in episodes(occurrences, correlation, span).enumerated() {
      judge(episode, index: index, span: span, order: UInt64(order), told: &told, seen: &seen)
    }
    return (told, seen)
  }

  private func occurrences(of index: Int) -> [Occurrence] {
    let correlation = correlations[index]
    let isTemporal = correlation.kind == .temporal || correlation.kind == .temporalOrdered
    var result: [Occurrence] = []
    for (position, rule) in correlation.rules.enumerated() {
      let number = Int(rule.dropFirst())!
      if rule.hasPrefix("r") {
        for match in matches where match.rule == number {
          result.append(
            Occurrence(
              rule: rule, position: position, time: match.time, order: [0, match.sequence, UInt64(number)],
              source: .match(match), identity: [match.reference]))
        }
        continue
      }
      for seen in evaluate(number).seen where seen.isOpening || isTemporal {
        var known: Set<[String?]> = []
        for (part, carrier) in seen.new.enumerated() {
          let occurrence = Occurrence(
            rule: rule, position: position, time: seen.time,
            order: [1, UInt64(number), seen.groupOrder, UInt64(part)],
            source: .emission(of: number, group: seen.group, carrier: carrier),
            identity: [seen.groupOrder, seen.emissionTime])
          let read = (correlation.groupBy + correlation.valueFields).map { value($0, of: occurrence, in: correlation) }
          if isTemporal || known.insert(read).inserted { result.append(occurrence) }
        }
      }
    }
    return result
  }

  /// The value of a field as a correlation calls it.
  func value(_ name: String, of occurrence: Occurrence, in correlation: SigmaCorrelation) -> String? {
    let field = correlation.aliases[name]?[occurrence.rule] ?? name
    switch occurrence.source {
    case .match(let match): return match.fields[field]
    case .emission(let child, let group, let carrier):
      if let place = correlations[child].groupBy.firstIndex(of: field) { return group[place] }
      return value(field, of: carrier, in: correlations[child])
    }
  }

  /// Runs of events of one group without a gap longer than the window, in order of their first event.
  private func episodes(
    _ occurrences: [Occurrence], _ correlation: SigmaCorrelation, _ span: UInt64
  ) -> [[Occurrence]] {
    var episodes: [[Occurrence]] = []
    var current: [[String]: Int] = [:]
    for occurrence in occurrences {
      let key = correlation.groupBy.map { value($0, of: occurrence, in: correlation) }
      let values = correlation.valueFields.map { value($0, of: occurrence, in: correlation) }
      guard !key.contains(nil), !values.contains(nil) else { continue }
      if readsNumber(correlation), number(values[0]!) == nil { continue }
      let present = key.map { $0! }
      if let index = current[present], occurrence.time - episodes[index].last!.time <= span {
        episodes[index].append(occurrence)
      } else {
        current[present] = episodes.count
        episodes.append([occurrence])
      }
    }
    return episodes
  }

  private func judge(
    _ episode: [Occurrence], index: Int, span: UInt64, order: UInt64, told: inout [Told], seen: inout [Seen]
  ) {
    let correlation = correlations[index]
    let times = Set(episode.map(\.time)).sorted()
    var open: Told?
    let group = correlation.groupBy.map { value($0, of: episode[0], in: correlation)! }
    for (step, time) in times.enumerated() {
      let window = episode.filter { $0.time <= time && time - $0.time <= span }
      let isMaximal = step + 1 == times.count || times[step + 1] - window[0].time > span
      guard isMaximal || !waits(correlation.condition) else { continue }
      let verdict = assess(window, correlation)
      guard verdict.holds else {
        if let report = open { told.append(report) }
        open = nil
        continue
      }
      let new = window.filter { occurrence in open.map { occurrence.time > $0.end } ?? true }
      let isOpening = open == nil
      var report =
        open
        ?? Told(
          correlation: index, time: time, start: window[0].time, end: time, group: group, groupOrder: order,
          value: verdict.value, latestValue: verdict.value, evidence: [])
      for occurrence in new {
        let isEmission = occurrence.rule.hasPrefix("c")
        let entry = [UInt64(occurrence.position)] + occurrence.identity
        let known = isEmission && report.evidence.contains { Array($0.dropLast()) == entry }
        if !known { report.evidence.append(entry + [occurrence.time]) }
      }
      report.end = time
      report.latestValue = verdict.value
      open = report
      seen.append(
        Seen(
          isOpening: isOpening, time: time, group: group, groupOrder: order, emissionTime: report.time, new: new))
    }
    if let report = open { told.append(report) }
  }
}
