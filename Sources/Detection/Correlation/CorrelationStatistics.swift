/// What one correlation took in, and what it had to leave out.
public struct CorrelationStatistics: Hashable, Sendable {
  /// Matches of the rules that it refers to; an emission that another correlation refers to is one at each extension.
  public var inputs = 0
  /// Left out: a field of `group-by` was absent. Such events never form a group with each other.
  public var missingKey = 0
  /// Left out: the counted or summed field was absent.
  public var missingValue = 0
  /// Left out: the value to be summed is no number, or one beyond `FixedDecimal`.
  public var notNumeric = 0
  /// Left out: the values of the group are longer than `CorrelationLimits.bytesPerKey`.
  public var oversizedKey = 0
  /// Left out: too many inputs were waiting.
  public var waitingDropped = 0
  /// Events that left a full window before their time.
  public var eventsDropped = 0
  /// Groups given up before their window had passed; what was open in them was told as it stood.
  public var groupsEvicted = 0
  public var emissions = 0
  /// Groups and events held now.
  public var groups = 0
  public var events = 0
}
