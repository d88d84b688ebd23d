import Sigma

/// One correlation, checked and made ready: what its windows keep, and when its condition holds.
struct CorrelationProgram: Sendable {
  enum Test: Sendable {
    case thresholds(ThresholdTest)
    /// Of a temporal correlation: a condition over the rules that matched.
    case rules(SigmaCorrelation.RuleCondition)
    /// Of an ordered one: the alternatives, each a chain of rules in order.
    case chains([RuleClause])
  }

  let kind: SigmaCorrelation.Kind
  let test: Test
  let groupBy: [String]
  let valueFields: [String]
  /// In steps of 100 ns.
  let timespan: UInt64
  /// 0 to 1.
  let quantile: Double
  /// Whether a later event of the window can make the condition untrue, so that it is judged when the window is over.
  let waitsForWindow: Bool
  let eventsPerGroup: Int
  let groupLimit: Int
  let limits: CorrelationLimits

  /// Its place in the plan, filled in when the references are resolved.
  var correlation = 0
  /// The numbers of its rules in the plan, by position.
  var rules: [Int] = []
  /// Of each position, whether it is a correlation.
  var isChained: [Bool] = []
  /// Fields that correlations which refer to this one ask for and that are not in `groupBy`: every event carries them.
  var carriedFields: [String] = []
  /// How far behind the stream its inputs are: the longest that a correlation which it refers to may take to judge.
  var delay: UInt64 = 0
  var hasParents = false

  var isTemporal: Bool { kind == .temporal || kind == .temporalOrdered }
  var readsNumber: Bool {
    switch kind {
    case .valueSum, .valueAverage, .valuePercentile, .valueMedian: true
    case .eventCount, .valueCount, .temporal, .temporalOrdered: false
    }
  }
  var hasChainedRules: Bool { isChained.contains(true) }
}

/// Why a correlation cannot be run. The words are those of `SigmaDiagnostic.Reason`.
enum CorrelationFault: String, Error {
  case noRules = "missing-key"
  case tooManyRules = "too-many-values"
  case duplicateRule = "duplicate-rule"
  case unknownRule = "unknown-rule"
  case refusedRule = "refused-rule"
  case cycle = "correlation-cycle"
  case invalidTimespan = "invalid-timespan"
  case invalidThreshold = "invalid-threshold"
  case invalidCondition = "invalid-condition"
  case invalidPercentile = "invalid-percentile"
  case invalidFields = "invalid-fields"
  case tooManyFields = "too-many-fields"
}
