/// One match of a rule, as correlations see it: when, and the values of the fields that they ask for.
public struct CorrelationInput: Hashable, Sendable {
  /// The rule that matched, by its number in the plan.
  public var rule: Int
  /// FILETIME: 100 ns steps since 1601, in UTC.
  public var time: UInt64
  /// Decides the order of inputs of the same time.
  public var sequence: UInt64
  /// The caller's own mark, such as the place of the match in a spool; it comes back as evidence.
  public var reference: UInt64
  /// The values of `CorrelationPlan.requirements(forRule:).fields`, in that order; nil where the event has no such field.
  public var values: [String?]

  public init(rule: Int, time: UInt64, sequence: UInt64, reference: UInt64, values: [String?] = []) {
    self.rule = rule
    self.time = time
    self.sequence = sequence
    self.reference = reference
    self.values = values
  }

  /// The one order of a stream, whatever the order of arrival.
  static func precedes(_ left: CorrelationInput, _ right: CorrelationInput) -> Bool {
    if left.time != right.time { return left.time < right.time }
    return (left.sequence, left.rule, left.reference) < (right.sequence, right.rule, right.reference)
  }
}
