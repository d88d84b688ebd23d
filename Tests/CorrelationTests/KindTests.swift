import Detection
import Sigma
import Testing

/// Each kind and each comparison: what is told, and beside it what is not.
@Suite struct KindTests {
  private func emissions(
    _ kind: SigmaCorrelation.Kind, _ condition: SigmaCorrelation.Condition, seconds: Double = 10,
    rules: [String] = ["r0"], by groupBy: [String] = [], fields: [String] = [], percentile: Double? = nil,
    _ list: [(rule: Int, seconds: Double, fields: [String: String])]
  ) -> [CorrelationEmission] {
    var run = Run([
      Samples.correlation(
        kind, rules, by: groupBy, seconds: seconds, condition, fields: fields, percentile: percentile)
    ])
    #expect(run.plan.diagnostics == [])
    return run.complete(list)
  }

  private func sizes(_ sizes: [String]) -> [(rule: Int, seconds: Double, fields: [String: String])] {
    sizes.enumerated().map { (0, Double($0.offset), ["size": $0.element]) }
  }

  private func counted(_ comparison: Comparison, _ value: Double, events: Int) -> Int {
    emissions(.eventCount, .count(comparison, value), sizes(Array(repeating: "1", count: events))).count
  }

  @Test func comparesCountsWithEveryOperator() {
    #expect(counted(.equal, 3, events: 3) == 1 && counted(.equal, 3, events: 4) == 0)
    #expect(counted(.notEqual, 3, events: 4) == 1 && counted(.notEqual, 3, events: 3) == 0)
    #expect(counted(.less, 3, events: 2) == 1 && counted(.less, 3, events: 3) == 0)
    #expect(counted(.lessOrEqual, 3, events: 3) == 1 && counted(.lessOrEqual, 3, events: 4) == 0)
    #expect(counted(.greater, 3, events: 4) == 1 && counted(.greater, 3, events: 3) == 0)
    #expect(counted(.greaterOrEqual, 3, events: 3) == 1 && counted(.greaterOrEqual, 3, events: 2) == 0)
  }

  @Test func comparesWithBothEndsOfARange() {
    let range = SigmaCorrelation.Condition.thresholds([.init(.greater, 2), .init(.lessOrEqual, 4)])
    for (events, expected) in [(2, 0), (3, 1), (4, 1), (5, 0)] {
      let found = emissions(.eventCount, range, sizes(Array(repeating: "1", count: events)))
      #expect(found.count == expected, "\(events) events")
    }
  }

  @Test func windowsSlideAndIncludeBothEnds() {
    var near = Run([Samples.correlation(.eventCount, ["r0"], seconds: 10, .count(.greaterOrEqual, 2))])
    #expect(near.complete(at: [7, 17]).count == 1)
    var far = Run([Samples.correlation(.eventCount, ["r0"], seconds: 10, .count(.greaterOrEqual, 2))])
    #expect(far.complete(at: [7, 17.0000001]).isEmpty)
  }

  @Test func tellsABurstOnceWithAllItsEvents() throws {
    var run = Run([Samples.correlation(.eventCount, ["r0"], seconds: 300, .count(.greaterOrEqual, 10))])
    let found = run.complete(at: (0..<1_000).map { Double($0) * 0.3 })
    let burst = try #require(found.first)
    #expect(found.count == 1 && burst.evidence.count == 1_000 && burst.omittedEvidence == 0)
    #expect(burst.value == 10 && burst.latestValue == 1_000)
    #expect(burst.time == Samples.start + 27_000_000 && burst.start == Samples.start)
  }

  @Test func tellsAnewAfterAGapOrAfterTheConditionWasUntrue() {
    let correlation = Samples.correlation(.eventCount, ["r0"], seconds: 10, .count(.greaterOrEqual, 3))
    var gap = Run([correlation])
    #expect(gap.complete(at: [0, 1, 2, 30, 31, 32]).count == 2)
    var pause = Run([correlation])
    // The window of the fourth event holds two, that of the fifth three.
    #expect(pause.complete(at: [0, 1, 2, 11.5, 12]).count == 2)
    var steady = Run([correlation])
    #expect(steady.complete(at: [0, 4, 8, 12, 16, 20, 24]).count == 1)
  }

  @Test func upperBoundsLookAtWholeBurstsOnly() {
    let correlation = Samples.correlation(.eventCount, ["r0"], seconds: 60, .count(.less, 3))
    var burst = Run([correlation])
    #expect(burst.complete(at: (0..<100).map { Double($0) * 0.1 }).isEmpty)
    var sparse = Run([correlation])
    let found = sparse.complete(at: [0, 50, 100, 150])
    #expect(found.count == 1 && found[0].evidence.count == 4)
  }

