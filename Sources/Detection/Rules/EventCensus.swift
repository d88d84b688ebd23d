import WindowsFormats

/// Which kinds of event were met, when the first and the last was, and which rules could not be asked of all of them.
public struct EventCensus: Sendable {
  public private(set) var coverage = EvidenceCoverage()
  /// FILETIME of the earliest and latest record; 0 for none.
  public private(set) var firstTime: UInt64 = 0
  public private(set) var lastTime: UInt64 = 0
  /// By number of a rule, in how many events its patterns were given up (`EngineLimits`) and counted as not met.
  public private(set) var givenUp: [Int: Int] = [:]

  public init() {}

  mutating func note(time: UInt64) {
    // What a broken clock or an empty field says is no bound of anything: 1980 to 2100.
    guard time > 119_600_064_000_000_000, time < 157_468_320_000_000_000 else { return }
    if firstTime == 0 || time < firstTime { firstTime = time }
    if time > lastTime { lastTime = time }
  }

  mutating func note(channel: String, provider: String, eventID: UInt32?) {
    coverage.note(channel: channel, provider: provider, eventID: eventID ?? 0)
  }

  mutating func note(givenUp rule: Int, count: Int) { givenUp[rule, default: 0] += count }

  public mutating func merge(_ other: EventCensus) {
    coverage.merge(other.coverage)
    note(time: other.firstTime)
    note(time: other.lastTime)
    givenUp.merge(other.givenUp, uniquingKeysWith: +)
  }
}
