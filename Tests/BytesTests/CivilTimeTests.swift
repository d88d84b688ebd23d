import Testing
import WindowsFormats

@Suite struct CivilTimeTests {
  @Test(arguments: [
    (UInt64(0), "1601-01-01T00:00:00.0000000Z"),
    (116_444_736_000_000_000, "1970-01-01T00:00:00.0000000Z"),
    (132_223_104_000_000_001, "2020-01-01T00:00:00.0000001Z"),
    (131_592_383_999_999_999, "2017-12-31T23:59:59.9999999Z"),
    (126_227_808_000_000_000, "2001-01-01T00:00:00.0000000Z"),
  ])
  func rendersFileTimeWithSevenDigits(ticks: UInt64, text: String) {
    var sink = ByteSink()
    sink.appendFileTime(ticks)
    #expect(sink.string() == text)
  }

  @Test func everyDayOfFourCenturiesSurvivesTheRoundTrip() {
    for day in stride(from: UInt64(0), to: 146_097 * 2, by: 1) {
      let ticks = day * 864_000_000_000 + 123_456_789
      #expect(CivilTime(fileTime: ticks).fileTime == ticks)
    }
  }

  @Test func refusesPartsOutOfRange() {
    #expect(CivilTime(year: 2020, month: 13, day: 1, hour: 0, minute: 0, second: 0, ticks: 0).fileTime == nil)
    #expect(CivilTime(year: 1600, month: 1, day: 1, hour: 0, minute: 0, second: 0, ticks: 0).fileTime == nil)
  }

  @Test func theLargestFileTimeHasADate() {
    var sink = ByteSink()
    sink.appendFileTime(.max)
    #expect(sink.string() == "60056-05-28T05:36:10.9551615Z")
  }
}
