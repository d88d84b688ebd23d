import WindowsFormats

/// Times of a case in ticks of 100 nanoseconds.
enum CaseTime {
  static let millisecond: UInt64 = 10_000
  static let second: UInt64 = 10_000_000
  static let minute: UInt64 = 60 * second
  static let hour: UInt64 = 60 * minute
  static let day: UInt64 = 24 * hour

  /// `2d 10:30:05.25`: days, hours, minutes and seconds after the start; the days may be left out.
  static func offset(_ node: RecipeNode) throws(RecipeError) -> UInt64 {
    let text = try node.text()
    var rest = Substring(text)
    var ticks: UInt64 = 0
    let parts = text.split(separator: " ")
    if parts.count == 2, parts[0].hasSuffix("d"), let days = UInt64(parts[0].dropLast()), days <= 1_000 {
      ticks = days * day
      rest = parts[1]
    }
    let clock = rest.split(separator: ":", omittingEmptySubsequences: false)
    guard clock.count == 3, let hours = UInt64(clock[0]), hours < 1_000, let minutes = UInt64(clock[1]), minutes < 60,
      let seconds = fraction(clock[2]), seconds < minute
    else { throw node.error(.wrongValue, text) }
    return ticks + hours * hour + minutes * minute + seconds
  }

  /// A number of seconds up to a day, with a fraction or without.
  static func seconds(_ node: RecipeNode) throws(RecipeError) -> UInt64 {
    let text = try node.text()
    guard let ticks = fraction(Substring(text)), ticks <= day else { throw node.error(.wrongValue, text) }
    return ticks
  }

  /// Decimal seconds with at most seven places, without floating point.
  private static func fraction(_ text: Substring) -> UInt64? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = UInt64(parts[0]), whole <= 1_000_000 else { return nil }
    guard parts.count == 2 else { return whole * second }
    guard (1...7).contains(parts[1].utf8.count), let digits = UInt64(parts[1]) else { return nil }
    var scale: UInt64 = 1
    for _ in parts[1].utf8.count..<7 { scale *= 10 }
    return whole * second + digits * scale
  }

  /// `2026-10-06 17:42:02.117`, as Sysmon writes UtcTime.
  static func sysmonText(_ time: UInt64) -> String {
    let civil = CivilTime(fileTime: time)
    func digits(_ number: Int, _ count: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }
    return "\(digits(civil.year, 4))-\(digits(civil.month, 2))-\(digits(civil.day, 2)) \(digits(civil.hour, 2)):"
      + "\(digits(civil.minute, 2)):\(digits(civil.second, 2)).\(digits(civil.ticks / 10_000, 3))"
  }

  /// `2026-10-06T17:42:02.1170000Z`.
  static func text(_ time: UInt64) -> String {
    var sink = ByteSink()
    sink.appendFileTime(time)
    return sink.string()
  }
}
