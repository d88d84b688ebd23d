/// How much each correlation may hold. Whatever exceeds them is counted in `CorrelationStatistics`.
public struct CorrelationLimits: Hashable, Sendable {
  /// Groups with an event in their window. The group that was quiet for longest makes room for a new one.
  public var groups = 1_000_000
  /// Events in the window of one group. A threshold above it raises it, up to `greatestThreshold`. When a window is full, an
  /// event takes the place of an earlier one that says the same (same value, same rule), else of the oldest.
  public var eventsPerGroup = 10_000
  /// Events of all groups together.
  public var events = 4_000_000
  /// UTF-8 bytes of the values of all groups together, and of all counted values together.
  public var keyBytes = 128 << 20
  /// UTF-8 bytes of one group's values, or of one counted value.
  public var bytesPerKey = 16 << 10
  /// Evidence that one emission names; in temporal correlations each rule has an equal share.
  public var evidencePerEmission = 1_000
  /// Evidence that all emissions which still go on name together.
  public var evidence = 1_000_000
  /// Inputs that wait because another correlation, which is referred to, has yet to be judged.
  public var waitingInputs = 1_000_000
  /// Words of state about the order of rules, of all groups together.
  public var stateWords = 32 << 20

  public init() {}

  /// None below 1, and none that the 32-bit numbers of groups, events and bytes could not follow.
  var sound: CorrelationLimits {
    var sound = self
    for limit: WritableKeyPath<CorrelationLimits, Int> in [
      \.groups, \.eventsPerGroup, \.events, \.keyBytes, \.bytesPerKey, \.evidencePerEmission, \.evidence,
      \.waitingInputs,
      \.stateWords,
    ] { sound[keyPath: limit] = min(max(sound[keyPath: limit], 1), 1 << 30) }
    return sound
  }

  /// Above it a correlation that counts is refused: its windows could not be held.
  static let greatestThreshold = 1_000_000
  /// Rules of one temporal correlation; which of them matched fits a 64-bit word.
  static let rulesInTime = 64
  /// Rules of one ordered correlation whose condition is a number: its state grows with their square.
  static let rulesInOrder = 16
  /// Rules of any other correlation.
  static let rules = 10_000
  /// A century, in seconds.
  static let timespanSeconds = 3_155_760_000.0
  /// Fields of `group-by`, or of a condition.
  static let fields = 64
  /// Nesting of a condition over rules, and how many alternatives an ordered one may come to.
  static let conditionDepth = 32
  static let alternatives = 64
}
