/// Small records in each shape, made for these tests; every one is the same process start or WMI binding.
enum Samples {
  static let xml = """
    <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Sysmon' \
    Guid='{5770385f-c22a-43e0-bf4c-06f5698ffbd9}'/><EventID Qualifiers='0'>1</EventID><Version>5</Version><Level>4</Level>\
    <Task>1</Task><Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords>\
    <TimeCreated SystemTime='2026-11-24T12:00:00.1234567Z'/><EventRecordID>77</EventRecordID><Correlation/>\
    <Execution ProcessID='2200' ThreadID='3300'/><Channel>Microsoft-Windows-Sysmon/Operational</Channel>\
    <Computer>WS1.example</Computer><Security UserID='S-1-5-18'/></System><EventData><Data Name='RuleName'></Data>\
    <Data Name='Image'>C:\\Windows\\System32\\cmd.exe</Data><Data Name='ProcessId'>4242</Data></EventData></Event>
    """

  static let evtxDump = """
    {"Event":{"#attributes":{"xmlns":"http://schemas.microsoft.com/win/2004/08/events/event"},"System":{"Provider":\
    {"#attributes":{"Name":"Microsoft-Windows-Sysmon","Guid":"5770385F-C22A-43E0-BF4C-06F5698FFBD9"}},"EventID":\
    {"#attributes":{"Qualifiers":0},"#text":1},"Version":5,"Level":4,"Task":1,"Opcode":0,"Keywords":\
    "0x8000000000000000","TimeCreated":{"#attributes":{"SystemTime":"2026-11-24T12:00:00.1234567Z"}},\
    "EventRecordID":77,"Correlation":null,"Execution":{"#attributes":{"ProcessID":2200,"ThreadID":3300}},\
    "Channel":"Microsoft-Windows-Sysmon/Operational","Computer":"WS1.example","Security":{"#attributes":\
    {"UserID":"S-1-5-18"}}},"EventData":{"RuleName":"","Image":"C:\\\\Windows\\\\System32\\\\cmd.exe","ProcessId":4242}}}
    """

  static let binding = "Binding EventFilter: \\ninstance of __EventFilter\\n{\\n\\tName = \\\"f1\\\";\\n};\\n"

  static let winlogbeat = """
    {"@timestamp":"2026-11-24T12:00:00.123Z","event":{"code":"5861","provider":"Microsoft-Windows-WMI-Activity"},\
    "log":{"level":"information"},"message":"m","winlog":{"channel":"Microsoft-Windows-WMI-Activity/Operational",\
    "event_id":"5861","record_id":568,"computer_name":"WS1","opcode":"Info","provider_name":\
    "Microsoft-Windows-WMI-Activity","provider_guid":"{1418ef04-b0b4-4623-bf7e-d74ab47bbdaa}","process":{"pid":1924,\
    "thread":{"id":44}},"user":{"identifier":"S-1-5-18","name":"SYSTEM"},"user_data":{"PossibleCause":"\(binding)",\
    "xml_name":"Operation_ESStoConsumerBinding","Namespace":"//./root/subscription","ESS":"f1",\
    "CONSUMER":"CommandLineEventConsumer=\\"c1\\""}}}
    """

  static let nxlogBinding = """
    {"EventTime":"2026-11-24 07:00:00","EventReceivedTime":"2026-11-24 07:00:02","@timestamp":"2026-11-24T12:00:02.5Z",\
    "Hostname":"WS1.example","SourceName":"Microsoft-Windows-WMI-Activity","EventID":5861,"Channel":\
    "Microsoft-Windows-WMI-Activity/Operational","RecordNumber":568,"Keywords":4611686018427387904,"Message":\
    "Namespace = //./root/subscription; Eventfilter = f1 (refer to its activate eventid:5859); Consumer = \
    CommandLineEventConsumer=\\"c1\\"; PossibleCause = \(binding)","SourceModuleType":"im_msvistalog"}
    """

  static let nxlogProcess = """
    {"EventTime":"2026-11-24 07:00:00","Hostname":"WS1","Keywords":-9214364837600034816,"EventType":"AUDIT_SUCCESS",\
    "SeverityValue":2,"Severity":"INFO","EventID":4688,"SourceName":"Microsoft-Windows-Security-Auditing","Task":13312,\
    "RecordNumber":9,"ProcessID":4,"ThreadID":88,"Channel":"security","Category":"Process Creation","NewProcessId":"0x11cc",\
    "ProcessId":"0x122c","CommandLine":"cmd /c echo a&gt;b &amp; c","SourceModuleName":"eventlog"}
    """
}
