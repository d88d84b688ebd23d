internal import WindowsFormats

/// Reads the parts of a written time from the front.
struct TimeCursor {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { at == bytes.count }

  mutating func take(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard bytes.count - at >= count else { return false }
    for index in 0..<count where bytes[at + index] != text.utf8Start[index] { return false }
    at += count
    return true
  }

  /// Exactly `count` digits.
  mutating func takeNumber(_ count: Int) -> Int? {
    guard bytes.count - at >= count else { return nil }
    var number = 0
    for index in at..<(at + count) {
      guard (48...57).contains(bytes[index]) else { return nil }
      number = number * 10 + Int(bytes[index] - 48)
    }
    at += count
    return number
  }

  /// `2026-11-24T22:48:22`, with a blank for the T, or without seconds.
  mutating func takeDateTime() -> CivilTime? {
    guard let year = takeNumber(4), take("-"), let month = takeNumber(2), take("-"), let day = takeNumber(2),
      take("T") || take(" "), let hour = takeNumber(2), take(":"), let minute = takeNumber(2)
    else { return nil }
    var second = 0
    if take(":") {
      guard let value = takeNumber(2) else { return nil }
      second = value
    }
    return CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second, ticks: 0)
  }

  /// One digit or more; `limit` is at most 18, so that the value fits.
  mutating func takeDigits(atMost limit: Int) -> (value: Int, count: Int)? {
    var number = 0
    var count = 0
    while count < limit, at < bytes.count, (48...57).contains(bytes[at]) {
      number = number * 10 + Int(bytes[at] - 48)
      count += 1
      at += 1
    }
    return count > 0 ? (number, count) : nil
  }

  /// `Z`, `UTC`, `GMT`, `+09:00`, `-0400`: minutes east of UTC.
  mutating func takeOffset() -> Int? {
    if take("Z") || take("z") || take("UTC") || take("GMT") { return 0 }
    let sign = take("+") ? 1 : take("-") ? -1 : 0
    guard sign != 0, let hours = takeNumber(2) else { return nil }
    _ = take(":")
    let minutes = isAtEnd ? 0 : takeNumber(2) ?? 60
    guard hours <= 15, minutes < 60 else { return nil }
    return sign * (hours * 60 + minutes)
  }
}
