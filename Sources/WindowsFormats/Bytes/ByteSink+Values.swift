/// The two decimal digits of 0…99, one after the other.
private let digitPairs: StaticString =
  "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"
private let hexLower: StaticString = "0123456789abcdef"
private let hexUpper: StaticString = "0123456789ABCDEF"

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
    var digits = 1
    var rest = value
    while rest >= 10 {
      rest /= 10
      digits &+= 1
    }
    position &+= digits
    var at = position
    let pairs = digitPairs.utf8Start
    rest = value
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
    put(hexUpper.utf8Start[Int(byte >> 4)])
    put(hexUpper.utf8Start[Int(byte & 15)])
  }

  @inline(__always)
  mutating func uncheckedHexDigitLower(_ nibble: UInt8) { put(hexLower.utf8Start[Int(nibble & 15)]) }

  /// Reserve 2; `value` is 0…99.
  @inline(__always)
  mutating func uncheckedTwoDigits(_ value: Int) {
    put(digitPairs.utf8Start[value &* 2])
    put(digitPairs.utf8Start[value &* 2 &+ 1])
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
