import WindowsFormats

/// Numbers as events show them: decimal with sign and fraction, or `0x` and hexadecimal digits.
enum NumberText {
  /// Digits of a number that is read; longer ones are no numbers.
  private static let maximumLength = 64

  /// The number that a run of text is, all of it; nil for anything else.
  static func parse(_ view: ByteView, at offset: Int, byteCount: Int) -> Double? {
    guard byteCount > 0, byteCount <= maximumLength else { return nil }
    let end = offset &+ byteCount
    if byteCount > 2, view.u8(offset) == 48, view.u8(offset &+ 1).map({ $0 | 32 }) == 120 {
      return hexadecimal(view, offset &+ 2, end)
    }
    return decimal(view, offset, end)
  }

  private static func hexadecimal(_ view: ByteView, _ start: Int, _ end: Int) -> Double? {
    guard end &- start <= 16 else { return nil }
    var number: UInt64 = 0
    for at in start..<end {
      guard let byte = view.u8(at), let digit = hexDigit(byte) else { return nil }
      number = number << 4 | UInt64(digit)
    }
    return Double(number)
  }

  static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }

  private static func decimal(_ view: ByteView, _ start: Int, _ end: Int) -> Double? {
    var at = start
    var isNegative = false
    if let sign = view.u8(at), sign == 43 || sign == 45 {
      isNegative = sign == 45
      at &+= 1
    }
    let firstDigit = at
    var number: UInt64 = 0
    while at < end, let byte = view.u8(at), byte &- 48 < 10, at &- firstDigit < 18 {
      number = number &* 10 &+ UInt64(byte &- 48)
      at &+= 1
    }
    if at == end, at > firstDigit { return isNegative ? -Double(number) : Double(number) }
    return rare(view, start, end)
  }

  /// Fractions, exponents and more digits than 64 bits hold: read by the standard library once the form is known.
  private static func rare(_ view: ByteView, _ start: Int, _ end: Int) -> Double? {
    var at = start
    if let sign = view.u8(at), sign == 43 || sign == 45 { at &+= 1 }
    let whole = digits(view, &at, end)
    var fraction = 0
    if at < end, view.u8(at) == 46 {
      at &+= 1
      fraction = digits(view, &at, end)
    }
    guard whole &+ fraction > 0 else { return nil }
    if at < end, let byte = view.u8(at), byte | 32 == 101 {
      at &+= 1
      if at < end, let sign = view.u8(at), sign == 43 || sign == 45 { at &+= 1 }
      guard digits(view, &at, end) > 0 else { return nil }
    }
    guard at == end else { return nil }
    return view.withBytes(at: start, byteCount: end &- start) { Double(String(decoding: $0, as: UTF8.self)) } ?? nil
  }

  private static func digits(_ view: ByteView, _ at: inout Int, _ end: Int) -> Int {
    let start = at
    while at < end, let byte = view.u8(at), byte &- 48 < 10 { at &+= 1 }
    return at &- start
  }
}
