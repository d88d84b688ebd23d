/// What a scalar is by the rules of YAML 1.1, which pySigma reads rules with.
enum YAMLValue {
  case null
  case boolean(Bool)
  case number(YAMLNumber)
  case text(String)
}

/// A number, and its usual decimal text: `0x1F` is `31`, `2.0` is `2`.
struct YAMLNumber: Hashable {
  var text: String
  var value: Double
}

extension YAMLScalar {
  var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(text) }

  var boolean: Bool? {
    guard isPlain, text.utf8.count <= 5 else { return nil }
    switch text {
    case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": return true
    case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": return false
    default: return nil
    }
  }

  var value: YAMLValue {
    guard isPlain else { return .text(text) }
    if isNull { return .null }
    if let boolean { return .boolean(boolean) }
    if let number { return .number(number) }
    return .text(text)
  }

  /// Dates, infinities and base 60 (`12:30`) stay text: pySigma refuses the first two, and nobody who writes a time
  /// means its number of minutes.
  var number: YAMLNumber? {
    guard isPlain, let first = text.utf8.first, first < 0x3A, text.utf8.count <= 64 else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    var digits = Substring(text)
    if isNegative || first == UInt8(ascii: "+") { digits.removeFirst() }
    let bare = digits.filter { $0 != "_" }
    guard let leading = digits.utf8.first, leading != UInt8(ascii: "_"), !bare.isEmpty else { return nil }
    return YAMLNumber(integer: bare, isNegative: isNegative)
      ?? YAMLNumber(fraction: bare, isSigned: digits.count < text.count, isNegative: isNegative)
  }
}

extension YAMLNumber {
  fileprivate init?(integer digits: String, isNegative: Bool) {
    let decimal: String
    if digits == "0" || digits.utf8.allSatisfy(isDigit) && !digits.hasPrefix("0") {
      decimal = digits
    } else if digits.hasPrefix("0x"), let number = UInt64(digits.dropFirst(2), radix: 16), !digits.hasPrefix("0x+") {
      decimal = String(number)
    } else if digits.hasPrefix("0b"), let number = UInt64(digits.dropFirst(2), radix: 2), !digits.hasPrefix("0b+") {
      decimal = String(number)
    } else if digits.hasPrefix("0"), digits.utf8.allSatisfy(isDigit), let number = UInt64(digits, radix: 8) {
      decimal = String(number)
    } else {
      return nil
    }
    let text = isNegative && decimal != "0" ? "-" + decimal : decimal
    guard let value = Double(text) else { return nil }
    self.init(text: text, value: value)
  }

  /// A point is needed, a sign in the exponent, and a digit between a sign and the point.
  fileprivate init?(fraction digits: String, isSigned: Bool, isNegative: Bool) {
    let parts = digits.utf8.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == UInt8(ascii: ".") }
    guard parts.count == 2, parts[0].allSatisfy(isDigit), !(parts[0].isEmpty && isSigned) else { return nil }
    var decimals = parts[1]
    if let exponent = decimals.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
      let power = decimals[exponent...].dropFirst()
      guard let sign = power.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), power.count > 1,
        power.dropFirst().allSatisfy(isDigit)
      else { return nil }
      decimals = decimals[..<exponent]
    }
    guard decimals.allSatisfy(isDigit), !(parts[0].isEmpty && decimals.isEmpty),
      let size = Double(digits.hasPrefix(".") ? "0" + digits : digits), size.isFinite
    else { return nil }
    let value = isNegative ? -size : size
    if let whole = Int128(exactly: value) {
      self.init(text: String(whole), value: value)
    } else {
      self.init(text: "\(value)", value: value)
    }
  }
}

func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