  @Test func upperBoundsAreToldWhenTheWindowIsOver() {
    var run = Run([Samples.correlation(.eventCount, ["r0"], seconds: 10, .count(.less, 3))])
    for match in Samples.matches([(0, 0, [:])]) { run.engine.add(match.input(for: run.plan)) }
    run.engine.advance(to: Samples.start + 10 * Samples.second)
    #expect(run.engine.drainEmissions().isEmpty)
    run.engine.advance(to: Samples.start + 10 * Samples.second + 1)
    #expect(run.engine.drainEmissions().map(\.isComplete) == [false, true])
  }

  @Test func lowerBoundsAreToldAtOnce() {
    var run = Run([Samples.correlation(.eventCount, ["r0"], seconds: 10, .count(.greaterOrEqual, 1))])
    for match in Samples.matches([(0, 0, [:])]) { run.engine.add(match.input(for: run.plan)) }
    run.engine.advance(to: Samples.start + 1)
    #expect(run.engine.drainEmissions().map(\.isComplete) == [false])
    run.engine.finish()
    #expect(run.engine.drainEmissions().map(\.isComplete) == [true])
  }

  @Test func countsDifferentValuesAndTuples() {
    let spray: [(rule: Int, seconds: Double, fields: [String: String])] = [
      (0, 0, ["user": "a", "host": "1"]), (0, 1, ["user": "b", "host": "1"]), (0, 2, ["user": "a", "host": "2"]),
      (0, 3, ["user": "a", "host": "1"]),
    ]
    #expect(emissions(.valueCount, .count(.greaterOrEqual, 2), fields: ["user"], spray).count == 1)
    #expect(emissions(.valueCount, .count(.greaterOrEqual, 3), fields: ["user"], spray).isEmpty)
    #expect(emissions(.valueCount, .count(.greaterOrEqual, 3), fields: ["user", "host"], spray).count == 1)
    #expect(emissions(.valueCount, .count(.greaterOrEqual, 4), fields: ["user", "host"], spray).isEmpty)
  }

  @Test func addsAndAverages() {
    #expect(emissions(.valueSum, .count(.greaterOrEqual, 0.3), fields: ["size"], sizes(["0.1", "0.2"])).count == 1)
    #expect(emissions(.valueSum, .count(.greater, 0.3), fields: ["size"], sizes(["0.1", "0.2"])).isEmpty)
    #expect(emissions(.valueAverage, .count(.equal, 2), fields: ["size"], sizes(["1", "2", "3"])).count == 1)
    #expect(emissions(.valueAverage, .count(.equal, 2), fields: ["size"], sizes(["1", "2", "4"])).isEmpty)
  }

  @Test func sumsForgetWhatLeftTheWindow() {
    let list: [(rule: Int, seconds: Double, fields: [String: String])] = [
      (0, 0, ["size": "10000000000000000000"]), (0, 9, ["size": "0.5"]), (0, 12, ["size": "0.25"]),
    ]
    let found = emissions(.valueSum, .count(.lessOrEqual, 0.75), fields: ["size"], list)
    #expect(found.map(\.value) == [0.75])
  }

  @Test func takesMediansAndPercentiles() {
    let list = sizes(["5", "1", "4", "2"])
    #expect(emissions(.valueMedian, .count(.equal, 3), fields: ["size"], list).count == 1)
    #expect(emissions(.valueMedian, .count(.equal, 4), fields: ["size"], list).isEmpty)
    let found = emissions(.valuePercentile, .count(.notEqual, -1), fields: ["size"], percentile: 90, list)
    #expect(found.map(\.value) == [4.7])
    #expect(emissions(.valuePercentile, .count(.less, 4.7), fields: ["size"], percentile: 90, list).isEmpty)
  }

  @Test func temporalWantsAllRulesInAnyOrder() {
    let rules = ["r0", "r1"]
    #expect(emissions(.temporal, .thresholds([]), rules: rules, [(1, 0, [:]), (0, 10, [:])]).count == 1)
    #expect(emissions(.temporal, .thresholds([]), rules: rules, [(1, 0, [:]), (0, 11, [:])]).isEmpty)
    #expect(emissions(.temporal, .thresholds([]), rules: rules, [(1, 0, [:]), (1, 1, [:])]).isEmpty)
  }

  @Test func temporalCountsRules() {
    let rules = ["r0", "r1", "r2"]
    #expect(emissions(.temporal, .count(.greaterOrEqual, 2), rules: rules, [(2, 0, [:]), (0, 1, [:])]).count == 1)
    #expect(emissions(.temporal, .count(.equal, 1), rules: rules, [(2, 0, [:]), (0, 1, [:])]).isEmpty)
    #expect(emissions(.temporal, .count(.equal, 1), rules: rules, [(2, 0, [:]), (2, 1, [:])]).count == 1)
  }

