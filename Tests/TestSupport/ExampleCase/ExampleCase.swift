import WindowsFormats

typealias Definition = EventLogWriter.EventDefinition

/// The logs of `Examples/case`: three days of one workstation, with an intrusion through WMI in the second night.
///
/// Everything in it is invented: hosts of `corp.example`, addresses of RFC 5737, accounts and hashes made up here. The
/// same code gives the same bytes, so a test can tell whether the files in the repository are what it writes.
///
/// | UTC                 | What happens on WKS07                                                          |
/// |---------------------|--------------------------------------------------------------------------------|
/// | 5 to 7 October 2026 | office work, an inventory agent that asks WMI, a nightly backup over the network |
/// | 6 October 17:41:58  | logon over the network as `svc-backup` from 192.0.2.33, a workstation           |
/// | 17:42 to 17:46      | commands through `Win32_Process.Create`: children of WmiPrvSE.exe              |
/// | 17:47:31            | permanent subscription `TelemetryRefresh`: filter, consumer, binding           |
/// | 17:52:10            | service `TelemetryHelper`                                                      |
/// | 17:58:12            | the Security log is cleared; the part archived before stays                    |
/// | 7 October 00:07:40  | after the reboot the subscription runs its command as SYSTEM                   |
public struct ExampleCase {
  /// Windows file names and what is in them.
  public static func files() throws -> [(name: String, bytes: [UInt8])] {
    var logs = ExampleLogs(computer: "WKS07.corp.example")
    for day in 5...7 { try logs.addOfficeDay(day) }
    try logs.addIntrusion()
    return try logs.files()
  }
}

/// Events of one host, gathered by channel.
struct ExampleLogs {
  let computer: String
  private var events: [EventLogWriter.Event] = []
  private var nextProcessID: UInt32 = 4120

  init(computer: String) { self.computer = computer }

  mutating func add(
    _ definition: Definition, _ time: ExampleTime, processID: UInt32 = 4, userSID: EventLogWriter.SID? = nil,
    _ values: KeyValuePairs<String, Value>
  ) throws {
    var event = try definition.event(
      time: time.fileTime, computer: computer, processID: processID, userSID: userSID, values)
    event.threadID = 8 + UInt32(event.time / 10_007 % 900) * 4
    events.append(event)
  }

  /// Process identifiers are multiples of four on Windows.
  mutating func takeProcessID() -> UInt32 {
    nextProcessID = 2000 + (nextProcessID * 5 + 1236) % 9000 / 4 * 4
    return nextProcessID
  }

  // MARK: Files

  /// One file a channel. Security has two: the one in use begins with the clearing, and one that Windows had archived.
  func files() throws -> [(name: String, bytes: [UInt8])] {
    let ordered = events.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      .map(\.element)
    let security = ordered.filter { $0.channel == "Security" }
    let cleared = security.firstIndex { $0.eventID == 1102 } ?? 0
    let archived = security[..<cleared].prefix { $0.time < ExampleTime.archiving.fileTime }
    return [
      try file("Archive-Security-2026-10-06-17-55-03-418", archived, firstRecordID: 184_201),
      try file("Security", security[cleared...], firstRecordID: 184_201 + UInt64(cleared)),
      try file("System", ordered.filter { $0.channel == "System" }, firstRecordID: 9_377),
      try file("Windows PowerShell", ordered.filter { $0.channel == "Windows PowerShell" }, firstRecordID: 2_051),
      try file(ofChannel: "Microsoft-Windows-PowerShell/Operational", ordered, firstRecordID: 618),
      try file(ofChannel: "Microsoft-Windows-Sysmon/Operational", ordered, firstRecordID: 530_112),
      try file(ofChannel: "Microsoft-Windows-WMI-Activity/Operational", ordered, firstRecordID: 4_790),
    ]
  }

  private func file(
    ofChannel channel: String, _ events: [EventLogWriter.Event], firstRecordID: UInt64
  ) throws -> (name: String, bytes: [UInt8]) {
    let parts = channel.split(separator: "/")
    return try file(
      parts.joined(separator: "%4"), events.filter { $0.channel == channel }, firstRecordID: firstRecordID)
  }

  private func file(
    _ name: String, _ events: some Sequence<EventLogWriter.Event>, firstRecordID: UInt64
  ) throws -> (name: String, bytes: [UInt8]) {
    let options = EventLogWriter.Options(minorVersion: 2, firstRecordID: firstRecordID)
    return (name + ".evtx", try EventLogWriter.log(of: events, options: options))
  }
}
