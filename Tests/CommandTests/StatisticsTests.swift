import Foundation
import Testing
import WindowsFormats

/// `--stats`, as a table and as lines.
@Suite struct StatisticsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func lines(_ options: String...) throws -> [JSONLine] {
    let run = try Tool.run(["events", "--stats", "--format", "jsonl"] + options)
    #expect(run.status == 0, "\(run.errors)")
    return try run.records
  }

  @Test func countsEqualTheRecords() throws {
    var events = Logs.numbered(1...500)
    for index in events.indices { events[index].eventID = UInt16(index % 7) }
    let path = try folder.write("a.evtx", Logs.bytes(events))
    let records = try Tool.events(path).records
    for line in try lines(path) {
      #expect(line.keys == ["type", "channel", "provider", "eventId", "count", "first", "last", "days"])
      let same = records.filter { $0.number("eventId") == line.number("eventId") }
      #expect(line.number("count") == same.count)
      #expect(line.text("first") == same.first?.text("time"))
      #expect(line.text("last") == same.last?.text("time"))
      #expect((line["days"] as? [String: Int])?.values.reduce(0, +) == same.count)
    }
    #expect(try lines(path).compactMap { $0.number("count") }.reduce(0, +) == 500)
  }

  @Test func gapsAndTheirTimesAreFound() throws {
    let log = try Logs.bytes(Logs.numbered(1...10) + Logs.numbered(14...20) + Logs.numbered(22...30))
    let line = try #require(try lines(folder.write("a.evtx", log)).last)
    #expect(line.text("type") == "file")
    #expect(line.number("missing") == 4 && line.number("gaps") == 2)
    #expect(line.text.contains(#""largestGaps":[{"after":10,"before":14,"from":"2024-05-14T09:30:10.1234560Z""#))
    let table = try Tool.events("--stats", folder.path)
    #expect(table.text.contains("2 gaps in the record numbers, 4 numbers missing"))
    #expect(table.text.contains("10 → 14: 3 missing, 2024-05-14 09:30:10 → 2024-05-14 09:30:14"))
  }

  @Test func theClockGoingBackIsFoundAndJitterIsNot() throws {
    var events = Logs.numbered(1...20)
    events[10].time -= 30 * Logs.second
    events[15].time -= 7200 * Logs.second
    let line = try #require(try lines(folder.write("a.evtx", Logs.bytes(events))).last)
    #expect(line.number("clockJumps") == 1)
    #expect(line.text.contains(#""largestJumps":[{"recordId":16,"#))
    #expect(line.number("gaps") == 0)
    #expect(try Tool.events("--stats", folder.path).text.contains("the clock goes back 1 time by more than a minute"))
  }

  @Test func aWrappedLogHasNoFalseGaps() throws {
    let wrapped = try folder.write("a.evtx", Logs.chunks([301...400, 401...500, 101...200, 201...300]))
    #expect(try !lines(wrapped).contains { $0.text("type") == "file" })
    for threads in ["1", "8"] { #expect(try lines(wrapped, "--threads", threads).count == 1) }
  }

  @Test func aLogWithoutNumbersOrTimesHasNoFindings() throws {
    let path = try folder.write(
      "a.jsonl", String(repeating: #"{"EventID":1,"Computer":"x","Channel":"System"}"# + "\n", count: 3))
    let line = try #require(lines(path).first)
    #expect(try lines(path).count == 1)
    #expect(line.number("count") == 3)
    #expect(line["first"] is NSNull)
    let table = try Tool.events("--stats", path)
    #expect(table.text.contains("System: 3 records, 1 kind\n"))
  }

  @Test func recoveredRecordsAreCountedOnce() throws {
    let log = try Logs.bytes(Logs.numbered(1...20))
    try folder.write("raw.bin", Array("junk".utf8) + log.dropFirst(4096) + Array("junk".utf8) + log.dropFirst(4096))
    let run = try Tool.events(folder.path, "--recover")
    #expect(run.lines.count == 20)
    #expect(try lines(folder.path, "--recover").compactMap { $0.number("count") }.reduce(0, +) == 20)
  }

  @Test func theTableIsAlignedInBothLanguages() throws {
    let path = try folder.write("a.evtx", Logs.bytes(Logs.numbered(1...3)))
    let english = try Tool.events("--stats", path).lines
    #expect(english[0] == "Yagura-Test/Operational: 3 records, 1 kind")
    #expect(english[1].hasPrefix("   event       count  first (UTC)          last (UTC)           per day, "))
    #expect(english[2].hasPrefix("    1000           3  2024-05-14 09:30:01  2024-05-14 09:30:03  █"))
    let japanese = try Tool.events("--stats", path, environment: ["LANG": "ja_JP.UTF-8"]).lines
    #expect(japanese[0] == "Yagura-Test/Operational: 3 件、1 種類")
    #expect(japanese[1].hasPrefix("イベント        件数  最初 (UTC)           最後 (UTC)           日別 "))
    #expect(japanese[2] == english[2])
  }

  @Test func theTableGoesToTheOutputFile() throws {
    let path = try folder.write("a.evtx", Logs.bytes(Logs.numbered(1...3)))
    let output = folder.path("table.txt")
    #expect(try Tool.events("--stats", path, "-o", output).output.isEmpty)
    #expect(try folder.read("table.txt") == Tool.events("--stats", path).output)
  }
}