  @Test func orderedWantsTheOrderOfTheRules() {
    let rules = ["r0", "r1"]
    #expect(emissions(.temporalOrdered, .thresholds([]), rules: rules, [(0, 0, [:]), (1, 1, [:])]).count == 1)
    #expect(emissions(.temporalOrdered, .thresholds([]), rules: rules, [(1, 0, [:]), (0, 1, [:])]).isEmpty)
    // The time cannot tell which was first.
    #expect(emissions(.temporalOrdered, .thresholds([]), rules: rules, [(1, 0, [:]), (0, 0, [:])]).count == 1)
    // A chain that began too early does not count, a later beginning of it does.
    let late: [(rule: Int, seconds: Double, fields: [String: String])] = [(0, 0, [:]), (1, 11, [:])]
    #expect(emissions(.temporalOrdered, .thresholds([]), rules: rules, late).isEmpty)
    #expect(
      emissions(.temporalOrdered, .thresholds([]), rules: rules, [(0, 0, [:]), (0, 5, [:]), (1, 11, [:])]).count == 1)
  }

  @Test func orderedCountsTheLongestChain() {
    let rules = ["r0", "r1", "r2"]
    let swapped: [(rule: Int, seconds: Double, fields: [String: String])] = [(1, 0, [:]), (0, 1, [:]), (2, 2, [:])]
    #expect(emissions(.temporalOrdered, .count(.greaterOrEqual, 2), rules: rules, swapped).map(\.value) == [2])
    #expect(emissions(.temporalOrdered, .count(.greaterOrEqual, 3), rules: rules, swapped).isEmpty)
  }

  @Test func conditionsOverRulesMayDenyAndOfferAlternatives() {
    let condition = SigmaCorrelation.Condition.rules(.all([.rule(0), .not(.rule(1))]))
    let rules = ["r0", "r1", "r2"]
    #expect(emissions(.temporal, condition, rules: rules, [(0, 0, [:]), (2, 1, [:])]).count == 1)
    // What is denied counts before and after.
    #expect(emissions(.temporal, condition, rules: rules, [(0, 0, [:]), (1, 5, [:])]).isEmpty)
    #expect(emissions(.temporal, condition, rules: rules, [(1, 0, [:]), (0, 5, [:])]).isEmpty)
    let either = SigmaCorrelation.Condition.rules(.all([.rule(0), .any([.rule(1), .rule(2)])]))
    #expect(emissions(.temporal, either, rules: rules, [(2, 0, [:]), (0, 1, [:])]).count == 1)
    #expect(emissions(.temporal, either, rules: rules, [(2, 0, [:]), (1, 1, [:])]).isEmpty)
    #expect(emissions(.temporalOrdered, either, rules: rules, [(0, 0, [:]), (2, 1, [:])]).count == 1)
    #expect(emissions(.temporalOrdered, either, rules: rules, [(2, 0, [:]), (0, 1, [:])]).isEmpty)
  }

  @Test func groupsAreExactAndEventsWithoutKeyFormNone() throws {
    var run = Run([
      Samples.correlation(.eventCount, ["r0"], by: ["user"], seconds: 10, .count(.greaterOrEqual, 2))
    ])
    let found = run.complete([
      (0, 0, ["user": "a"]), (0, 1, ["user": "A"]), (0, 2, [:]), (0, 3, [:]), (0, 4, ["user": ""]),
      (0, 5, ["user": ""]), (0, 6, ["user": "A"]),
    ])
    #expect(found.map(\.groupValues) == [[""], ["A"]])
    #expect(found.map(\.groupOrder) == [2, 1])
    let statistics = try #require(run.engine.statistics(ofCorrelation: 0))
    #expect(statistics.missingKey == 2 && statistics.inputs == 7 && statistics.emissions == 2)
  }

  @Test func valuesThatAreMissingOrNoNumberAreCounted() throws {
    var run = Run([Samples.correlation(.valueSum, ["r0"], seconds: 10, .count(.greater, 0), fields: ["size"])])
    let found = run.complete([(0, 0, ["size": "x"]), (0, 1, [:]), (0, 2, ["size": "0x10"])])
    #expect(found.map(\.value) == [16] && found[0].evidence.count == 1)
    let statistics = try #require(run.engine.statistics(ofCorrelation: 0))
    #expect(statistics.notNumeric == 1 && statistics.missingValue == 1)
  }

  @Test func aliasesNameTheFieldOfEachRule() {
    var correlation = Samples.correlation(.temporal, ["r0", "r1"], by: ["who"], seconds: 10, .thresholds([]))
    correlation.aliases = ["who": ["r0": "user", "r1": "owner"]]
    var same = Run([correlation])
    #expect(same.complete([(0, 0, ["user": "a"]), (1, 1, ["owner": "a", "user": "b"])]).map(\.groupValues) == [["a"]])
    var other = Run([correlation])
    #expect(other.complete([(0, 0, ["user": "a"]), (1, 1, ["owner": "b", "user": "a"])]).isEmpty)
  }
}
