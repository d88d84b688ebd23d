import Detection
import Sigma

/// A match as tests write it: the fields by name.
struct SampleMatch: Hashable {
  var rule: Int
  var time: UInt64
  var sequence: UInt64
  var fields: [String: String]
  var reference: UInt64 { sequence }

  /// As the engine wants it: only the fields that the plan asks for.
  func input(for plan: CorrelationPlan) -> CorrelationInput {
    CorrelationInput(
      rule: rule, time: time, sequence: sequence, reference: reference,
      values: plan.requirements(forRule: rule).fields.map { fields[$0] })
  }
}

enum Samples {
  static let second: UInt64 = 10_000_000
  /// Far enough from 0 that windows do not end at the beginning of time.
  static let start: UInt64 = 133_000_000_000_000_000

  static func metadata(_ name: String) -> SigmaMetadata {
    var metadata = SigmaMetadata(title: name, location: SigmaLocation(path: "sample.yml", line: 1))
    metadata.name = name
    return metadata
  }

  /// Rules `r0`, `r1`, ….
  static func rules(_ count: Int) -> [SigmaMetadata] { (0..<count).map { metadata("r\($0)") } }

  static func correlation(
    _ kind: SigmaCorrelation.Kind, _ rules: [String], by groupBy: [String] = [], seconds: Double,
    _ condition: SigmaCorrelation.Condition, fields: [String] = [], percentile: Double? = nil, name: String = "c0"
  ) -> SigmaCorrelation {
    var correlation = SigmaCorrelation(
      metadata: metadata(name), kind: kind, rules: rules, groupBy: groupBy, timespanSeconds: seconds,
      condition: condition)
    correlation.valueFields = fields
    correlation.percentile = percentile
    return correlation
  }

  /// Matches at `seconds` after the start, in that order.
  static func matches(_ list: [(rule: Int, seconds: Double, fields: [String: String])]) -> [SampleMatch] {
    list.enumerated().map { index, item in
      SampleMatch(
        rule: item.rule, time: start + UInt64((item.seconds * Double(second)).rounded()), sequence: UInt64(index),
        fields: item.fields)
    }
  }
}

extension SigmaCorrelation.Condition {
  static func count(_ comparison: Comparison, _ value: Double) -> Self { .thresholds([.init(comparison, value)]) }
}

/// A plan and its engine, for tests that feed a few matches and look at what comes out.
struct Run {
  let plan: CorrelationPlan
  var engine: CorrelationEngine

  init(rules: Int = 3, _ correlations: [SigmaCorrelation], limits: CorrelationLimits = CorrelationLimits()) {
    plan = CorrelationPlan(rules: Samples.rules(rules), correlations: correlations, limits: limits)
    engine = CorrelationEngine(plan: plan)
  }

  /// All that is told of matches in order of time, the complete emissions only.
  mutating func complete(_ matches: [SampleMatch]) -> [CorrelationEmission] {
    for match in matches { engine.add(match.input(for: plan)) }
    engine.finish()
    return engine.drainEmissions().filter(\.isComplete)
  }

  mutating func complete(
    _ list: [(rule: Int, seconds: Double, fields: [String: String])]
  ) -> [CorrelationEmission] {
    complete(Samples.matches(list))
  }

  /// Matches of rule 0 without fields.
  mutating func complete(at seconds: [Double]) -> [CorrelationEmission] {
    complete(seconds.map { (0, $0, [:]) })
  }
}
