/// A moment as FILETIME, read from RFC 3339 and the shorter forms that people type.
public struct EventTime: Hashable, Comparable, Sendable {
  /// 100-nanosecond intervals since 1601-01-01 UTC.
  public var fileTime: UInt64

  public init(fileTime: UInt64) { self.fileTime = fileTime }

  /// `2026-11-24`, `2026-11-24T22:48`, `…:22`, `….123`, with `T` or a blank, with `Z`, `+09:00` or nothing (UTC).
  public init?(_ text: String) {
    var scanner = DigitScanner(text)
    guard let year = scanner.number(digits: 4...5), scanner.take("-"), let month = scanner.number(digits: 2...2),
      scanner.take("-"), let day = scanner.number(digits: 2...2)
    else { return nil }
    var time = CivilTime(year: year, month: month, day: day, hour: 0, minute: 0, second: 0, ticks: 0)
    if scanner.take("T") || scanner.take("t") || scanner.take(" ") {
      guard let hour = scanner.number(digits: 2...2), scanner.take(":"), let minute = scanner.number(digits: 2...2)
      else { return nil }
      time.hour = hour
      time.minute = minute
      if scanner.take(":") {
        guard let second = scanner.number(digits: 2...2) else { return nil }
        time.second = second
        if scanner.take(".") || scanner.take(",") {
          guard let ticks = scanner.fraction() else { return nil }
          time.ticks = ticks
        }
      }
    }
    // The 30th of February would be read as a day in March.
    guard let offset = scanner.zone(), scanner.isAtEnd, let base = time.fileTime,
      CivilTime(fileTime: base).day == day || time.second == 60
    else { return nil }
    let shifted = Int64(bitPattern: base) - Int64(offset) * 600_000_000
    guard base <= UInt64(Int64.max), shifted >= 0 else { return nil }
    fileTime = UInt64(shifted)
  }

  public static func < (one: EventTime, other: EventTime) -> Bool { one.fileTime < other.fileTime }
}

private struct DigitScanner {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = Substring(text).utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let first = rest.first, UInt32(first) == character.value else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(digits: ClosedRange<Int>) -> Int? {
    var value = 0
    var count = 0
    while count < digits.upperBound, let first = rest.first, (48...57).contains(first) {
      value = value * 10 + Int(first - 48)
      count += 1
      rest.removeFirst()
    }
    return count >= digits.lowerBound ? value : nil
  }

  /// Digits behind the point as 100-nanosecond ticks; more than seven are cut off.
  mutating func fraction() -> Int? {
    var ticks = 0
    var count = 0
    while let first = rest.first, (48...57).contains(first) {
      if count < 7 { ticks = ticks * 10 + Int(first - 48) }
      count += 1
      rest.removeFirst()
    }
    guard count > 0, count <= 18 else { return nil }
    for _ in min(count, 7)..<7 { ticks *= 10 }
    return ticks
  }

  /// Minutes east of UTC.
  mutating func zone() -> Int? {
    if isAtEnd || take("Z") || take("z") { return 0 }
    let sign = take("+") ? 1 : take("-") ? -1 : 0
    guard sign != 0, let hours = number(digits: 2...2), hours <= 18 else { return nil }
    _ = take(":")
    guard let minutes = number(digits: 2...2), minutes < 60 else { return nil }
    return sign * (hours * 60 + minutes)
  }
}
