import Sigma
import WindowsFormats

@testable import Detection

/// Rules that have something in every table of a rule set.
enum SampleRules {
  typealias File = (path: String, text: [UInt8])

  static let files: [File] = [
    file("process.yml", process), file("logon.yml", logon), file("text.yml", text), file("burst.yml", burst),
    file("linux.yml", linux), file("wrong.yml", wrong),
  ]

  static func file(_ path: String, _ text: String) -> File { (path, Array(text.utf8)) }

  private static func head(_ number: Int, _ title: String, level: String = "high") -> String {
    """
    title: \(title)
    id: 7c0e4a52-0000-4000-8000-00000000000\(number)
    status: test
    description: Écrit pour un test, 櫓
    author: Yagura
    date: 2026-11-25
    references: [https://example.test/\(number)]
    tags: [attack.execution, attack.t1047]
    falsepositives: [none]
    level: \(level)
    yagura:
        title: {ja: 例 \(number)}
        behaviours: [wmi-exec-process]

    """
  }

  /// Sysmon's event and its twin, so fields that are made from others.
  private static let process =
    head(1, "Process") + """
      logsource: {category: process_creation, product: windows}
      detection:
          image:
              Image|endswith: ['\\wmic.exe', '\\a.exe']
              OriginalFileName: wmic.exe
          line:
              CommandLine|contains|all: [process, call, ' /']
              CommandLine: '*create*calc?exe'
              CommandLine|cased: '*Create*'
          user: {User|contains: SYSTEM}
          parent: {ParentImage|startswith: 'C:\\T'}
          condition: image and 1 of line* and not parent or user
      fields: [CommandLine, User]
      """

  private static let logon =
    head(2, "Logon", level: "medium") + """
      name: logon
      logsource: {service: security, product: windows}
      detection:
          event: {EventID: 4624, LogonType|gte: 3}
          address: {IpAddress|cidr: [10.0.0.0/8, 'fe80::/10']}
          same: {TargetUserName|fieldref: SubjectUserName}
          there: {WorkstationName|exists: true}
          nothing: {LmPackageName: null}
          empty: {ProcessName: ''}
          condition: event and address and (not same or there) and not empty or nothing and address
      """

  private static let text =
    head(3, "Text", level: "low") + """
      logsource: {service: powershell, product: windows}
      detection:
          pattern: {ScriptBlockText|re: '(?i)gwmi\\s+win32_\\w+'}
          time: {Stamp|hour|lt: 6}
          words: ['Invoke-WmiMethod', 'x']
          condition: pattern or words or time
      """

  private static let burst = """
    title: Burst
    id: 7c0e4a52-0000-4000-8000-000000000009
    description: Many logons
    level: critical
    correlation:
        type: event_count
        rules: [logon]
        group-by: [IpAddress]
        timespan: 5m
        condition: {gte: 2}
        generate: true
    """

  private static let linux =
    head(4, "Linux") + """
      logsource: {product: linux, category: process_creation}
      detection: {image: {Image: /bin/sh}, condition: image}
      """

  private static let wrong =
    head(5, "Wrong") + """
      logsource: {product: windows, category: process_creation}
      detection: {image: {Image|unheard: x}, condition: image}
      """

  // MARK: Events

  static let events: [EventRecord] = [
    event(
      1, "Microsoft-Windows-Sysmon/Operational", "Microsoft-Windows-Sysmon", 1,
      [
        ("Image", "C:\\Windows\\System32\\wbem\\WMIC.exe"), ("OriginalFileName", "wmic.exe"),
        ("CommandLine", "wmic /node:x process call Create calc.exe"), ("User", "CORP\\anna"),
      ]),
    event(
      2, "Security", "Microsoft-Windows-Security-Auditing", 4688,
      [
        ("NewProcessName", "C:\\a.exe"), ("CommandLine", "a.exe process call / create calc.exe"),
        ("SubjectUserName", "anna"), ("SubjectDomainName", "CORP"), ("SubjectUserSid", "S-1-5-18"),
      ]),
    event(
      3, "Security", "Microsoft-Windows-Security-Auditing", 4624,
      [
        ("LogonType", "3"), ("IpAddress", "10.1.2.3"), ("TargetUserName", "anna"), ("SubjectUserName", "-"),
        ("WorkstationName", "WKS1"), ("ProcessName", "-"),
      ]),
    event(
      4, "Microsoft-Windows-PowerShell/Operational", "Microsoft-Windows-PowerShell", 4104,
      [
        ("ScriptBlockText", "gwmi win32_process; Invoke-WmiMethod"), ("Stamp", "2026-11-25T03:00:00Z"),
      ]),
    event(
      5, "Microsoft-Windows-PowerShell/Operational", "Microsoft-Windows-PowerShell", 4104,
      [
        ("ScriptBlockText", "x")
      ]),
    event(6, "Application", "Yagura-Test", 1, [("Text", "nothing")]),
  ]

  private static func event(
    _ number: UInt64, _ channel: String, _ provider: String, _ id: UInt32, _ data: [(String, String)]
  ) -> EventRecord {
    var record = EventRecord(recordID: .number(number))
    record.time = "2026-11-25T03:00:0\(number)Z"
    record.host = "WKS1"
    record.channel = channel
    record.provider = provider
    record.eventID = id
    record.data = data.map { EventField($0.0, .string($0.1)) }
    return record
  }
}
