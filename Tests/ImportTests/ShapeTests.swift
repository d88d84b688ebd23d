import Testing
import WindowsFormats

@Suite struct ShapeTests {
  @Test func eventXMLAndADumpOfTheSameRecordGiveTheSameCanonicalLine() throws {
    let xml = try #require(importing(Samples.xml).events.first)
    let dump = try #require(importing(Samples.evtxDump).events.first)
    #expect(xml.line.replacing("\"4242\"", with: "4242") == dump.line)
    #expect(
      dump.line == """
        {"file":"f","recordId":77,"time":"2026-11-24T12:00:00.1234567Z","host":"WS1.example","channel":"Microsoft-Windows-\
        Sysmon/Operational","provider":"Microsoft-Windows-Sysmon","eventId":1,"version":5,"level":4,"task":1,"opcode":0,\
        "keywords":"0x8000000000000000","processId":2200,"threadId":3300,"userSid":"S-1-5-18","activityId":null,"system":\
        {"Provider.Guid":"5770385F-C22A-43E0-BF4C-06F5698FFBD9","EventID.Qualifiers":0},"data":{"RuleName":"","Image":\
        "C:\\\\Windows\\\\System32\\\\cmd.exe","ProcessId":4242},"recovered":false}\n
        """)
    #expect(xml.original == .init(shape: "event-xml", text: Samples.xml, isJSON: false))
    #expect(dump.original == .init(shape: "evtx-dump", text: Samples.evtxDump, isJSON: true))
  }

  @Test func numberedKeysOfADumpJoinTheirFirst() throws {
    let text =
      ##"{"Event":{"System":{"EventID":9},"EventData":{"P":"a","P_1":"b","P_2":"c","Q_7":1,"Data":{"#text":["x","y"]}}}}"##
    let event = try #require(importing(text).events.first)
    #expect(event.data["P"] == .array([.string("a"), .string("b"), .string("c")]))
    #expect(event.data["Q_7"] == .integer(1))
    #expect(event.data["Data"] == .array([.string("x"), .string("y")]))
  }

  @Test func winlogbeatUserDataStandsUnderItsElementInTheOrderOfTheManifest() throws {
    let event = try #require(importing(Samples.winlogbeat).events.first)
    #expect(event.eventID == 5861 && event.recordID == .number(568) && event.processID == 1924 && event.threadID == 44)
    #expect(event.userSID == "S-1-5-18" && event.level == 4 && event.opcode == 0)
    #expect(event.system["log.level"] == .string("information") && event.system["opcode"] == .string("Info"))
    guard case .object(let fields) = event.data["Operation_ESStoConsumerBinding"] else {
      Issue.record("no user data")
      return
    }
    #expect(fields.map(\.name) == ["Namespace", "ESS", "CONSUMER", "PossibleCause"])
    #expect(event.renderingInfo["Message"] == .string("m"))
  }

  @Test func olderAndDottedAndSearchResultFormsOfWinlogbeatAgree() throws {
    let old = """
      {"@timestamp":"2019-03-01T22:48:22.160Z","record_number":"69996","log_name":"Windows PowerShell","source_name":\
      "PowerShell","event_id":800,"level":"Warning","keywords":["Classic"],"computer_name":"H","event_data":\
      {"param2":"b","param1":"a"}}
      """
    let dotted = """
      {"@timestamp":"2019-03-01T22:48:22.160Z","winlog.record_id":"69996","winlog.channel":"Windows PowerShell",\
      "winlog.provider_name":"PowerShell","winlog.event_id":"800","winlog.level":"Warning","winlog.keywords":"Classic",\
      "winlog.computer_name":"H","winlog.event_data.param1":"a","winlog.event_data.param2":"b"}
      """
    let found = """
      {"took":3,"hits":{"total":1,"hits":[{"_index":"i","fields":{"@timestamp":["2019-03-01T22:48:22.160Z"],\
      "winlog.record_id":["69996"],"winlog.channel":["Windows PowerShell"],"winlog.provider_name":["PowerShell"],\
      "winlog.event_id":["800"],"winlog.level":["Warning"],"winlog.keywords":["Classic"],"winlog.computer_name":["H"],\
      "winlog.event_data.param1":["a"],"winlog.event_data.param2":["b"]}}]}}
      """
    for text in [old, dotted, found] {
      let event = try #require(importing(text).events.first, "\(text)")
      #expect(event.recordID == .number(69996) && event.eventID == 800 && event.level == 3)
      #expect(event.keywords == "0x80000000000000" && event.host == "H" && event.provider == "PowerShell")
      #expect(event.data == [EventField("Data", .array([.string("a"), .string("b")]))])
      #expect(event.time == "2019-03-01T22:48:22.160Z")
    }
  }

  @Test func evtxECmdPayloadIsReadFromItsText() throws {
    let text = """
      {"PayloadData1":"x","MapDescription":"Process","ChunkNumber":0,"Computer":"H","Payload":"{\\"EventData\\":{\\"Data\\":\
      [{\\"@Name\\":\\"Image\\",\\"#text\\":\\"a.exe\\"},{\\"@Name\\":\\"Empty\\"}]}}","Channel":"Security","Provider":"P",\
      "EventId":4688,"EventRecordId":"12","ProcessId":4,"ThreadId":8,"Level":"LogAlways","Keywords":"Audit success",\
      "TimeCreated":"2026-11-24T12:00:00.1234567+00:00","UserId":"S-1-5-18"}
      """
    let event = try #require(importing(text).events.first)
    #expect(event.original?.shape == "evtxecmd" && event.recordID == .number(12) && event.level == 0)
    #expect(event.keywords == "0x8020000000000000" && event.time == "2026-11-24T12:00:00.1234567Z")
    #expect(event.data == [EventField("Image", .string("a.exe")), EventField("Empty", .string(""))])
  }

  @Test func positionalInsertsOfABindingGetTheNamesOfTheManifest() throws {
    let text = """
      {"ProviderName":"Microsoft-Windows-WMI-Activity","EventID":5861,"Qualifiers":0,"Channel":"c","EventRecordID":568,\
      "TimeCreated":"2026-11-24 21:00:00 +0900","Message":"","StringInserts":["//./root/subscription","f1","c1","why"]}
      """
    let event = try #require(importing(text).events.first)
    #expect(event.original?.shape == "fluent-bit" && event.time == "2026-11-24T12:00:00Z")
    #expect(event.text("Operation_ESStoConsumerBinding", "ESS") == "f1")
  }

  @Test func vectorOTelWazuhAndVelociraptorRecordsAreRead() throws {
    let texts = [
      #"{"event_id":20,"channel":"c","provider_name":"P","record_id":7,"computer":"H","process_id":31,"level":"Information","timestamp":"2026-11-24T12:00:00Z","event_data":{"Name":"n"}}"#,
      #"{"body":{"event_id":{"id":20,"qualifiers":0},"provider":{"name":"P","guid":""},"system_time":"2026-11-24T12:00:00Z","channel":"c","computer":"H","record_id":7,"level":"Information","execution":{"process_id":31},"event_data":{"Name":"n"}}}"#,
      #"{"rule":{"level":3},"data":{"win":{"system":{"providerName":"P","eventID":"20","channel":"c","computer":"H","eventRecordID":"7","processID":"31","level":"4","systemTime":"2026-11-24T12:00:00Z"},"eventdata":{"name":"n"}}}}"#,
      #"{"System":{"Provider":{"Name":"P"},"EventID":{"Value":20},"Channel":"c","Computer":"H","EventRecordID":7,"Level":4,"Execution":{"ProcessID":31},"TimeCreated":{"SystemTime":1795521600.0}},"EventData":{"Name":"n"}}"#,
      #"{"Id":20,"LogName":"c","ProviderName":"P","MachineName":"H","RecordId":7,"ProcessId":31,"Level":4,"TimeCreated":"/Date(1795521600000)/","Properties":[{"Value":"n"}]}"#,
    ]
    for text in texts {
      let event = try #require(importing(text).events.first, "\(text)")
      #expect(event.eventID == 20 && event.channel == "c" && event.provider == "P" && event.host == "H", "\(text)")
      #expect(event.recordID == .number(7) && event.processID == 31 && event.level == 4, "\(text)")
      #expect(event.time?.hasPrefix("2026-11-24T12:00:00") == true, "\(text)")
      #expect(event.text("Name") == "n" || event.data["Data"] == .array([.string("n")]), "\(text)")
    }
  }

  @Test func oneBatchOfOTLPHoldsSeveralRecords() {
    let body =
      #"{"kvlistValue":{"values":[{"key":"event_id","value":{"kvlistValue":{"values":[{"key":"id","value":{"intValue":"4688"}}]}}},{"key":"channel","value":{"stringValue":"Security"}}]}}"#
    let text =
      #"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":B},{"body":B}]}]},{"scopeLogs":[{"logRecords":[{"body":B}]}]}]}"#
    let result = importing(text.replacing("B", with: body))
    #expect(result.events.map(\.eventID) == [4688, 4688, 4688])
    #expect(result.ordinals == [1, 2, 3])
  }

  @Test func splunkWrappersGiveTheEventInside() throws {
    let quoted = Samples.xml.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    for text in [
      "{\"time\":1.5,\"host\":\"h\",\"sourcetype\":\"XmlWinEventLog\",\"event\":\"\(quoted)\"}",
      "{\"preview\":false,\"result\":{\"_raw\":\"\(quoted)\",\"host\":\"h\"}}",
      "{\"event\":\(Samples.evtxDump),\"time\":1}",
    ] {
      let event = try #require(importing(text).events.first, "\(text)")
      #expect(event.eventID == 1 && event.recordID == .number(77))
      #expect(event.original?.text == text)
    }
  }

  @Test func aFieldThatIsNamedDataIsNotUnnamedData() throws {
    let dump = ##"{"Event":{"System":{"EventID":9},"EventData":D}}"##
    let named = try #require(importing(dump.replacing("D}}", with: #"{"Data":"x"}}}"#)).events.first)
    let unnamed = try #require(importing(dump.replacing("D}}", with: ##"{"Data":{"#text":"x"}}}}"##)).events.first)
    #expect(named.data == [EventField("Data", .string("x"))])
    #expect(unnamed.data == [EventField("Data", .array([.string("x")]))])
    let xml = "<Event><System><EventID>9</EventID></System><EventData><Data>x</Data></EventData></Event>"
    #expect(try #require(importing(xml).events.first).data == unnamed.data)
    let namedXML = xml.replacing("<Data>", with: "<Data Name='Data'>")
    #expect(try #require(importing(namedXML).events.first).data == named.data)
  }

  @Test func anElementWithNothingButItsNameSpaceIsEmpty() throws {
    let text =
      ##"{"Event":{"System":{"EventID":9},"UserData":{"A":{"#attributes":{"xmlns":"u"}},"B":{"#attributes":{"xmlns":"u"},"#text":"t"}}}}"##
    let event = try #require(importing(text).events.first)
    #expect(event.data == [EventField("A", .string("")), EventField("B", .string("t"))])
  }

  @Test func anEventInTheMessageOfALogShipperIsFoundBehindItsOtherObjects() throws {
    let quoted = Samples.xml.replacing("\\", with: "\\\\")
    let text = "{\"@timestamp\":\"2026\",\"event\":{\"dataset\":\"x\"},\"fields\":{\"a\":1},\"message\":\"\(quoted)\"}"
    #expect(try #require(importing(text).events.first).recordID == .number(77))
  }

  @Test func aSystemThatNamesNoEventIsNone() {
    let result = importing(#"{"System":{"Version":1}}"# + "\n<Event><System><Level>1</Level></System></Event>\n")
    #expect(result.events.isEmpty && result.notEvents == 1 && result.faults.count == 1)
  }

  @Test func aValueThatIsNoWindowsEventIsCounted() {
    let result = importing("{\"a\":1}\n[1,\"x\",null]\n{\"index\":{\"_index\":\"i\"}}\n\(Samples.evtxDump)\n")
    #expect(result.events.count == 1 && result.notEvents == 5 && result.faults.isEmpty)
  }
}
