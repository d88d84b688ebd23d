extension EventLogWriter {
  /// Microsoft-Windows-Sysmon, with the fields of version 13.30 and later (`User` where that version added it).
  public enum Sysmon {
    /// 1: a process was created.
    public static let processCreate = table.event(
      1, version: 5, task: 1,
      [
        "RuleName", "UtcTime", .guid("ProcessGuid"), .uint32("ProcessId"), "Image", "FileVersion", "Description",
        "Product", "Company", "OriginalFileName", "CommandLine", "CurrentDirectory", "User", .guid("LogonGuid"),
        .hexInt64("LogonId"), .uint32("TerminalSessionId"), "IntegrityLevel", "Hashes", .guid("ParentProcessGuid"),
        .uint32("ParentProcessId"), "ParentImage", "ParentCommandLine", "ParentUser",
      ])
    /// 3: a TCP or UDP connection.
    public static let networkConnect = table.event(
      3, version: 5, task: 3,
      [
        "RuleName", "UtcTime", .guid("ProcessGuid"), .uint32("ProcessId"), "Image", "User", "Protocol",
        .bool("Initiated"), .bool("SourceIsIpv6"), "SourceIp", "SourceHostname", .uint16("SourcePort"),
        "SourcePortName", .bool("DestinationIsIpv6"), "DestinationIp", "DestinationHostname",
        .uint16("DestinationPort"), "DestinationPortName",
      ])
    /// 7: a module was loaded.
    public static let imageLoad = table.event(
      7, version: 3, task: 7,
      [
        "RuleName", "UtcTime", .guid("ProcessGuid"), .uint32("ProcessId"), "Image", "ImageLoaded", "FileVersion",
        "Description", "Product", "Company", "OriginalFileName", "Hashes", "Signed", "Signature", "SignatureStatus",
        "User",
      ])
    /// 10: a process opened another.
    public static let processAccess = table.event(
      10, version: 3, task: 10,
      [
        "RuleName", "UtcTime", .guid("SourceProcessGUID"), .uint32("SourceProcessId"), .uint32("SourceThreadId"),
        "SourceImage", .guid("TargetProcessGUID"), .uint32("TargetProcessId"), "TargetImage",
        .hexInt32("GrantedAccess"), "CallTrace", "SourceUser", "TargetUser",
      ])
    /// 11: a file was created or overwritten.
    public static let fileCreate = table.event(
      11, version: 2, task: 11, process + ["Image", "TargetFilename", "CreationUtcTime", "User"])
    /// 12: a registry key or value was created or deleted.
    public static let registryObject = table.event(
      12, version: 2, task: 12, action + ["Image", "TargetObject", "User"])
    /// 13: a registry value was set.
    public static let registryValueSet = table.event(
      13, version: 2, task: 13, action + ["Image", "TargetObject", "Details", "User"])
    /// 17: a named pipe was created.
    public static let pipeCreated = table.event(17, version: 1, task: 17, action + ["PipeName", "Image"])
    /// 18: a named pipe was connected to.
    public static let pipeConnected = table.event(18, version: 1, task: 18, action + ["PipeName", "Image"])
    /// 19: an event filter of WMI was created, changed or deleted.
    public static let wmiFilter = table.event(19, version: 3, task: 19, wmi + ["EventNamespace", "Name", "Query"])
    /// 20: an event consumer of WMI.
    public static let wmiConsumer = table.event(20, version: 3, task: 20, wmi + ["Name", "Type", "Destination"])
    /// 21: a binding of a filter to a consumer.
    public static let wmiBinding = table.event(21, version: 3, task: 21, wmi + ["Consumer", "Filter"])
    /// 22: a DNS query.
    public static let dnsQuery = table.event(
      22, version: 5, task: 22, process + ["QueryName", "QueryStatus", "QueryResults", "Image", "User"])

    public static let all = [
      processCreate, networkConnect, imageLoad, processAccess, fileCreate, registryObject, registryValueSet,
      pipeCreated, pipeConnected, wmiFilter, wmiConsumer, wmiBinding, dnsQuery,
    ]

    private static let process: [FieldDefinition] = [
      "RuleName", "UtcTime", .guid("ProcessGuid"), .uint32("ProcessId"),
    ]
    private static let action: [FieldDefinition] = [
      "RuleName", "EventType", "UtcTime", .guid("ProcessGuid"), .uint32("ProcessId"),
    ]
    private static let wmi: [FieldDefinition] = ["RuleName", "EventType", "UtcTime", "Operation", "User"]

    private static let table = ProviderTable(
      provider: Provider("Microsoft-Windows-Sysmon", guid: GUID(0x5770_385F, 0xC22A, 0x43E0, 0xBF4C_06F5_698F_FBD9)),
      channel: "Microsoft-Windows-Sysmon/Operational", keywords: 0x8000_0000_0000_0000, userSID: .localSystem,
      absentText: "-")
  }
}
