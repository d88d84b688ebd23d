/// A moment as year, month, day and time of day in UTC, with 100-nanosecond resolution (proleptic Gregorian calendar).
public struct CivilTime: Hashable, Sendable {
  public var year: Int
  public var month: Int
  public var day: Int
  public var hour: Int
  public var minute: Int
  public var second: Int
  /// 100-nanosecond ticks within the second, 0 to 9,999,999.
  public var ticks: Int

  public init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, ticks: Int) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.ticks = ticks
  }

  /// From a FILETIME: 100-nanosecond intervals since 1601-01-01 UTC ([MS-DTYP] 2.3.3). Every value has a date.
  @inline(__always)
  public init(fileTime: UInt64) {
    let seconds = fileTime / 10_000_000
    let days = Int(seconds / 86_400)
    let secondOfDay = Int(seconds % 86_400)
    // Days are counted from 0000-03-01, so that the leap day ends a year; 1601-01-01 is day 584,694.
    let shifted = days &+ 584_694
    let era = shifted / 146_097
    let dayOfEra = shifted &- era &* 146_097
    let yearOfEra = (dayOfEra &- dayOfEra / 1460 &+ dayOfEra / 36_524 &- dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra &- (365 &* yearOfEra &+ yearOfEra / 4 &- yearOfEra / 100)
    let shiftedMonth = (5 &* dayOfYear &+ 2) / 153
    day = dayOfYear &- (153 &* shiftedMonth &+ 2) / 5 &+ 1
    month = shiftedMonth < 10 ? shiftedMonth &+ 3 : shiftedMonth &- 9
    year = yearOfEra &+ era &* 400 &+ (month <= 2 ? 1 : 0)
    hour = secondOfDay / 3600
    minute = secondOfDay / 60 % 60
    second = secondOfDay % 60
    ticks = Int(fileTime % 10_000_000)
  }

  /// The FILETIME of this moment, or nil before 1601, past what 64 bits hold, or when a part is out of its range.
  public var fileTime: UInt64? {
    guard (1601...60_000).contains(year), (1...12).contains(month), (1...31).contains(day), (0...23).contains(hour),
      (0...59).contains(minute), (0...60).contains(second), (0..<10_000_000).contains(ticks)
    else { return nil }
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 584_694
    guard days >= 0 else { return nil }
    let seconds = UInt64(days) * 86_400 + UInt64(hour * 3600 + minute * 60 + second)
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 10_000_000)
    guard !overflow else { return nil }
    let (sum, carry) = product.addingReportingOverflow(UInt64(ticks))
    return carry ? nil : sum
  }
}
