/// A correlation (Sigma 2.1, "Correlations"): how many, which, or in which order rules match within a time span.
public struct SigmaCorrelation: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case eventCount = "event_count"
    case valueCount = "value_count"
    case temporal
    case temporalOrdered = "temporal_ordered"
    case valueSum = "value_sum"
    case valueAverage = "value_avg"
    case valuePercentile = "value_percentile"
    case valueMedian = "value_median"
  }

  /// One or two comparisons of the count or value, all of which must hold: `gte: 3`, `lt: 10`.
  public struct Threshold: Hashable, Sendable {
    public var comparison: Comparison
    public var value: Double

    public init(_ comparison: Comparison, _ value: Double) {
      self.comparison = comparison
      self.value = value
    }
  }

  /// A condition of a temporal correlation over the rules that matched, by their position in `rules`.
  public indirect enum RuleCondition: Hashable, Sendable {
    case rule(Int)
    case all([RuleCondition])
    case any([RuleCondition])
    case not(RuleCondition)
  }

  public enum Condition: Hashable, Sendable {
    case thresholds([Threshold])
    case rules(RuleCondition)
  }

  public var metadata: SigmaMetadata
  public var kind: Kind
  /// Ids or names of rules or correlations.
  public var rules: [String]
  /// Field of the group → rule (as in `rules`) → the field that it is there.
  public var aliases: [String: [String: String]]
  public var groupBy: [String]
  public var timespanSeconds: Double
  public var condition: Condition
  /// The fields whose value is counted, summed…; several are counted as a tuple.
  public var valueFields: [String]
  /// Of `value_percentile`, 0 to 100.
  public var percentile: Double?
  /// Whether the rules that it refers to report on their own as well.
  public var generatesForRules: Bool

  public init(
    metadata: SigmaMetadata, kind: Kind, rules: [String], groupBy: [String], timespanSeconds: Double,
    condition: Condition
  ) {
    self.metadata = metadata
    self.kind = kind
    self.rules = rules
    self.groupBy = groupBy
    self.timespanSeconds = timespanSeconds
    self.condition = condition
    aliases = [:]
    valueFields = []
    generatesForRules = false
  }
}
