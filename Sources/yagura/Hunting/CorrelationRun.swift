internal import Collect
internal import Detection
internal import Sigma
internal import WindowsFormats

/// Puts the matches of a whole hunt through the correlations, in order of time.
struct CorrelationRun {
  /// Records that a finding names as evidence; the number of the others is in its fields.
  static let evidenceLimit = 100
  /// Matches of one moment that are compared with each other, to pass over copies of a record.
  private static let momentLimit = 65_536

  private let book: CorrelationBook
  private let spool: TimedSpool
  private var engine: CorrelationEngine
  /// Evidence of emissions that other correlations rest on.
  private var evidenceOfEmission: [EmissionKey: [UInt64]] = [:]

  private struct EmissionKey: Hashable {
    var correlation: Int
    var ordinal: UInt64
  }

  init(_ book: CorrelationBook, _ spool: TimedSpool) {
    self.book = book
    self.spool = spool
    engine = CorrelationEngine(plan: book.plan, tellsOpenings: false)
  }

  /// Hands out what correlations found; `rule` is the index of the correlation.
  mutating func findings(_ body: (FindingBody) throws(SystemFault) -> Void) throws(SystemFault) {
    try addMatches()
    engine.finish()
    let emissions = engine.drainEmissions()
    for emission in emissions {
      let key = EmissionKey(correlation: emission.correlation, ordinal: emission.ordinal)
      evidenceOfEmission[key] = references(of: emission)
    }
    for emission in emissions where book.rules[emission.correlation].isReported {
      if let finding = try finding(emission) { try body(finding) }
    }
  }

  private mutating func addMatches() throws(SystemFault) {
    var sequence: UInt64 = 0
    let spool = spool
    var engine = engine
    try spool.forEachMoment(limit: CorrelationRun.momentLimit) { numbers, _ throws(SystemFault) in
      var seen: Set<String> = []
      for number in numbers {
        guard let match = try spool.read(number, { CorrelationMatch(decoding: $0) }) else { continue }
        // A copy of a log beside the log must not count twice.
        let identity = "\(match.rule) \(match.evidence.recordID) \(match.evidence.sha256)"
        guard seen.insert(identity).inserted else { continue }
        engine.add(
          CorrelationInput(
            rule: match.rule, time: match.time, sequence: sequence, reference: number, values: match.values))
        sequence += 1
      }
      return true
    }
    self.engine = engine
  }

  /// The matches that an emission rests on, those of correlations below it included.
  private func references(of emission: CorrelationEmission) -> [UInt64] {
    var numbers: [UInt64] = []
    for item in emission.evidence {
      guard numbers.count < CorrelationRun.evidenceLimit else { break }
      if item.isEmission {
        let key = EmissionKey(correlation: item.rule - book.plan.ruleCount, ordinal: item.reference)
        numbers += (evidenceOfEmission[key] ?? []).filter { !numbers.contains($0) }
      } else {
        numbers.append(item.reference)
      }
    }
    return Array(numbers.prefix(CorrelationRun.evidenceLimit))
  }

  private func finding(_ emission: CorrelationEmission) throws(SystemFault) -> FindingBody? {
    let key = EmissionKey(correlation: emission.correlation, ordinal: emission.ordinal)
    var matches: [CorrelationMatch] = []
    for number in evidenceOfEmission[key] ?? [] {
      if let match = try spool.read(number, { CorrelationMatch(decoding: $0) }) { matches.append(match) }
    }
    guard !matches.isEmpty else { return nil }
    return book.body(emission, matches)
  }
}
