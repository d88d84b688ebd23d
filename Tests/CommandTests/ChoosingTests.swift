import Testing
import WindowsFormats

/// `--where`, `--after` and `--before`, on logs and on exports alike.
@Suite struct ChoosingTests {
  let folder: TemporaryFolder
  /// The same events as a log and as an export: a filter must choose the same of both.
  let log: String
  let export: String

  init() throws {
    folder = try TemporaryFolder()
    var events = [
      Logs.event([.init("Text", "1"), .init("Image", "C:\\Windows\\System32\\wbem\\WmiPrvSE.exe"), .init("Empty", "")]),
      Logs.event([.init("Text", "2"), .init("Image", "C:\\Temp\\a*b.exe"), .init("ProcessId", .uint32(99))], id: 5),
      Logs.event([.init("Text", "3"), .init("Hex", .hexInt32(0x10)), .init("Flag", true)], id: 6, seconds: 60),
      Logs.event([.init("Text", "4"), .init("Text2", "ÄPFEL 日本")], id: 7, seconds: 120),
    ]
    events[3].userSID = nil
    var tree = Logs.text("", id: 5860, seconds: 180)
    tree.payload = .userData(
      .init("Operation", [.init("Query", "SELECT *"), .init("Deep", [.init("Code", .uint32(9))])]))
    events.append(tree)
    log = try folder.write("a.evtx", Logs.bytes(events))
    export = try folder.write("b.jsonl", try Tool.events(log).output)
  }

  /// Numbers of the records that are chosen; of both inputs, when they agree.
  private func chosen(_ options: [String]) throws -> [Int] {
    let fromLog = try Tool.run(["events", log] + options)
    let fromExport = try Tool.run(["events", export] + options)
    #expect(fromLog.status == 0 && fromExport.status == 0)
    let numbers = try fromLog.records.compactMap { $0.number("recordId") }
    #expect(try fromExport.records.compactMap { $0.number("recordId") } == numbers, "\(options)")
    let statistics = try Tool.run(["events", log, "--stats", "--format", "jsonl"] + options).records
    #expect(statistics.compactMap { $0.number("count") }.reduce(0, +) == numbers.count)
    return numbers
  }

  @Test(arguments: [
    ("Text=2", [2]), ("text=2", [2]), ("data.Text=2", [2]), ("DATA.TEXT=2", [2]), ("Text=", []),
    ("Image=*\\wmiprvse.EXE", [1]), ("image=c:\\*", [1, 2]), ("Image=*a*b*", [2]), ("Image=*", [1, 2]),
    ("Empty=", [1]), ("Absent=x", []), ("Absent=*", []), ("Absent=", []),
    ("Hex=0x10", [3]), ("Flag=TRUE", [3]), ("Text2=äpfel*", [4]), ("Text2=*日*", [4]),
    ("Query=select *", [5]), ("Operation.Query=select*", [5]), ("data.Operation.Query=select*", [5]),
    ("Code=9", [5]), ("Operation.Deep.Code=9", [5]),
  ])
  func aFieldOfTheDataMustHaveTheValue(condition: String, expected: [Int]) throws {
    #expect(try chosen(["--where", condition]) == expected)
  }

  @Test(arguments: [
    ("eventId=5", [2]), ("EventID=586*", [5]), ("recordId=3", [3]), ("EventRecordID=3", [3]),
    ("Computer=wks01*", [1, 2, 3, 4, 5]), ("host=WKS01", []), ("channel=*operational", [1, 2, 3, 4, 5]),
    ("provider=yagura-test", [1, 2, 3, 4, 5]), ("processId=99", [2]), ("ProcessId=4242", [1, 3, 4, 5]),
    ("threadId=77", [1, 2, 3, 4, 5]), ("userSid=S-1-5-18", [1, 2, 3, 5]), ("userSid=", []), ("activityId=*", []),
    ("keywords=0x8000000000000001", [1, 2, 3, 4, 5]), ("level=4", [1, 2, 3, 4, 5]), ("level=5", []),
    ("time=2024-05-14T09:31*", [3]), ("Guid=11223344*", [1, 2, 3, 4, 5]), ("Provider.Guid=11223344*", [1, 2, 3, 4, 5]),
  ])
  func aFieldOfTheSystemMustHaveTheValue(condition: String, expected: [Int]) throws {
    #expect(try chosen(["--where", condition]) == expected)
  }

  @Test func valuesOfOneFieldAreAlternativesAndFieldsAddUp() throws {
    #expect(try chosen(["--where", "eventId=5", "--where", "EVENTID=6"]) == [2, 3])
    #expect(try chosen(["--where", "eventId=5", "--where", "eventId=6", "--where", "Text=3"]) == [3])
    #expect(try chosen(["--where", "Text=1", "--where", "data.text=2"]) == [1, 2])
    #expect(try chosen(["--where", "Text=a=b"]) == [])
    let many = (0..<70).flatMap { ["--where", "Absent\($0)=x"] }
    #expect(try chosen(many) == [])
    #expect(try chosen(many + ["--where", "Text=1"]) == [])
  }

  @Test(arguments: [
    (["--after", "2024-05-14T09:31:00Z"], [3, 4, 5]), (["--after", "2024-05-14T18:31+09:00"], [3, 4, 5]),
    (["--after", "2024-05-14 04:31:00-05:00"], [3, 4, 5]), (["--before", "2024-05-14T09:31"], [1, 2]),
    (["--after", "2024-05-14T09:31:00.1234560Z", "--before", "2024-05-14T09:31:00.1234561Z"], [3]),
    (["--after", "2024-05-14T09:31:00.1234561Z", "--before", "2024-05-14T09:32:00.1234560Z"], []),
    (["--after", "2024-05-14"], [1, 2, 3, 4, 5]), (["--before", "2024-05-14"], []), (["--after", "2024-05-15"], []),
  ])
  func aSpanOfTimeChoosesTheSameOfEveryInput(options: [String], expected: [Int]) throws {
    #expect(try chosen(options) == expected)
  }
}
