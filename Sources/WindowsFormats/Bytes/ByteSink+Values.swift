/// The two decimal digits of 0…99, one after the other.
private let digitPairs: StaticString =
  "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"
private let hexLower: StaticString = "0123456789abcdef"
/// Two upper-case hexadecimal digits of 0…255, one after the other.
private let hexPairs: StaticString =
  "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF"

/// Numbers, times and identifiers as text. The `unchecked` forms need a reservation of the number of bytes they name.
extension ByteSink {
  public mutating func appendDecimal(_ value: UInt64) {
    reserve(20)
    uncheckedDecimal(value)
  }

  public mutating func appendDecimal(_ value: Int64) {
    reserve(21)
    uncheckedDecimal(value)
  }

  /// Reserve 20.
  @inline(__always)
  mutating func uncheckedDecimal(_ value: UInt64) {
    if value < 10 {
      put(UInt8(truncatingIfNeeded: value) &+ 48)
      return
    }
    if value < 100 { return uncheckedTwoDigits(Int(truncatingIfNeeded: value)) }
    var digits = 3
    var bound: UInt64 = 1000
    while value >= bound {
      digits &+= 1
      let (next, overflow) = bound.multipliedReportingOverflow(by: 10)
      if overflow { break }
      bound = next
    }
    position &+= digits
    var at = position
    let pairs = digitPairs.utf8Start
    var rest = value
    while rest >= 100 {
      let pair = Int(truncatingIfNeeded: rest % 100) &* 2
      rest /= 100
      at &-= 2
      base[at] = pairs[pair]
      base[at &+ 1] = pairs[pair &+ 1]
    }
    if rest >= 10 {
      let pair = Int(truncatingIfNeeded: rest) &* 2
      base[at &- 2] = pairs[pair]
      base[at &- 1] = pairs[pair &+ 1]
    } else {
      base[at &- 1] = UInt8(truncatingIfNeeded: rest) &+ 48
    }
  }

  /// Reserve 21.
  @inline(__always)
  mutating func uncheckedDecimal(_ value: Int64) {
    if value < 0 { put(45) }
    uncheckedDecimal(value.magnitude)
  }

  /// `0x` and lower-case digits without leading zeros. Reserve 18.
  @inline(__always)
  mutating func uncheckedHex(_ value: UInt64) {
    put(48)
    put(120)
    var digit = value == 0 ? 0 : (63 &- value.leadingZeroBitCount) >> 2
    while digit >= 0 {
      put(hexLower.utf8Start[Int(truncatingIfNeeded: value >> UInt64(truncatingIfNeeded: digit &* 4) & 15)])
      digit &-= 1
    }
  }

  /// Two upper-case hexadecimal digits. Reserve 2.
  @inline(__always)
  mutating func uncheckedHexByte(_ byte: UInt8) {
    let pair = UnsafeRawPointer(hexPairs.utf8Start).loadUnaligned(fromByteOffset: Int(byte) &* 2, as: UInt16.self)
    UnsafeMutableRawPointer(base + position).storeBytes(of: pair, as: UInt16.self)
    position &+= 2
  }

  @inline(__always)
  mutating func uncheckedHexDigitLower(_ nibble: UInt8) { put(hexLower.utf8Start[Int(nibble & 15)]) }

  /// Reserve 2; `value` is 0…99.
  @inline(__always)
  mutating func uncheckedTwoDigits(_ value: Int) {
    let pair = UnsafeRawPointer(digitPairs.utf8Start).loadUnaligned(fromByteOffset: value &* 2, as: UInt16.self)
    UnsafeMutableRawPointer(base + position).storeBytes(of: pair, as: UInt16.self)
    position &+= 2
  }

  /// Date and time up to the second: `2026-11-24T22:48:22`. Reserve 36.
  @inline(__always)
  mutating func uncheckedDateTime(_ time: CivilTime) {
    if time.year > 9999 {
      uncheckedDecimal(Int64(time.year))
    } else {
      uncheckedTwoDigits(time.year / 100)
      uncheckedTwoDigits(time.year % 100)
    }
    put(45)
    uncheckedTwoDigits(time.month)
    put(45)
    uncheckedTwoDigits(time.day)
    put(84)
    uncheckedTwoDigits(time.hour)
    put(58)
    uncheckedTwoDigits(time.minute)
    put(58)
    uncheckedTwoDigits(time.second)
  }

  /// A FILETIME as RFC 3339 in UTC with its full 100-nanosecond precision (7 digits). Reserve 48.
  mutating func uncheckedFileTime(_ fileTime: UInt64) {
    let time = CivilTime(fileTime: fileTime)
    uncheckedDateTime(time)
    put(46)
    uncheckedTwoDigits(time.ticks / 100_000)
    uncheckedTwoDigits(time.ticks / 1000 % 100)
    uncheckedTwoDigits(time.ticks / 10 % 100)
    put(UInt8(truncatingIfNeeded: time.ticks % 10) &+ 48)
    put(90)
  }

  public mutating func appendFileTime(_ fileTime: UInt64) {
    reserve(48)
    uncheckedFileTime(fileTime)
  }

  /// A SYSTEMTIME's parts as RFC 3339 with milliseconds. Reserve 48.
  mutating func uncheckedMilliseconds(_ time: CivilTime) {
    uncheckedDateTime(time)
    put(46)
    let milliseconds = time.ticks / 10_000
    put(UInt8(truncatingIfNeeded: milliseconds / 100) &+ 48)
    uncheckedTwoDigits(milliseconds % 100)
    put(90)
  }
}
