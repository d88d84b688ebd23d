internal import WindowsFormats

/// A time as a source writes it, to RFC 3339 in UTC with the same precision.
struct SourceTime: Equatable {
  /// Date and time of day as written, before the zone is taken off.
  var local: CivilTime
  /// The fraction as written, at most nine digits of it.
  var fraction = 0
  var fractionDigits = 0
  /// Minutes east of UTC; nil when the source does not say.
  var offsetMinutes: Int?

  /// `2026-11-24T22:48:22.1234567Z`, with a blank for the T, with an offset, with `UTC`, or without a zone; or .NET's
  /// `/Date(milliseconds)/`.
  init?(_ text: String) {
    var text = text
    guard let time = text.withUTF8({ SourceTime(parsing: TimeCursor($0)) }) else { return nil }
    self = time
  }

  private init(_ local: CivilTime) { self.local = local }

  private init?(parsing cursor: TimeCursor) {
    var cursor = cursor
    if cursor.take("/Date(") {
      guard let milliseconds = cursor.takeDigits(atMost: 18), cursor.take(")/"), cursor.isAtEnd else { return nil }
      self.init(epoch: UInt64(milliseconds.value), unitsPerSecond: 1000)
      return
    }
    guard let local = cursor.takeDateTime(), local.fileTime != nil else { return nil }
    self.init(local)
    if cursor.take(".") || cursor.take(",") {
      guard let digits = cursor.takeDigits(atMost: 9) else { return nil }
      (fraction, fractionDigits) = (digits.value, digits.count)
      while cursor.takeDigits(atMost: 9) != nil {}
    }
    _ = cursor.take(" ")
    guard !cursor.isAtEnd else { return }
    guard let minutes = cursor.takeOffset(), cursor.isAtEnd else { return nil }
    offsetMinutes = minutes
  }

  /// Units since 1970 in UTC.
  init?(epoch: UInt64, unitsPerSecond: UInt64) {
    let seconds = epoch / unitsPerSecond
    guard seconds < 200_000_000_000 else { return nil }
    self.init(CivilTime(fileTime: (seconds + 11_644_473_600) * 10_000_000))
    fraction = Int(epoch % unitsPerSecond)
    var unit = unitsPerSecond
    while unit > 1 {
      unit /= 10
      fractionDigits += 1
    }
    offsetMinutes = 0
  }

  /// Text, or a bare number: seconds (with a fraction), milliseconds, microseconds or nanoseconds since 1970, by size.
  init?(_ value: EventValue) {
    switch value {
    case .string(let text): self.init(text)
    case .double(let number) where number > 0 && number < 1e11:
      // A double holds a present-day time to a quarter of a microsecond.
      let microseconds = (number * 1e6).rounded()
      self.init(epoch: UInt64(microseconds), unitsPerSecond: 1_000_000)
    case .integer(let number) where number > 0:
      let unitsPerSecond: UInt64 =
        switch number {
        case ..<100_000_000_000: 1
        case ..<100_000_000_000_000: 1000
        case ..<100_000_000_000_000_000: 1_000_000
        default: 1_000_000_000
        }
      self.init(epoch: UInt64(number), unitsPerSecond: unitsPerSecond)
    default: return nil
    }
  }

  /// The moment in UTC; `minutes` east of UTC is assumed when the text names no zone itself.
  func rfc3339(assumingOffset minutes: Int = 0) -> String? {
    let offset = offsetMinutes ?? minutes
    var time = local
    if offset != 0 {
      guard let ticks = local.fileTime else { return nil }
      let shifted = Int64(bitPattern: ticks) - Int64(offset) * 600_000_000
      guard shifted >= 0 else { return nil }
      time = CivilTime(fileTime: UInt64(shifted))
    }
    guard time.year <= 9999 else { return nil }
    return String(unsafeUninitializedCapacity: 32) { output in
      var at = 0
      func put(_ number: Int, _ width: Int, then separator: UInt8) {
        var rest = number
        for index in stride(from: width - 1, through: 0, by: -1) {
          output[at + index] = UInt8(48 + rest % 10)
          rest /= 10
        }
        at += width
        output[at] = separator
        at += 1
      }
      put(time.year, 4, then: UInt8(ascii: "-"))
      put(time.month, 2, then: UInt8(ascii: "-"))
      put(time.day, 2, then: UInt8(ascii: "T"))
      put(time.hour, 2, then: UInt8(ascii: ":"))
      put(time.minute, 2, then: UInt8(ascii: ":"))
      put(time.second, 2, then: fractionDigits > 0 ? UInt8(ascii: ".") : UInt8(ascii: "Z"))
      if fractionDigits > 0 { put(fraction, fractionDigits, then: UInt8(ascii: "Z")) }
      return at
    }
  }

  /// Seconds since 1601 of the time as written, for differences.
  var localSeconds: Int64? { local.fileTime.map { Int64($0 / 10_000_000) } }
}
