import Sigma
import TestSupport
import Testing

struct CorrelationTests {
  private func text(_ lines: [String], head: String = "title: C") -> String {
    head + "\ncorrelation:\n" + lines.map { "  \($0)\n" }.joined()
  }

  private func correlation(_ lines: String...) throws -> SigmaCorrelation {
    let file = parse(text(lines))
    guard case .success(.correlation(let correlation)) = file.documents.first else {
      throw NotARule(reasons: file.refusals.map(\.reason.rawValue))
    }
    return correlation
  }

  private func refusal(_ lines: String...) -> String? { SigmaTests.refusal(text(lines)) }

  @Test
  func readsAllKinds() throws {
    for kind in SigmaCorrelation.Kind.allCases {
      let correlation = try correlation(
        "type: \(kind.rawValue)", "rules: [a, b]", "group-by: [Host, User]", "timespan: 5m",
        "condition: {gte: 3, lt: 10, field: F, percentile: 95}", "generate: true", "aliases: {ip: {a: Src, b: Dst}}")
      #expect(correlation.kind == kind && correlation.rules == ["a", "b"] && correlation.groupBy == ["Host", "User"])
      #expect(correlation.condition == .thresholds([.init(.greaterOrEqual, 3), .init(.less, 10)]))
      #expect(correlation.valueFields == ["F"] && correlation.percentile == 95 && correlation.generatesForRules)
      #expect(correlation.aliases == ["ip": ["a": "Src", "b": "Dst"]])
    }
    #expect(refusal("type: count", "rules: a", "timespan: 5m", "condition: {gte: 1}") == "unknown-correlation-type")
  }

  @Test(
    arguments: [
      ("10s", 10), ("90m", 5_400), ("2h", 7_200), ("1d", 86_400), ("1w", 604_800), ("1M", 2_629_746),
      ("1y", 31_556_952),
    ] as [(String, Double)])
  func readsTimespans(_ text: String, _ seconds: Double) throws {
    let correlation = try correlation("type: event_count", "rules: a", "timespan: \(text)", "condition: {gte: 1}")
    #expect(correlation.timespanSeconds == seconds && correlation.groupBy.isEmpty && !correlation.generatesForRules)
  }

  @Test(arguments: ["0s", "5", "m", "-5m", "5 m", "5x", "1.5h", "99999999999m", "[5m]", "''"])
  func refusesOtherTimespans(_ text: String) {
    let reason = refusal("type: event_count", "rules: a", "timespan: \(text)", "condition: {gte: 1}")
    #expect(reason == (text == "[5m]" ? "wrong-type" : "invalid-timespan"))
  }

  @Test
  func readsThresholds() throws {
    for comparison in Comparison.allCases {
      let correlation = try correlation(
        "type: event_count", "rules: a", "timespan: 5m", "condition: {\(comparison.rawValue): '1.5'}")
      #expect(correlation.condition == .thresholds([.init(comparison, 1.5)]))
    }
    for (condition, reason) in [
      ("{}", "invalid-threshold"), ("{gt: 1, lt: 2, eq: 3}", "invalid-threshold"), ("{gt: many}", "invalid-threshold"),
      ("{above: 1}", "invalid-threshold"), ("{gt: null}", "invalid-threshold"), ("5", "wrong-type"),
      ("{gt: 1, percentile: 101}", "invalid-percentile"), ("{field: F}", "invalid-threshold"),
    ] {
      #expect(
        refusal("type: value_count", "rules: a", "timespan: 5m", "condition: \(condition)") == reason, "\(condition)")
    }
  }

  @Test
  func asksForTheFieldOfValues() throws {
    let tuple = try correlation("type: value_count", "rules: a", "timespan: 5m", "condition: {gte: 1, field: [F, G]}")
    #expect(tuple.valueFields == ["F", "G"])
    #expect(refusal("type: value_count", "rules: a", "timespan: 5m", "condition: {gte: 1}") == "missing-key")
    #expect(
      refusal("type: value_sum", "rules: a", "timespan: 5m", "condition: {gte: 1, field: [F, G]}") == "missing-key")
    #expect(refusal("type: event_count", "rules: a", "timespan: 5m") == "missing-key")
    #expect(refusal("type: event_count", "timespan: 5m", "condition: {gte: 1}") == "missing-key")
    #expect(refusal("type: event_count", "rules: a", "condition: {gte: 1}") == "missing-key")
    #expect(refusal("type: event_count", "rules: [a, a]", "timespan: 5m", "condition: {gte: 1}") == "duplicate-rule")
    #expect(
      refusal("type: event_count", "rules: a", "timespan: 5m", "condition: {gte: 1}", "generate: 1") == "wrong-type")
  }

  @Test
  func readsTemporalConditions() throws {
    let plain = try correlation("type: temporal", "rules: [a, b]", "timespan: 5m")
    #expect(plain.condition == .thresholds([.init(.greaterOrEqual, 2)]), "all rules unless it says otherwise")
    let extended = try correlation("type: temporal", "timespan: 5m", "condition: (a or b) and not c")
    #expect(extended.rules == ["a", "b", "c"])
    #expect(extended.condition == .rules(.all([.any([.rule(0), .rule(1)]), .not(.rule(2))])))
    let listed = try correlation("type: temporal_ordered", "rules: [b, a]", "timespan: 5m", "condition: a and b")
    #expect(listed.condition == .rules(.all([.rule(1), .rule(0)])))
    #expect(refusal("type: temporal", "rules: [a]", "timespan: 5m", "condition: a and b") == "rule-not-listed")
    #expect(refusal("type: temporal", "rules: [a, b]", "timespan: 5m", "condition: a") == "rule-not-in-condition")
    #expect(refusal("type: temporal", "timespan: 5m", "condition: 1 of them") == "unsupported-quantifier")
    #expect(refusal("type: temporal", "timespan: 5m") == "missing-key")
    #expect(refusal("type: event_count", "rules: a", "timespan: 5m", "condition: a") == "wrong-type")
  }
}
