/// What is asked of one value.
public enum Predicate: Hashable, Sendable {
  /// The whole value against a pattern.
  case text(TextPattern)
  /// A search anywhere in the value (modifier `re`).
  case regularExpression(RegularExpression)
  /// A numeric comparison (`lt`, `lte`, `gt`, `gte`). Values that are not numbers do not match.
  case number(Comparison, Double)
  /// A part of a moment in time (`minute` … `year`), of the text as it stands, without a change of time zone.
  case timePart(TimePart, Comparison, Double)
  /// An IPv4 or IPv6 address within a network (`cidr`).
  case network(Network)
  /// The field is there, whatever its value (`exists: true`). Its opposite is `not` of this.
  case exists
  /// The field is absent or holds null (`Field: null`). An empty text is neither.
  case null
  /// Another field of the same event (`fieldref`).
  case fieldReference(FieldReference)
}

public enum Comparison: String, Hashable, Sendable, CaseIterable {
  case equal = "eq"
  case notEqual = "neq"
  case less = "lt"
  case lessOrEqual = "lte"
  case greater = "gt"
  case greaterOrEqual = "gte"

  public func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}

public enum TimePart: String, Hashable, Sendable, CaseIterable {
  case minute, hour, day, week, month, year
}

/// A pattern of PCRE2 and how it is applied; `source` has been compiled once when the rule was read.
public struct RegularExpression: Hashable, Sendable {
  public var source: String
  /// Modifier `i`.
  public var ignoresCase: Bool
  /// Modifier `m`: `^` and `$` match at line breaks.
  public var isMultiline: Bool
  /// Modifier `s`: `.` matches line breaks.
  public var dotMatchesNewline: Bool

  public init(
    _ source: String, ignoresCase: Bool = false, isMultiline: Bool = false, dotMatchesNewline: Bool = false
  ) {
    self.source = source
    self.ignoresCase = ignoresCase
    self.isMultiline = isMultiline
    self.dotMatchesNewline = dotMatchesNewline
  }
}

/// Another field of the same event, and which part of the value it must be.
public struct FieldReference: Hashable, Sendable {
  public enum Part: Hashable, Sendable { case whole, prefix, suffix, anywhere }

  public var field: String
  public var part: Part
  public var isCased: Bool

  public init(_ field: String, part: Part = .whole, isCased: Bool = false) {
    self.field = field
    self.part = part
    self.isCased = isCased
  }
}

/// An address prefix of IPv4 (32 bits) or IPv6 (128 bits). IPv4-mapped IPv6 addresses count as IPv4.
public struct Network: Hashable, Sendable {
  public var isIPv6: Bool
  /// The first address, as a number; host bits are zero.
  public var address: UInt128
  public var prefixLength: Int

  public init(isIPv6: Bool, address: UInt128, prefixLength: Int) {
    self.isIPv6 = isIPv6
    self.address = address
    self.prefixLength = prefixLength
  }
}
