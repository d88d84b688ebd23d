import Testing
import WindowsFormats

@Suite struct NXLogTests {
  @Test func aBindingWithoutUserDataIsReadFromItsMessage() throws {
    let nxlog = try #require(importing(Samples.nxlogBinding).events.first)
    let beat = try #require(importing(Samples.winlogbeat).events.first)
    #expect(nxlog.data == beat.data)
    #expect(nxlog.keywords == "0x4000000000000000" && nxlog.recordID == .number(568))
  }

  @Test func localTimeBecomesUTCWhereTwoClocksTellTheOffset() throws {
    let event = try #require(importing(Samples.nxlogBinding).events.first)
    #expect(event.time == "2026-11-24T12:00:00Z")
    #expect(event.system["timeZone"] == .string("-05:00"))
  }

  @Test func localTimeWithoutAnyHintIsKeptAndMarked() throws {
    let event = try #require(importing(Samples.nxlogProcess).events.first)
    #expect(event.time == "2026-11-24T07:00:00Z")
    #expect(event.system["timeZone"] == .string("unknown"))
  }

  @Test func namesThatDifferInCaseOnlyStayApart() throws {
    let event = try #require(importing(Samples.nxlogProcess).events.first)
    #expect(event.processID == 4 && event.threadID == 88)
    #expect(event.text("ProcessId") == "0x122c" && event.text("NewProcessId") == "0x11cc")
  }

  @Test func theSignedMaskAuditLevelEntitiesAndChannelCase() throws {
    let event = try #require(importing(Samples.nxlogProcess).events.first)
    #expect(event.keywords == "0x8020000000000000")
    #expect(event.level == 0 && event.channel == "security")
    #expect(event.text("CommandLine") == "cmd /c echo a>b & c")
    #expect(event.system["Severity"] == .string("INFO"))
  }

  @Test func aProcessIDOfTheEventItselfIsDataWhereSystemsOneHasAnotherName() throws {
    let text =
      #"{"EventTime":"2026-11-24T12:00:00.5Z","EventID":5857,"SourceName":"S","ExecutionProcessID":31,"ProcessID":44}"#
    let event = try #require(importing(text).events.first)
    #expect(event.processID == 31 && event.data["ProcessID"] == .integer(44) && event.time == "2026-11-24T12:00:00.5Z")
  }

  @Test(arguments: [
    (
      5857,
      "CIM provider started with result code 0x0. HostProcess = wmiprvse.exe; ProcessID = 39; ProviderPath = a.dll",
      "Operation_StartedOperational",
      "ProviderName=CIM|Code=0x0|HostProcess=wmiprvse.exe|ProcessID=39|ProviderPath=a.dll"
    ),
    (
      5858,
      "Id = {0}; ClientMachine = M; User = U; ClientProcessId = 7; Component = Unknown; Operation = Start q; "
        + "ResultCode = x; ResultCode = 0x80041032; PossibleCause = Unknown", "Operation_ClientFailure",
      "Id={0}|ClientMachine=M|User=U|ClientProcessId=7|Component=Unknown|Operation=Start q; ResultCode = x|"
        + "ResultCode=0x80041032|PossibleCause=Unknown"
    ),
    (
      5859,
      "Namespace = //./root/CIMV2; NotificationQuery = select * from E; OwnerName = S-1-5-18; HostProcessID = 25;"
        + "  Provider= P, queryID = 2; PossibleCause = Permanent", "Operation_EssStarted",
      "NamespaceName=//./root/CIMV2|Query=select * from E|User=S-1-5-18|Processid=25|Provider=P|queryid=2|"
        + "PossibleCause=Permanent"
    ),
    (
      5860,
      "Namespace = ROOT; NotificationQuery = select 1; UserName = U; ClientProcessID = 30, ClientMachine = M; "
        + "PossibleCause = Temporary", "Operation_TemporaryEssStarted",
      "NamespaceName=ROOT|Query=select 1|User=U|Processid=30|ClientMachine=M|PossibleCause=Temporary"
    ),
  ])
  func everyMessageOfTheProviderGivesItsUserData(id: Int, message: String, element: String, fields: String) throws {
    let text =
      "{\"EventTime\":\"2026-11-24 07:00:00\",\"EventID\":\(id),\"SourceName\":\"Microsoft-Windows-WMI-Activity\","
      + "\"Message\":\"\(message)\"}"
    let event = try #require(importing(text).events.first)
    guard case .object(let inner) = event.data[element] else {
      Issue.record("no \(element)")
      return
    }
    #expect(inner.map { "\($0.name)=\($0.value.text ?? "")" }.joined(separator: "|") == fields)
  }

  @Test func aMessageInAnotherLanguageStaysAMessage() throws {
    let text =
      #"{"EventTime":"2026-11-24 07:00:00","EventID":5861,"SourceName":"Microsoft-Windows-WMI-Activity","Message":"名前空間 = x"}"#
    let event = try #require(importing(text).events.first)
    #expect(event.data.isEmpty && event.renderingInfo["Message"] == .string("名前空間 = x"))
  }
}
