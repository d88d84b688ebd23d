/// Decimal numbers of nine places as 128-bit integers: sums stay exact whatever enters and leaves a window, in whatever
/// order, and 0.1 + 0.2 is 0.3. Magnitudes up to 2 · 10¹⁹, which holds every 64-bit number of an event.
enum FixedDecimal {
  static let scale: Int128 = 1_000_000_000
  private static let places = 9
  private static let greatest = 2e19
  private static let longestText = 64

  /// A number as events and rules write it: decimal, with sign, places and exponent as they come, or `0x` and hexadecimal
  /// digits. Digits beyond the ninth place are rounded, half away from zero. Nil for anything else.
  static func parse(_ text: String) -> Int128? {
    let bytes = text.utf8
    guard (1...longestText).contains(bytes.count) else { return nil }
    if bytes.starts(with: "0x".utf8) || bytes.starts(with: "0X".utf8) {
      return parseHexadecimal(bytes.dropFirst(2))
    }
    return parsePlain(bytes) ?? parseExponent(text)
  }

  /// A threshold; nil when it is no number or too great.
  static func convert(_ value: Double) -> Int128? {
    guard value.isFinite, value.magnitude <= greatest else { return nil }
    let whole = value.rounded(.towardZero)
    let rest = ((value - whole) * Double(scale)).rounded()
    return Int128(whole) * scale + Int128(rest)
  }

  static func double(_ value: Int128) -> Double { Double(value) / Double(scale) }

  private static func parseHexadecimal(_ digits: Substring.UTF8View) -> Int128? {
    guard (1...16).contains(digits.count) else { return nil }
    var value: Int128 = 0
    for byte in digits {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | Int128(digit)
    }
    return value * scale
  }

  private static func parsePlain(_ bytes: String.UTF8View) -> Int128? {
    var rest = bytes[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    var value: Int128 = 0
    var wholeDigits = 0
    var decimals = -1
    var roundsUp = false
    for byte in rest {
      if byte == UInt8(ascii: "."), decimals < 0 {
        decimals = 0
        continue
      }
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      let digit = Int128(byte - UInt8(ascii: "0"))
      if decimals < places {
        value = value * 10 + digit
        if decimals >= 0 { decimals += 1 } else if value > 0 { wholeDigits += 1 }
        if wholeDigits > 20 { return nil }
      } else {
        if decimals == places { roundsUp = digit >= 5 }
        decimals += 1
      }
    }
    guard rest.contains(where: { $0 != UInt8(ascii: ".") }) else { return nil }
    for _ in max(decimals, 0)..<max(places, decimals) { value *= 10 }
    if roundsUp { value += 1 }
    guard value <= Int128(greatest) * scale else { return nil }
    return isNegative ? -value : value
  }

  private static func parseExponent(_ text: String) -> Int128? {
    let allowed = text.utf8.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "+-.eE".utf8.contains($0)
    }
    guard allowed, let value = Double(text) else { return nil }
    return convert(value)
  }
}
