internal import WindowsFormats

/// What shapes ask of a value, whatever type its source gave it.
extension EventValue {
  /// A non-negative whole number, also one written as text in decimal or as `0x…`.
  var unsignedNumber: UInt64? {
    switch self {
    case .integer(let number): UInt64(exactly: number)
    case .unsigned(let number): number
    case .double(let number): UInt64(exactly: number)
    case .float(let number): UInt64(exactly: number)
    case .string(let text): UInt64(numeral: text)
    case .array(let values): values.count == 1 ? values[0].unsignedNumber : nil
    case .boolean, .null, .object: nil
    }
  }

  var number32: UInt32? { unsignedNumber.flatMap { UInt32(exactly: $0) } }

  var string: String? { if case .string(let text) = self { text } else { nil } }

  var fields: [EventField]? { if case .object(let fields) = self { fields } else { nil } }

  var values: [EventValue]? { if case .array(let values) = self { values } else { nil } }

  /// Null, or text without a character.
  var isBlank: Bool {
    switch self {
    case .null: true
    case .string(let text): text.isEmpty
    default: false
    }
  }
}

extension UInt64 {
  /// Decimal digits, or `0x` and hexadecimal digits; nothing else around them.
  init?(numeral text: String) {
    if text.hasPrefix("0x") || text.hasPrefix("0X") {
      self.init(text.dropFirst(2), radix: 16)
    } else if let first = text.utf8.first, (48...57).contains(first) {
      self.init(text)
    } else {
      return nil
    }
  }
}

extension [EventField] {
  /// The first of several names that has a value other than null.
  func value(_ names: String...) -> EventValue? {
    for name in names {
      if let value = self[name], value != .null { return value }
    }
    return nil
  }

  /// The value at a path of names through objects.
  func at(_ path: String...) -> EventValue? {
    var fields = self
    for name in path.dropLast() {
      guard let inner = fields[name]?.fields else { return nil }
      fields = inner
    }
    return path.last.flatMap { fields[$0] }
  }
}
