import Sigma
import WindowsFormats

/// A moment as RFC 3339 or ISO 8601 text shows it, `2024-05-01T12:34:56Z` and the like; the zone is not looked at.
struct TimeText {
  private var year = 0
  private var month = 0
  private var day = 0
  /// Nil when the text is a date alone.
  private var clock: (hour: Int, minute: Int)?

  /// Nil when the text does not begin with a date that exists.
  init?(_ view: ByteView, at offset: Int, byteCount: Int) {
    func number(_ start: Int, _ count: Int) -> Int? {
      guard start &+ count <= byteCount else { return nil }
      var number = 0
      for index in 0..<count {
        guard let byte = view.u8(offset &+ start &+ index), byte &- 48 < 10 else { return nil }
        number = number &* 10 &+ Int(byte &- 48)
      }
      return number
    }
    func byte(_ index: Int) -> UInt8? { index < byteCount ? view.u8(offset &+ index) : nil }
    guard let year = number(0, 4), byte(4) == 45, let month = number(5, 2), byte(7) == 45, let day = number(8, 2),
      (1...12).contains(month), day >= 1, day <= TimeText.dayCount(year, month)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
    guard let separator = byte(10) else { return }
    guard separator | 32 == 116 || separator == 32, let hour = number(11, 2), byte(13) == 58,
      let minute = number(14, 2), hour < 24, minute < 60
    else { return nil }
    clock = (hour, minute)
  }

  /// A part by its code; nil when the text does not have it.
  subscript(part: UInt8) -> Int? {
    switch part {
    case 0: clock?.minute
    case 1: clock?.hour
    case 2: day
    case 3: week
    case 4: month
    default: year
    }
  }

  private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  private static func dayCount(_ year: Int, _ month: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Day of the year, from 1.
  private var ordinal: Int {
    (1..<month).reduce(day) { $0 + TimeText.dayCount(year, $1) }
  }

  /// 1 for Monday to 7 for Sunday.
  private static func weekday(_ year: Int, ordinal: Int) -> Int {
    // 0001-01-01 was a Monday; 400 years are whole weeks and keep the years before it out of the negative numbers.
    let before = year + 399
    let days = before * 365 + before / 4 - before / 100 + before / 400 + ordinal
    return (days - 1) % 7 + 1
  }

  /// The week's number by ISO 8601: the week of a year's first Thursday is the first.
  private var week: Int {
    let number = (ordinal - TimeText.weekday(year, ordinal: ordinal) + 10) / 7
    if number < 1 { return TimeText.weekCount(year - 1) }
    return number > TimeText.weekCount(year) ? 1 : number
  }

  private static func weekCount(_ year: Int) -> Int {
    let first = weekday(year, ordinal: 1)
    return first == 4 || (first == 3 && isLeap(year)) ? 53 : 52
  }
}
