import Foundation
import TestSupport
import Testing
import WindowsFormats

private let keys = [
  "file", "recordId", "time", "host", "channel", "provider", "eventId", "version", "level", "task", "opcode",
  "keywords", "processId", "threadId", "userSid", "activityId", "system", "data", "recovered",
]

/// What a line is, whatever the record came from.
@Suite struct RecordTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func everyLineHasTheKeysInTheirOrder() throws {
    let log = try folder.write("a.evtx", Logs.bytes(Logs.numbered(1...3)))
    let export = try folder.write("b.jsonl", #"{"EventID":4688,"Computer":"x"}"# + "\n")
    for line in try Tool.events(log, export).records { #expect(line.keys == keys) }
  }

  @Test func numbersAreNumbersAndHexadecimalIsText() throws {
    let fields: [EventLogWriter.Field] = [
      .init("Int", .int32(-7)), .init("Big", .uint64(.max)), .init("Bool", true), .init("Hex", .hexInt32(0x8004_1032)),
      .init("Sid", .sid(.localSystem)), .init("Bytes", .binary([0xDE, 0xAD])), .init("Time", .fileTime(Logs.time + 7)),
    ]
    let log = try folder.write("a.evtx", Logs.bytes([Logs.event(fields)]))
    let run = try Tool.events(log)
    #expect(run.status == 0)
    let line = try #require(run.records.first)
    #expect(line.number("recordId") == 1)
    #expect(line.text("time") == "2024-05-14T09:30:00.1234560Z")
    #expect(line.text("keywords") == "0x8000000000000001")
    #expect(line.number("processId") == 4242)
    #expect(line.text("userSid") == "S-1-5-18")
    #expect(line["activityId"] is NSNull)
    #expect(line["recovered"] as? Bool == false)
    #expect(
      line.text.contains(
        #""data":{"Int":-7,"Big":18446744073709551615,"Bool":true,"Hex":"0x80041032","Sid":"S-1-5-18","#
          + #""Bytes":"DEAD","Time":"2024-05-14T09:30:00.1234567Z"}"#), "\(line.text)")
  }

  @Test func unnamedDataIsAnArrayAndRepeatedNamesToo() throws {
    let fields: [EventLogWriter.Field] = [
      .init("Same", "one"), .init("Other", ""), .init("Same", "two"), .init(nil, "bare"), .init(nil, .uint32(5)),
    ]
    let line = try #require(
      try Tool.events(folder.write("a.evtx", Logs.bytes([Logs.event(fields)]))).records.first)
    #expect(line.data["Same"] as? [String] == ["one", "two"])
    #expect(line.data["Other"] as? String == "")
    #expect((line.data["Data"] as? [Any])?.count == 2)
    #expect(line.data["Absent"] == nil)
  }

  @Test func userDataKeepsItsTree() throws {
    var event = Logs.text("")
    event.payload = .userData(
      .init("Operation", [.init("Query", "select 1"), .init("Deep", [.init("Code", .uint32(9))])]))
    let line = try #require(try Tool.events(folder.write("a.evtx", Logs.bytes([event]))).records.first)
    #expect(line.text.contains(#""data":{"Operation":{"Query":"select 1","Deep":{"Code":9}}}"#), "\(line.text)")
  }

  @Test func anInputWithoutNumbersCountsItsLines() throws {
    let record = #"{"EventID":1,"Computer":"x","Channel":"System"}"#
    let lines = try folder.write("a.jsonl", "\n\(record)\n\n\(record)\n")
    let array = try folder.write("b.json", "[\(record),\n \(record)]")
    #expect(try Tool.events(lines).records.map { $0.text("recordId") } == ["#1", "#2"])
    #expect(try Tool.events(array).records.map { $0.text("recordId") } == ["#1", "#2"])
  }

  @Test func ownOutputIsReadBackUnchanged() throws {
    let first = try Tool.events(folder.write("a.evtx", Logs.bytes(Logs.numbered(1...5))))
    let second = try Tool.events(folder.write("out.jsonl", first.output))
    #expect(second.lines.count == first.lines.count)
    // What is read from a file is said to be from that file.
    let (from, to) = ("\"\(folder.path("a.evtx"))\"", "\"\(folder.path("out.jsonl"))\"")
    for (again, line) in zip(second.lines, first.lines) {
      #expect(again.hasPrefix(line.replacing(from, with: to).dropLast()))
    }
  }

  // MARK: Where records come from

  @Test func membersOfArchivesAreNamedFromOutsideIn() throws {
    let log = try Logs.bytes(Logs.numbered(1...1))
    let inner = Containers.tar([("logs/c.evtx", log)])
    let outer = try folder.write("a.zip", Containers.zip([("b.tar", inner), ("d.evtx", log)]))
    let run = try Tool.events(outer)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try run.records.map { $0.text("file") } == ["\(outer)!b.tar!logs/c.evtx", "\(outer)!d.evtx"])
  }

