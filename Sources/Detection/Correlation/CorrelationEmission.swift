/// What a correlation found in one group: told when its condition comes to hold, and again when it holds no more.
public struct CorrelationEmission: Hashable, Sendable {
  /// Index of the correlation in the plan.
  public var correlation: Int
  /// The how-manieth of its correlation, from 0: both tellings of an emission have the same, no others.
  public var ordinal: UInt64
  /// False when the condition has just come to hold, true when the emission will not change any more.
  public var isComplete: Bool
  /// FILETIME of the last event of the first window for which the condition held.
  public var time: UInt64
  /// FILETIME of the first and the last event of all windows for which it held.
  public var start: UInt64
  public var end: UInt64
  /// Values of `group-by`, in its order.
  public var groupValues: [String]
  /// The how-manieth group of its correlation, from 0, in order of the first event.
  public var groupOrder: UInt64
  /// The count, number of rules, sum… of the first and of the latest window for which the condition held.
  public var value: Double
  public var latestValue: Double
  /// The events of those windows in order of time, as far as `CorrelationLimits` allow.
  public var evidence: [CorrelationEvidence]
  /// How many more there were.
  public var omittedEvidence: Int

  /// The order in which emissions are told: by time, then correlation, then the group that was seen first.
  static func precedes(_ left: CorrelationEmission, _ right: CorrelationEmission) -> Bool {
    if left.time != right.time { return left.time < right.time }
    if left.correlation != right.correlation { return left.correlation < right.correlation }
    if left.groupOrder != right.groupOrder { return left.groupOrder < right.groupOrder }
    if left.ordinal != right.ordinal { return left.ordinal < right.ordinal }
    return !left.isComplete && right.isComplete
  }
}

/// One event, or one emission of another correlation, that an emission rests on.
public struct CorrelationEvidence: Hashable, Sendable {
  /// The rule that matched, by its number in the plan.
  public var rule: Int
  /// FILETIME.
  public var time: UInt64
  /// The `reference` of the input; of an emission, its `ordinal`.
  public var reference: UInt64
  /// Whether `rule` is a correlation.
  public var isEmission: Bool

  public init(rule: Int, time: UInt64, reference: UInt64, isEmission: Bool = false) {
    self.rule = rule
    self.time = time
    self.reference = reference
    self.isEmission = isEmission
  }
}
