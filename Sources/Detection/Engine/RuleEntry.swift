public import Sigma

/// One expression of a rule and the events it is for.
///
/// A rule has several entries when different logs tell of the same thing under different field names: it matches an
/// event when one of its entries does.
public struct RuleEntry: Sendable {
  /// The caller's number of the rule; matches are reported by it, in its order.
  public var rule: Int
  /// Empty for any event.
  public var routes: [EventRoute]
  public var expression: Expression

  public init(rule: Int, routes: [EventRoute], expression: Expression) {
    self.rule = rule
    self.routes = routes
    self.expression = expression
  }
}

/// Why a rule is not among the compiled ones.
public struct RuleRefusal: Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// PCRE2's message and the offset in `pattern`, in bytes, at which it stumbled.
    case regularExpression(pattern: String, offset: Int, message: String)
    /// Conditions within conditions beyond `EngineLimits.expressionDepth`.
    case nestedTooDeep
    /// More text or more conditions than `EngineLimits` allows for a rule set.
    case tooLarge
  }

  public var rule: Int
  public var reason: Reason
}

/// Bounds on what rules may ask for and on what an event may cost.
public enum EngineLimits {
  /// Conditions within conditions.
  public static let expressionDepth = 200
  /// Bytes of all literals of a rule set.
  public static let literalBytes = 64 << 20
  /// Distinct conditions, and places in the code of all rules.
  public static let conditions = 1 << 24
  /// Steps of one pattern with wildcards over one value.
  public static let wildcardSteps = 1 << 22
  /// PCRE2's match limit for one search in one value.
  public static let regularExpressionSteps: UInt32 = 1_000_000
  /// PCRE2's limit on the heap of one search, in KiB; it bounds the depth of backtracking.
  public static let regularExpressionHeap: UInt32 = 4096
  /// Kinds of event (log, provider, id) that a worker remembers the rules of.
  static let plans = 4096
}
