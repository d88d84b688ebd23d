import Sigma
import Testing

@testable import Detection

/// Rules for Sysmon, asked of the events of the Security log that say the same.
@Suite struct SecurityTwinTests {
  private let processCreated = EventSample([
    "SubjectUserSid": "S-1-5-18", "SubjectUserName": "HOST1$", "SubjectDomainName": "CORP", "SubjectLogonId": "0x3E7",
    "NewProcessId": "0x1a2c", "NewProcessName": "C:\\Windows\\System32\\wbem\\WMIC.exe",
    "TokenElevationType": "%%1936", "ProcessId": "0x2f0", "CommandLine": "wmic os get", "TargetUserSid": "S-1-0-0",
    "TargetUserName": "-", "TargetDomainName": "-", "TargetLogonId": "0x0",
    "ParentProcessName": "C:\\Windows\\System32\\cmd.exe", "MandatoryLabel": "S-1-16-16384",
  ])

  private func fires(_ category: String, _ expression: Expression, on event: EventSample) -> Bool {
    SigmaRule(category: category, expression).twin.map { event.satisfies($0.expression) } ?? false
  }

  @Test(arguments: [
    (Expression.ends("Image", "\\wmic.exe"), true), (.ends("Image", "\\cmd.exe"), false),
    (.ends("ParentImage", "\\cmd.exe"), true), (.contains("CommandLine", "OS"), true),
    (.has("ProcessId", "6700"), true), (.has("ProcessId", "752"), false), (.has("ParentProcessId", "752"), true),
    (.has("LogonId", "0x3e7"), true), (.contains("User", "AUTHORI"), true), (.ends("User", "\\SYSTEM"), true),
    (.contains("User", "HOST1"), false), (.has("IntegrityLevel", "System"), true),
    (.has("IntegrityLevel", "High"), false), (.has("IntegrityLevel", "S-1-16-16384"), true),
    (.field("ProcessId", .number(.greater, 6000)), true), (.field("User", .null), false),
    (.field("Image", .exists), true),
  ])
  func processCreationIsAskedOf4688(_ expression: Expression, _ expected: Bool) {
    #expect(fires("process_creation", expression, on: processCreated) == expected)
  }

  @Test func theTargetIsTheUserWhereItIsNotTheCreator() {
    var event = processCreated
    event.fields["TargetUserSid"] = "S-1-5-21-1-2-3-1001"
    event.fields["TargetUserName"] = "mori"
    event.fields["TargetDomainName"] = "CORP"
    event.fields["TargetLogonId"] = "0xABC"
    #expect(event["yagura.User4688"] == "CORP\\mori")
    #expect(event["yagura.LogonId4688"] == "0xabc")
  }

  private let registryValue = EventSample([
    "SubjectUserSid": "S-1-5-21-1-2-3-1001", "SubjectUserName": "mori", "SubjectDomainName": "CORP",
    "ObjectName": "\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet001\\Services\\Agent", "ObjectValueName": "Start",
    "OperationType": "%%1905", "OldValueType": "%%1876", "OldValue": "2", "NewValueType": "%%1876", "NewValue": "4",
    "ProcessId": "0xf28", "ProcessName": "C:\\Windows\\System32\\reg.exe",
  ])

  @Test(arguments: [
    (Expression.has("TargetObject", "HKLM\\System\\CurrentControlSet\\Services\\Agent\\Start"), true),
    (.has("Details", "DWORD (0x00000004)"), true), (.has("Details", "4"), false), (.ends("Image", "\\reg.exe"), true),
    (.has("EventType", "SetValue"), true), (.has("EventType", "DeleteValue"), false), (.has("EventID", "13"), true),
    (.has("EventID", "12"), false), (.has("User", "CORP\\mori"), true), (.has("ProcessId", "3880"), true),
  ])
  func registrySetIsAskedOf4657(_ expression: Expression, _ expected: Bool) {
    #expect(fires("registry_set", expression, on: registryValue) == expected)
    #expect(fires("registry_event", expression, on: registryValue) == expected)
  }

  @Test func theOperationDecidesTheCategory() {
    let target = Expression.ends("TargetObject", "\\Start")
    let expected = [
      "%%1904": ["registry_add", "registry_event", "registry_set"], "%%1905": ["registry_event", "registry_set"],
      "%%1906": ["registry_delete", "registry_event"],
      "New registry value created.": ["registry_add", "registry_event", "registry_set"],
      "%%9999": ["registry_event"],
    ]
    for (operation, categories) in expected {
      var event = registryValue
      event.fields["OperationType"] = operation
      for category in ["registry_add", "registry_delete", "registry_event", "registry_set"] {
        #expect(fires(category, target, on: event) == categories.contains(category), "\(operation) \(category)")
      }
    }
  }

  @Test func keysAreNeverToldOf() {
    for type in ["CreateKey", "DeleteKey", "RenameKey"] {
      let expression = Expression.all([.has("EventType", type), .ends("TargetObject", "x")])
      #expect(SigmaRule(category: "registry_event", expression).twin == nil)
    }
    #expect(SigmaRule(category: "registry_event", .ends("NewName", "x")).twin == nil)
    #expect(SigmaRule(category: "registry_event", .has("EventID", "14")).twin == nil)
  }

  private let connection = EventSample([
    "ProcessID": "4312", "Application": "\\device\\harddiskvolume2\\windows\\system32\\wbem\\wmic.exe",
    "Direction": "%%14593", "SourceAddress": "10.0.0.5", "SourcePort": "50123", "DestAddress": "fe80::1",
    "DestPort": "135", "Protocol": "6",
  ])

  @Test(arguments: [
    (Expression.ends("Image", "\\wmic.exe"), true),
    (.field("Image", .text(TextPattern([.literal("C:\\Windows\\"), .anyRun]))), true),
    (.has("Initiated", "true"), true), (.has("Initiated", "false"), false), (.has("Protocol", "tcp"), true),
    (.has("Protocol", "udp"), false), (.has("DestinationPort", "135"), true), (.has("SourcePort", "50123"), true),
    (.has("SourceIp", "10.0.0.5"), true), (.has("DestinationIp", "fe80::1"), true),
    (.has("DestinationIsIpv6", "true"), true), (.has("SourceIsIpv6", "true"), false), (.has("ProcessId", "4312"), true),
    (.ends("DestinationHostname", ".example"), false), (.contains("User", "AUTHORI"), false),
  ])
  func networkConnectionIsAskedOf5156(_ expression: Expression, _ expected: Bool) {
    #expect(fires("network_connection", expression, on: connection) == expected)
  }

  @Test func antivirusIsAskedOfDefender() throws {
    let rule = SigmaRule(
      category: "antivirus", product: nil,
      .all([
        .contains("Signature", "HackTool"), .field("Filename", .text(TextPattern([.literal("C:\\Temp\\"), .anyRun]))),
      ]))
    let source = try #require(rule.sources).sources[0]
    #expect(!source.isTwin && source.label == "windefend")
    let event = EventSample(["Threat Name": "HackTool:JS/X", "Path": "file:_C:\\Temp\\b.js"])
    #expect(event.satisfies(source.expression))
    #expect(!EventSample(["Threat Name": "HackTool:JS/X", "Path": "file:_D:\\b.js"]).satisfies(source.expression))
  }
}
