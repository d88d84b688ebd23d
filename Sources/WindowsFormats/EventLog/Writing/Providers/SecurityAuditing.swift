extension EventLogWriter {
  /// Microsoft-Windows-Security-Auditing, channel Security, as Windows 10 and Server 2016 to 2022 write it.
  ///
  /// The keywords say success; a failed attempt has 0x8010000000000000. The task of 4656, 4657, 4662 and 4663 depends
  /// on the object: 12800 file system, 12801 registry, 12802 kernel object, 12804 other (WMI namespaces),
  /// 14080 directory service.
  public enum SecurityAuditing {
    /// 4624: an account logged on.
    public static let logon = table.event(
      4624, version: 2, task: 12544,
      subject + [
        .sid("TargetUserSid"), "TargetUserName", "TargetDomainName", .hexInt64("TargetLogonId"), .uint32("LogonType"),
        "LogonProcessName", "AuthenticationPackageName", "WorkstationName", .guid("LogonGuid"), "TransmittedServices",
        "LmPackageName", .uint32("KeyLength"), .pointer("ProcessId"), "ProcessName", "IpAddress", "IpPort",
        "ImpersonationLevel", "RestrictedAdminMode", "TargetOutboundUserName", "TargetOutboundDomainName",
        "VirtualAccount", .hexInt64("TargetLinkedLogonId"), "ElevatedToken",
      ])
    /// 4648: a logon with explicit credentials was attempted.
    public static let explicitCredentials = table.event(
      4648, task: 12544,
      subject + [
        .guid("LogonGuid"), "TargetUserName", "TargetDomainName", .guid("TargetLogonGuid"), "TargetServerName",
        "TargetInfo", .pointer("ProcessId"), "ProcessName", "IpAddress", "IpPort",
      ])
    /// 4656: a handle to an object was requested.
    public static let handleRequested = table.event(
      4656, version: 1, task: 12800,
      subject + [
        "ObjectServer", "ObjectType", "ObjectName", .pointer("HandleId"), .guid("TransactionId"), "AccessList",
        "AccessReason", .hexInt32("AccessMask"), "PrivilegeList", .uint32("RestrictedSidCount"), .pointer("ProcessId"),
        "ProcessName", "ResourceAttributes",
      ])
    /// 4657: a registry value was modified.
    public static let registryValueModified = table.event(
      4657, task: 12801,
      subject + [
        "ObjectName", "ObjectValueName", .pointer("HandleId"), "OperationType", "OldValueType", "OldValue",
        "NewValueType", "NewValue", .pointer("ProcessId"), "ProcessName",
      ])
    /// 4662: an operation on an object, here a WMI namespace.
    public static let objectOperation = table.event(
      4662, task: 12804,
      subject + [
        "ObjectServer", "ObjectType", "ObjectName", "OperationType", .pointer("HandleId"), "AccessList",
        .hexInt32("AccessMask"), "Properties", "AdditionalInfo", "AdditionalInfo2",
      ])
    /// 4663: an object was accessed.
    public static let objectAccess = table.event(
      4663, version: 1, task: 12800,
      subject + [
        "ObjectServer", "ObjectType", "ObjectName", .pointer("HandleId"), "AccessList", .hexInt32("AccessMask"),
        .pointer("ProcessId"), "ProcessName", "ResourceAttributes",
      ])
    /// 4672: a logon got special privileges.
    public static let specialPrivileges = table.event(4672, task: 12548, subject + ["PrivilegeList"])
    /// 4688: a process was created.
    public static let processCreated = table.event(
      4688, version: 2, task: 13312,
      subject + [
        .pointer("NewProcessId"), "NewProcessName", "TokenElevationType", .pointer("ProcessId"), "CommandLine",
        .sid("TargetUserSid"), "TargetUserName", "TargetDomainName", .hexInt64("TargetLogonId"), "ParentProcessName",
        .sid("MandatoryLabel"),
      ])
    /// 4697: a service was installed.
    public static let serviceInstalled = table.event(
      4697, task: 12289,
      subject + [
        "ServiceName", "ServiceFileName", .hexInt32("ServiceType"), .uint32("ServiceStartType"), "ServiceAccount",
      ])
    /// 4719: the audit policy changed.
    public static let auditPolicyChanged = table.event(
      4719, task: 13568,
      subject + ["CategoryId", "SubcategoryId", .guid("SubcategoryGuid"), "AuditPolicyChanges"])
    /// 5145: access to a file of a share was checked.
    public static let shareAccessChecked = table.event(
      5145, task: 12811,
      subject + [
        "ObjectType", "IpAddress", "IpPort", "ShareName", "ShareLocalPath", "RelativeTargetName",
        .hexInt32("AccessMask"), "AccessList", "AccessReason",
      ])
    /// 5156: the filtering platform allowed a connection.
    public static let connectionAllowed = table.event(
      5156, version: 1, task: 12810,
      [
        .uint64("ProcessID"), "Application", "Direction", "SourceAddress", "SourcePort", "DestAddress", "DestPort",
        .uint32("Protocol"), .uint64("FilterRTID"), "LayerName", .uint64("LayerRTID"), .sid("RemoteUserID"),
        .sid("RemoteMachineID"),
      ])

    public static let all = [
      logon, explicitCredentials, handleRequested, registryValueModified, objectOperation, objectAccess,
      specialPrivileges, processCreated, serviceInstalled, auditPolicyChanged, shareAccessChecked, connectionAllowed,
    ]

    private static let subject: [FieldDefinition] = [
      .sid("SubjectUserSid"), "SubjectUserName", "SubjectDomainName", .hexInt64("SubjectLogonId"),
    ]

    private static let table = ProviderTable(
      provider: Provider(
        "Microsoft-Windows-Security-Auditing", guid: GUID(0x5484_9625, 0x5478, 0x4994, 0xA5BA_3E3B_0328_C30D)),
      channel: "Security", level: 0, keywords: 0x8020_0000_0000_0000, terminatesStrings: true, absentText: "-")
  }
}
