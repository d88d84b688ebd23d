import WindowsFormats

/// A moment of the example case: a day of October 2026 and a time of day in UTC.
struct ExampleTime {
  let fileTime: UInt64

  /// What came later is missing in the archived Security log and was lost with the clearing.
  static let archiving = ExampleTime(6, "17:55:03")

  /// The part of a second is derived, so that no two moments look typed.
  init(_ day: Int, _ clock: String) {
    let parts = clock.split(separator: ":").compactMap { Int($0) }
    let seconds = parts.reduce(0) { $0 * 60 + $1 }
    let civil = CivilTime(
      year: 2026, month: 10, day: day, hour: seconds / 3600, minute: seconds / 60 % 60, second: seconds % 60,
      ticks: (seconds * 7_919 + day * 104_729) * 31 % 9_999_991)
    fileTime = civil.fileTime ?? 0
  }

  private init(fileTime: UInt64) { self.fileTime = fileTime }

  static func + (time: ExampleTime, milliseconds: Int) -> ExampleTime {
    ExampleTime(fileTime: time.fileTime &+ UInt64(bitPattern: Int64(milliseconds) * 10_000))
  }

  /// `2026-10-06 17:42:02.117`, as Sysmon writes UtcTime.
  var sysmonText: Value {
    let civil = CivilTime(fileTime: fileTime)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let milliseconds = civil.ticks / 10_000
    let fraction = String(String(1000 + milliseconds).dropFirst())
    return .string(
      "\(civil.year)-\(two(civil.month))-\(two(civil.day)) "
        + "\(two(civil.hour)):\(two(civil.minute)):\(two(civil.second)).\(fraction)")
  }
}
