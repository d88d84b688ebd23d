/// A filter document (Sigma 2.1, "Filters"): what is left out of the rules it names.
public struct SigmaFilter: Hashable, Sendable {
  /// Ids or names of rules; nil for any rule whose log source lies within this one's.
  public var rules: [String]?
  public var metadata: SigmaMetadata
  public var logSource: SigmaLogSource
  /// The condition as written. Whether it describes what to keep or what to leave out is `FilterPolarity`'s to say.
  public var expression: Expression
  /// Whether the condition only negates (`not a`), which makes sense for `FilterPolarity.requires` alone.
  public var isNegated: Bool

  public init(
    metadata: SigmaMetadata, logSource: SigmaLogSource, rules: [String]?, expression: Expression,
    isNegated: Bool = false
  ) {
    self.metadata = metadata
    self.logSource = logSource
    self.rules = rules
    self.expression = expression
    self.isNegated = isNegated
  }
}

/// What a filter's condition describes. The specification's text and its example disagree: pySigma appends
/// `and (condition)` to the rule, the example in the text selects what is to be left out.
public enum FilterPolarity: String, Hashable, Sendable, CaseIterable {
  /// The condition selects events to leave out: the rule becomes `rule and not (filter)`.
  case excludes
  /// The condition is what must also hold: the rule becomes `rule and (filter)`, as pySigma has it.
  case requires
}
