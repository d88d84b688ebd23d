/// Exports in every shape: what tells the shapes apart, and a little of what each may hold.
enum SeedExports {
  static var all: [(String, [UInt8])] {
    var seeds = (lines + wrappers + markup).map { ($0.0, Array($0.1.utf8)) }
    let sample = Samples.evtxDump
    seeds.append(("utf-16", [0xFF, 0xFE] + sample.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }))
    seeds.append(("utf-16-big-endian", sample.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }))
    seeds.append(("no-utf-8", Array("{\"EventID\":1,\"Channel\":\"".utf8) + [0xC3, 0x28, 0xFF] + Array("\"}".utf8)))
    return seeds
  }

  private static let lines: [(String, String)] = [
    ("sample-xml", Samples.xml), ("sample-evtx-dump", Samples.evtxDump), ("sample-winlogbeat", Samples.winlogbeat),
    ("sample-nxlog-binding", Samples.nxlogBinding), ("sample-nxlog-process", Samples.nxlogProcess),
    (
      "yagura",
      ##"""
      {"file":"f","recordId":3,"time":"2026-11-24T12:00:00Z","host":"H","channel":"C","provider":"P","eventId":1,"version":0,"level":4,"task":1,"opcode":0,"keywords":"0x80","processId":4,"threadId":8,"userSid":"S-1-5-18","activityId":null,"system":{"Provider.Guid":"x"},"data":{"a":[1,null,{"#text":"t"}],"d":-0.5,"u":18446744073709551615},"recovered":true,"offset":4096,"recoveredFrom":"slack","template":"none","logRecordId":9,"renderingInfo":{"Message":"m"},"shape":"flat-json","original":{"EventID":1}}
      {"recordId":"#2","system":{},"data":{},"shape":"event-xml","original":"<Event/>"}
      """##
    ),
    (
      "evtx-dump-user-data",
      ##"{"Event":{"System":{"Provider":{"@Name":"P"},"Provider_attributes":{"Name":"P"},"EventID":{"Value":7}},"UserData":{"E":{"#attributes":{"xmlns":"n"},"A":"1","B":{"@xmlns":"n","#text":"2"}}},"Message":"m"}}"##
    ),
    (
      "velociraptor",
      ##"{"System":{"Provider":{"Name":"P","Guid":"{1418ef04-b0b4-4623-bf7e-d74ab47bbdaa}"},"EventID":{"Value":1},"TimeCreated":{"SystemTime":1700000000.25},"Keywords":9232379236109516800},"EventData":{"P":"a","P_1":"b","P_2":"c","Data":[{"@Name":"n","#text":"t"},"u"]},"Message":"m"}"##
    ),
    (
      "winlogbeat-6",
      ##"{"@timestamp":"2019-03-01T22:48:22.160Z","record_number":"6","log_name":"Windows PowerShell","source_name":"PowerShell","event_id":800,"level":"Warning","keywords":["Classic"],"computer_name":"H","user":{"identifier":"S-1-5-18"},"event_data":{"param2":"b","param1":"a"}}"##
    ),
    (
      "winlogbeat-dotted",
      ##"{"@timestamp":"2019-03-01T22:48:22.160Z","winlog.record_id":["6"],"winlog.channel":"C","winlog.event_id":"800","winlog.event_data.param1":"a","winlog.event_data.a.b":"c","event.original":"<Event><System><EventID>1</EventID></System></Event>"}"##
    ),
    (
      "wazuh",
      ##"{"data":{"win":{"system":{"providerName":"P","eventID":"1","systemTime":"2026-11-24T12:00:00Z","level":"0","message":"m"},"eventdata":{"image":"i","param1":"p"},"other":{"a":"b"}}}}"##
    ),
    (
      "vector",
      ##"{"event_id":1,"channel":"C","provider_name":"P","level":"Information","record_id":5,"timestamp":"2026-11-24T12:00:00Z","event_data":{"a":"b"},"string_inserts":["x","y"],"xml":"<Event><System><EventID>1</EventID></System></Event>"}"##
    ),
    (
      "flat", ##"{"EventCode":"4624","LogName":"Security","SourceName":"S","Keywords":"Audit Success","Message":"m"}"##
    ),
    (
      "evtxecmd",
      ##"{"PayloadData1":"p","MapDescription":"m","Payload":"{\"EventData\":{\"Data\":[{\"@Name\":\"a\",\"#text\":\"b\"}]}}","Channel":"C","Provider":"P","EventId":1,"EventRecordId":"9","TimeCreated":"2026-11-24T12:00:00.1234567+00:00","ExtraDataInfo":""}"##
    ),
    (
      "fluent-bit",
      ##"{"ProviderName":"P","ProviderGuid":"{x}","Qualifiers":"","EventID":1,"Channel":"C","TimeCreated":"2026-11-24 12:00:00 +0900","StringInserts":["a","b"],"Message":"m","System":"<Event><System><EventID>1</EventID></System></Event>"}"##
    ),
    (
      "opentelemetry",
      ##"{"body":{"kvlistValue":{"values":[{"key":"event_id","value":{"kvlistValue":{"values":[{"key":"id","value":{"intValue":"7"}},{"key":"qualifiers","value":{"intValue":"0"}}]}}},{"key":"channel","value":{"stringValue":"C"}},{"key":"event_data","value":{"arrayValue":{"values":[{"stringValue":"a"}]}}}]}}}"##
    ),
    (
      "opentelemetry-plain",
      ##"{"event_id":{"id":7,"qualifiers":16384},"provider":{"name":"P","guid":"{g}","event_source":"s"},"system_time":"2026-11-24T12:00:00Z","channel":"C","record_id":1,"keywords":["Classic"],"event_data":{"data":[{"a":"b"},{"":"c"}]},"message":"m","details":{}}"##
    ),
    (
      "get-winevent",
      ##"{"Id":5861,"LogName":"Microsoft-Windows-WMI-Activity/Operational","ProviderName":"Microsoft-Windows-WMI-Activity","ProviderId":"g","TimeCreated":"/Date(1700000000000)/","UserId":{"Value":"S-1-5-18"},"Properties":[{"Value":"n"},{"Value":"e"},{"Value":"c"},{"Value":"p"}],"Message":"m"}"##
    ),
    (
      "wmi-message",
      ##"{"EventTime":"2026-11-24 07:00:00","EventID":5858,"SourceName":"Microsoft-Windows-WMI-Activity","Message":"Id = {x}; ClientMachine = H; User = U; ClientProcessId = 4; Component = Unknown; Operation = Start; ResultCode = 0x80041032; PossibleCause = Unknown","SourceModuleType":"im_msvistalog"}"##
    ),
    ("no-event", ##"{"a":1}"## + "\n[1,2,\"x\",{\"EventID\":1,\"Channel\":\"C\"}]\nplain line\n{'EventID':NaN,}\n"),
  ]

  private static let wrappers: [(String, String)] = [
    ("array", ##"[{"EventID":1,"Channel":"a"},{"EventID":2,"Channel":"b"},3,"s",[],null]"##),
    (
      "hits",
      ##"{"took":3,"hits":{"total":1,"hits":[{"_source":{"EventID":1,"Channel":"a"}},{"fields":{"winlog.event_id":["8"],"winlog.channel":["c"]}}]},"tail":[1]}"##
    ),
    (
      "value",
      "{\"value\":[\n{\"Id\":1,\"LogName\":\"L\",\"ProviderName\":\"P\"}\n]}\n{\"Events\":[{\"EventID\":1,\"Channel\":\"C\"}]}"
    ),
    (
      "splunk",
      ##"{"result":{"_raw":"<Event><System><EventID>1</EventID></System></Event>"}}"## + "\n"
        + ##"{"event":{"EventID":1,"Channel":"C"}}"##
    ),
    (
      "batch",
      ##"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"<Event><System><EventID>1</EventID></System></Event>"}},{"body":"x"}]}]}]}"##
    ),
    (
      "message",
      ##"{"message":"Nov 24 host app: {\"EventID\":1,\"Channel\":\"C\"}"}"##
        + "\n<13>Nov 24 h a: {\"EventID\":1,\"Channel\":\"C\"}\n"
    ),
    (
      "cut",
      "{\"EventID\":1,\"Channel\":\"abc\n{\"EventID\":2,\"Channel\":\"b\"}\n{\"a\":[\n{\"EventID\":3,\"Channel\":\"c\"}\n"
    ),
    (
      "pretty",
      "{\r\n  \"EventID\": 1,\r\n  \"Channel\": \"a\\\"\\\\\",\r\n  \"x\": {\r\n  }\r\n}\r\n{\n\"EventID\":2,\"Channel\":\"b\"}"
    ),
  ]

  private static let markup: [(String, String)] = [
    (
      "xml-root",
      "<?xml version=\"1.0\"?><!-- c --><Events>\n<Event xmlns='n'><System><Provider Name='P'/><EventID>1</EventID><Opcode/></System>"
        + "<EventData Name='n'><Data Name='a'>&lt;&#1;&#13;</Data><Data>u</Data><Data>v</Data><Binary>00</Binary></EventData></Event>\n"
        + "<Event><System><EventID>2</EventID></System><UserData><e:E xmlns:e='n' a='b'>t<c/>u</e:E></UserData>"
        + "<RenderingInfo Culture='ja'><Message>m</Message></RenderingInfo></Event></Events>"
    ),
    (
      "xml-data",
      "<Event><System><EventID>1</EventID></System><EventData><Data Name='x'><![CDATA[<Event>]]>\n  </Data></EventData></Event>"
    ),
    (
      "xml-hostile",
      "<!DOCTYPE a [<!ENTITY x \"y\">]><Event><System><EventID>1</EventID></System><Event/><Event><a></a></Event></Event>"
        + "<Event a='>'><System/><Event xmlns='n'><System><EventID>3</EventID></System></Event>"
    ),
  ]
}