  @Test func standardInputMayBeAPipeOrAFile() throws {
    let log = try Logs.bytes(Logs.numbered(1...3))
    let path = try folder.write("a.evtx", log)
    let expected = try Tool.events(path).text.replacing("\"\(path)\"", with: "\"-\"")
    #expect(try Tool.events("-", input: .pipe(log)).text == expected)
    #expect(try Tool.events("-", input: .file(path)).text == expected)
    let archive = Containers.tar([("x.evtx", log)])
    #expect(try Tool.events("-", input: .pipe(archive)).records.first?.text("file") == "-!x.evtx")
    let lines = Array((#"{"EventID":1,"Computer":"x","Channel":"System"}"# + "\n").utf8)
    #expect(try Tool.events("-", input: .pipe(lines)).records.first?.text("recordId") == "#1")
  }

  @Test func recordsComeInTheOrderOfNamesThenOfRecords() throws {
    for name in ["b/2.evtx", "b/1.evtx", "a.evtx", "c.evtx"] {
      try folder.write(name, Logs.bytes(Logs.numbered(1...2)))
    }
    let records = try Tool.events(folder.path).records
    let names = records.compactMap { $0.text("file")?.dropFirst(folder.path.count + 1) }
    #expect(names == ["a.evtx", "a.evtx", "b/1.evtx", "b/1.evtx", "b/2.evtx", "b/2.evtx", "c.evtx", "c.evtx"])
    #expect(records.compactMap { $0.number("recordId") } == [1, 2, 1, 2, 1, 2, 1, 2])
  }

  @Test(arguments: [[], ["--recover"], ["--format", "csv"], ["--recover", "--stats"], ["--where", "eventId=*1*"]])
  func anyNumberOfThreadsGivesTheSameBytes(options: [String]) throws {
    var damaged = try Logs.chunks([1...40, 41...80, 81...120, 121...160, 161...200, 201...240])
    let records = Logs.records(of: damaged)
    for index in [3, 50, 130] {
      damaged.replaceSubrange(records[index].dropFirst(30).prefix(20), with: Array(repeating: 0xEE, count: 20))
    }
    try folder.write("a.evtx", damaged)
    try folder.write("b.evtx", Logs.bytes(Logs.numbered(1...2000)))
    try folder.write("c.bin", Array(repeating: 7, count: 1000) + damaged.dropFirst(4096))
    let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Examples/case").path
    var paths = [folder.path, example]
    if options != ["--recover"], let corpora = SharedCorpora.root {
      paths.append(corpora.appendingPathComponent("logs/EVTX-ATTACK-SAMPLES").path)
    }
    let one = try Tool.run(["events", "--threads", "1"] + options + paths)
    for threads in ["2", "8"] {
      let many = try Tool.run(["events", "--threads", threads] + options + paths)
      #expect(many.output == one.output)
      #expect(many.status == one.status)
    }
    #expect(!one.output.isEmpty)
  }
}
