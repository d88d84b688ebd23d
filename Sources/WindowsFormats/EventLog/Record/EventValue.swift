/// A value of an event's data, with the type its source gave it.
public enum EventValue: Hashable, Sendable {
  /// Text, as well as everything that is text in the canonical form: SIDs, GUIDs, hexadecimal numbers (`0x…`),
  /// times (RFC 3339) and binary (upper-case hexadecimal).
  case string(String)
  case integer(Int64)
  case unsigned(UInt64)
  case double(Double)
  case float(Float)
  case boolean(Bool)
  /// The source has the element but says that it has no value (JSON `null`).
  case null
  /// Several values under one name: a repeated element, or an array type.
  case array([EventValue])
  /// Child elements, in order.
  case object([EventField])
}

/// A named value. Order matters: fields stay as the source has them.
public struct EventField: Hashable, Sendable {
  public var name: String
  public var value: EventValue

  public init(_ name: String, _ value: EventValue) {
    self.name = name
    self.value = value
  }
}

extension [EventField] {
  /// The first value under exactly this name.
  public subscript(name: String) -> EventValue? { first { $0.name == name }?.value }
}

extension EventValue {
  /// The value as text for matching and for table cells: numbers in decimal, booleans as `true`/`false`; nil for
  /// null, arrays and objects.
  public var text: String? {
    switch self {
    case .string(let text): text
    case .integer(let number): String(number)
    case .unsigned(let number): String(number)
    case .double(let number): "\(number)"
    case .float(let number): "\(number)"
    case .boolean(let flag): flag ? "true" : "false"
    case .null, .array, .object: nil
    }
  }
}
