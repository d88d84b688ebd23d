import Detection
import Sigma
import Testing

/// The engine says what the witness says, of any correlations, in any order of arrival.
@Suite struct ReferenceTests {
  private static let seed: UInt64 = 20_261_125

  @Test(arguments: 0..<8) func agreesWithAllWindowsListedAnew(part: Int) {
    var random = SeededNumbers(state: Self.seed + UInt64(part))
    var differing = 0
    for number in 0..<3_000 {
      let sample = RandomCase(&random)
      let expected = ReferenceCorrelation(correlations: sample.correlations, matches: sample.matches).all()
      let plan = CorrelationPlan(rules: Samples.rules(RandomCase.ruleCount), correlations: sample.correlations)
      #expect(plan.diagnostics == [], "seed \(Self.seed), part \(part), case \(number)")
      let inOrder = told(run(plan, sample.matches, &random), plan)
      let shuffled = told(runShuffled(plan, sample.matches, &random), plan)
      if inOrder != expected || shuffled != expected {
        differing += 1
        guard differing == 1 else { continue }
        Issue.record(
          """
          seed \(Self.seed), part \(part), case \(number)
          \(sample.correlations.map(Self.text).joined(separator: "\n"))
          \(sample.matches.map { "r\($0.rule) \(($0.time - Samples.start) / Samples.second) \($0.fields)" }.joined(separator: "\n"))
          expected \(expected.map(Self.text).joined(separator: "\n"))
          in order \(inOrder.map(Self.text).joined(separator: "\n"))
          shuffled \(shuffled.map(Self.text).joined(separator: "\n"))
          """)
      }
    }
    #expect(differing == 0)
  }

  private static func text(_ correlation: SigmaCorrelation) -> String {
    "\(correlation.metadata.name!) \(correlation.kind) \(correlation.rules) by \(correlation.groupBy) "
      + "\(correlation.timespanSeconds) s \(correlation.condition) \(correlation.valueFields)"
  }

  private static func text(_ told: ReferenceCorrelation.Told) -> String {
    func seconds(_ time: UInt64) -> UInt64 { time < Samples.start ? time : (time - Samples.start) / Samples.second }
    return "c\(told.correlation) at \(seconds(told.time)) \(seconds(told.start))-\(seconds(told.end)) \(told.group) "
      + "#\(told.groupOrder) \(told.value) \(told.latestValue) \(told.evidence.map { $0.map(seconds) })"
  }

  private func run(
    _ plan: CorrelationPlan, _ matches: [SampleMatch], _ random: inout SeededNumbers
  ) -> [CorrelationEmission] {
    var engine = CorrelationEngine(plan: plan)
    for match in matches {
      engine.add(match.input(for: plan))
      if random.chance(10) { engine.advance(to: match.time) }
    }
    engine.finish()
    #expect(engine.lateInputs == 0)
    return engine.drainEmissions()
  }

  /// Each match arrives up to the tolerance later than its time says; the engine is told how far the stream is.
  private func runShuffled(
    _ plan: CorrelationPlan, _ matches: [SampleMatch], _ random: inout SeededNumbers
  ) -> [CorrelationEmission] {
    let tolerance = UInt64.random(in: 0...20, using: &random)
    let arriving = matches.shuffled(using: &random).map { match in
      (match.time + UInt64.random(in: 0...tolerance, using: &random) * Samples.second, match)
    }.sorted { $0.0 < $1.0 }
    var buffer = ReorderBuffer(toleranceSeconds: Double(tolerance))
    var engine = CorrelationEngine(plan: plan)
    var emissions: [CorrelationEmission] = []
    for (_, match) in arriving {
      buffer.add(match.input(for: plan))
      while let input = buffer.next() { engine.add(input) }
      if random.chance(50) { engine.advance(to: buffer.watermark) }
      if random.chance(10) { emissions += engine.drainEmissions() }
    }
    buffer.finish()
    while let input = buffer.next() { engine.add(input) }
    engine.finish()
    #expect(engine.lateInputs == 0 && buffer.lateInputs == 0)
    return emissions + engine.drainEmissions()
  }

  /// As the witness puts it. Ordinals name emissions; there, a group's order and the time do.
  private func told(_ emissions: [CorrelationEmission], _ plan: CorrelationPlan) -> [ReferenceCorrelation.Told] {
    var names: [Int: [UInt64: [UInt64]]] = [:]
    var openings: [Int: Set<UInt64>] = [:]
    for emission in emissions where !emission.isComplete {
      names[emission.correlation, default: [:]][emission.ordinal] = [emission.groupOrder, emission.time]
      #expect(openings[emission.correlation, default: []].insert(emission.ordinal).inserted)
    }
    let complete = emissions.filter(\.isComplete)
    #expect(complete.count * 2 == emissions.count)
    return complete.map { emission in
      #expect(emission.omittedEvidence == 0)
      let program = plan.number(ofCorrelation: 0)
      return ReferenceCorrelation.Told(
        correlation: emission.correlation, time: emission.time, start: emission.start, end: emission.end,
        group: emission.groupValues, groupOrder: emission.groupOrder, value: emission.value,
        latestValue: emission.latestValue,
        evidence: emission.evidence.map { evidence in
          let position = plan.requirements(forRule: evidence.rule).uses.first {
            $0.correlation == emission.correlation
          }!.position
          let identity =
            evidence.isEmission ? names[evidence.rule - program]![evidence.reference]! : [evidence.reference]
          return [UInt64(position)] + identity + [evidence.time]
        })
    }.sorted {
      ($0.time, $0.correlation, $0.groupOrder) < ($1.time, $1.correlation, $1.groupOrder)
    }
  }
}
