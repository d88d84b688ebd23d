import Detection
import Sigma
import Testing

/// What is asked of events, and which correlations are refused.
@Suite struct PlanTests {
  private func reasons(_ correlations: [SigmaCorrelation]) -> [String] {
    CorrelationPlan(rules: Samples.rules(3), correlations: correlations).diagnostics.map(\.reason.rawValue)
  }

  private func count(_ rules: [String], name: String = "c0") -> SigmaCorrelation {
    Samples.correlation(.eventCount, rules, seconds: 10, .count(.greater, 1), name: name)
  }

  @Test func asksForEachFieldOnceAndForNoOther() {
    var first = Samples.correlation(.valueCount, ["r0"], by: ["who"], seconds: 1, .count(.greater, 1), fields: ["host"])
    first.aliases = ["who": ["r0": "user"]]
    let second = Samples.correlation(
      .eventCount, ["r0"], by: ["host", "user"], seconds: 1, .count(.greater, 1), name: "c1")
    let plan = CorrelationPlan(rules: Samples.rules(2), correlations: [first, second])
    let requirements = plan.requirements(forRule: 0)
    #expect(Set(requirements.fields) == ["user", "host"] && requirements.fields.count == 2)
    #expect(requirements.uses.map(\.correlation) == [0, 1])
    #expect(requirements.uses[0].groupFields.map { requirements.fields[$0] } == ["user"])
    #expect(requirements.uses[0].valueFields.map { requirements.fields[$0] } == ["host"])
    #expect(requirements.uses[1].groupFields.map { requirements.fields[$0] } == ["host", "user"])
    #expect(plan.requirements(forRule: 1).uses.isEmpty)
  }

  @Test func findsRulesByNameAndById() {
    var rules = Samples.rules(2)
    rules[1].id = "0b9fbc14-8c6a-4d3c-9b5a-2f1f4f6f7a11"
    var correlation = count(["r0", "0B9FBC14-8C6A-4D3C-9B5A-2F1F4F6F7A11"])
    correlation.groupBy = ["who"]
    correlation.aliases = ["who": ["r1": "owner"]]
    let plan = CorrelationPlan(rules: rules, correlations: [correlation])
    #expect(plan.diagnostics == [])
    // The alias names the rule where `rules` has its id.
    #expect(plan.requirements(forRule: 1).fields == ["owner"])
    #expect(plan.requirements(forRule: 0).fields == ["who"])
  }

  @Test func refusesUnknownAndRepeatedRules() {
    #expect(reasons([count(["r0", "r1"])]) == [])
    #expect(reasons([count(["r9"])]) == ["unknown-rule"])
    #expect(reasons([count(["r0", "r0"])]) == ["duplicate-rule"])
    #expect(reasons([count([])]) == ["missing-key"])
  }

  @Test func refusesCyclesAndWhatDependsOnRefusedOnes() {
    let plan = CorrelationPlan(
      rules: Samples.rules(1),
      correlations: [
        count(["b"], name: "a"), count(["a"], name: "b"), count(["d"], name: "c"), count(["r9"], name: "d"),
        count(["r0"], name: "e"), count(["f"], name: "f"),
      ])
    #expect(
      plan.diagnostics.map { "\($0.subject) \($0.reason.rawValue)" } == [
        "a correlation-cycle", "b correlation-cycle", "c refused-rule", "d unknown-rule", "f correlation-cycle",
      ])
    // The one that can run does.
    var engine = CorrelationEngine(plan: plan)
    for match in Samples.matches([(0, 0, [:]), (0, 1, [:])]) { engine.add(match.input(for: plan)) }
    engine.finish()
    #expect(engine.drainEmissions().map(\.correlation) == [4, 4])
    #expect(engine.statistics(ofCorrelation: 0) == nil && engine.statistics(ofCorrelation: 4) != nil)
  }

  @Test func refusesTimespansAndThresholdsThatCannotBe() {
    func timespan(_ seconds: Double) -> [String] {
      reasons([Samples.correlation(.eventCount, ["r0"], seconds: seconds, .count(.greater, 1))])
    }
    #expect(timespan(0.1) == [])
    for seconds in [0, -1, Double.nan, .infinity, 1e300] { #expect(timespan(seconds) == ["invalid-timespan"]) }
    func threshold(_ condition: SigmaCorrelation.Condition) -> [String] {
      reasons([Samples.correlation(.eventCount, ["r0"], seconds: 1, condition)])
    }
    #expect(threshold(.count(.greater, 999_999)) == [])
    for value in [1_000_000, Double.nan, .infinity, 1e300] {
      #expect(threshold(.count(.greater, value)) == ["invalid-threshold"])
    }
    #expect(threshold(.thresholds([])) == ["invalid-threshold"])
    #expect(threshold(.rules(.rule(0))) == ["invalid-condition"])
  }

  @Test func refusesFieldsAndPercentilesThatCannotBe() {
    func fields(_ kind: SigmaCorrelation.Kind, _ fields: [String], _ percentile: Double? = nil) -> [String] {
      reasons([
        Samples.correlation(kind, ["r0"], seconds: 1, .count(.greater, 1), fields: fields, percentile: percentile)
      ])
    }
    #expect(fields(.valueCount, ["a", "b"]) == [] && fields(.valueCount, []) == ["invalid-fields"])
    #expect(fields(.valueSum, ["a"]) == [] && fields(.valueSum, ["a", "b"]) == ["invalid-fields"])
    #expect(fields(.valuePercentile, ["a"], 100) == [] && fields(.valuePercentile, ["a"]) == ["invalid-percentile"])
    #expect(fields(.valuePercentile, ["a"], 100.5) == ["invalid-percentile"])
    #expect(fields(.valueMedian, ["a"]) == [])
  }

  @Test func refusesConditionsThatAreTooDeepOrTooManyWays() {
    func ordered(_ condition: SigmaCorrelation.RuleCondition) -> [String] {
      reasons([Samples.correlation(.temporalOrdered, ["r0", "r1", "r2"], seconds: 1, .rules(condition))])
    }
    var deep = SigmaCorrelation.RuleCondition.rule(0)
    for _ in 0..<31 { deep = .not(deep) }
    #expect(ordered(deep) == [] && ordered(.not(deep)) == ["invalid-condition"])
    #expect(ordered(.rule(2)) == [] && ordered(.rule(3)) == ["invalid-condition"])
    let either = SigmaCorrelation.RuleCondition.any([.rule(0), .rule(1)])
    #expect(ordered(.all(Array(repeating: either, count: 6))) == [])
    #expect(ordered(.all(Array(repeating: either, count: 7))) == ["invalid-condition"])
  }

  @Test func refusesMoreRulesThanItCanFollow() {
    let rules = Samples.rules(65)
    func reasons(_ kind: SigmaCorrelation.Kind, _ count: Int, _ condition: SigmaCorrelation.Condition) -> [String] {
      let names = (0..<count).map { "r\($0)" }
      return CorrelationPlan(
        rules: rules, correlations: [Samples.correlation(kind, names, seconds: 1, condition)]
      ).diagnostics.map(\.reason.rawValue)
    }
    #expect(
      reasons(.temporal, 64, .thresholds([])) == [] && reasons(.temporal, 65, .thresholds([])) == ["too-many-values"])
    #expect(reasons(.temporalOrdered, 64, .thresholds([])) == [])
    #expect(reasons(.temporalOrdered, 16, .count(.greater, 2)) == [])
    #expect(reasons(.temporalOrdered, 17, .count(.greater, 2)) == ["too-many-values"])
    #expect(reasons(.eventCount, 65, .count(.greater, 2)) == [])
  }
}
