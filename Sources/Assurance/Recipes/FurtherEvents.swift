import WindowsFormats

typealias EventDefinition = EventLogWriter.EventDefinition

/// Events that cases need beyond those of `EventLogWriter`: what surrounds an attack on an ordinary host.
enum FurtherEvents {
  static let all = [
    logoff, userLogoff, processEnded, ticketGranted, serviceTicket, credentialsValidated, taskCreated, shareAccessed,
    workstationLocked, workstationUnlocked, groupsOfUserRead, groupRead, credentialsRead, processTerminated, rawAccess,
    sysmonState, startTypeChanged, taskRegistered,
    taskStarted, taskCompleted, logServiceStarted, logServiceStopped, uptime, updateInstalled, policyProcessed,
  ]

  // MARK: Security

  static let logoff = security(4634, task: 12545, target + [.init("LogonType", .uint32)])
  static let userLogoff = security(4647, task: 12545, target)
  static let processEnded = security(
    4689, task: 13313,
    subject + [.init("Status", .hexInt32), .init("ProcessId", .sizeT), "ProcessName"])
  static let ticketGranted = security(
    4768, task: 14339,
    [
      "TargetUserName", "TargetDomainName", .init("TargetSid", .sid), "ServiceName", .init("ServiceSid", .sid),
      .init("TicketOptions", .hexInt32), .init("Status", .hexInt32), .init("TicketEncryptionType", .hexInt32),
      "PreAuthType", "IpAddress", "IpPort", "CertIssuerName", "CertSerialNumber", "CertThumbprint",
    ])
  static let serviceTicket = security(
    4769, task: 14337,
    [
      "TargetUserName", "TargetDomainName", "ServiceName", .init("ServiceSid", .sid), .init("TicketOptions", .hexInt32),
      .init("TicketEncryptionType", .hexInt32), "IpAddress", "IpPort", .init("Status", .hexInt32),
      .init("LogonGuid", .guid), "TransmittedServices",
    ])
  static let credentialsValidated = security(
    4776, task: 14336, ["PackageName", "TargetUserName", "Workstation", .init("Status", .hexInt32)])
  static let taskCreated = security(
    4698, version: 1, task: 12804,
    subject + [
      "TaskName", "TaskContent", .init("ClientProcessStartKey", .uint64), .init("ClientProcessId", .uint32),
      .init("ParentProcessId", .uint32), "RpcCallClientLocality", "FQDN",
    ])
  static let shareAccessed = security(
    5140, version: 1, task: 12808,
    subject + [
      "ObjectType", "IpAddress", "IpPort", "ShareName", "ShareLocalPath", .init("AccessMask", .hexInt32), "AccessList",
    ])
  static let workstationLocked = security(4800, task: 12551, target + [.init("SessionId", .uint32)])
  static let workstationUnlocked = security(4801, task: 12551, target + [.init("SessionId", .uint32)])
  static let groupsOfUserRead = security(4798, task: 13824, member + subject + caller)
  static let groupRead = security(4799, task: 13826, member + subject + caller)
  static let credentialsRead = security(
    5379, task: 13824,
    subject + [
      "TargetName", .init("Type", .uint32), .init("CountOfCredentialsReturned", .uint32), "ReadOperation",
      .init("ReturnCode", .uint32), .init("ProcessCreationTime", .fileTime), .init("ClientProcessId", .uint32),
    ])

  private static let member: [EventLogWriter.FieldDefinition] = [
    "TargetUserName", "TargetDomainName", .init("TargetSid", .sid),
  ]
  private static let caller: [EventLogWriter.FieldDefinition] = [.init("CallerProcessId", .sizeT), "CallerProcessName"]
  private static let subject: [EventLogWriter.FieldDefinition] = [
    .init("SubjectUserSid", .sid), "SubjectUserName", "SubjectDomainName", .init("SubjectLogonId", .hexInt64),
  ]
  private static let target: [EventLogWriter.FieldDefinition] = [
    .init("TargetUserSid", .sid), "TargetUserName", "TargetDomainName", .init("TargetLogonId", .hexInt64),
  ]

  private static func security(
    _ eventID: UInt16, version: UInt8 = 0, task: UInt16, _ fields: [EventLogWriter.FieldDefinition]
  ) -> EventDefinition {
    EventLogWriter.SecurityAuditing.logon.with(eventID, version: version, task: task, fields)
  }

  // MARK: Sysmon

  static let processTerminated = sysmon(
    5, version: 3, ["RuleName", "UtcTime", .init("ProcessGuid", .guid), .init("ProcessId", .uint32), "Image", "User"])
  static let rawAccess = sysmon(
    9, version: 2,
    ["RuleName", "UtcTime", .init("ProcessGuid", .guid), .init("ProcessId", .uint32), "Image", "Device", "User"])
  static let sysmonState = sysmon(4, version: 3, ["UtcTime", "State", "Version", "SchemaVersion"])

  private static func sysmon(
    _ eventID: UInt16, version: UInt8, _ fields: [EventLogWriter.FieldDefinition]
  ) -> EventDefinition {
    EventLogWriter.Sysmon.processCreate.with(eventID, version: version, task: eventID, fields)
  }

  // MARK: System

  static let startTypeChanged = EventLogWriter.ServiceControlManager.serviceInstalled.with(
    7040, ["param1", "param2", "param3", "param4"])
  static let logServiceStarted = classic(6005, [])
  static let logServiceStopped = classic(6006, [])
  static let uptime = classic(6013, ["1", "2", "3", "4", "5", "6", "7"])
  static let updateInstalled = system(
    19, task: 1, opcode: 13, keywords: 0x8000_0000_0000_0018,
    .init(
      "Microsoft-Windows-WindowsUpdateClient", guid: .init(0x945A_8954, 0xC147, 0x4ACD, 0x923F_40C4_5405_A658)),
    ["updateTitle", .init("updateGuid", .guid), .init("updateRevisionNumber", .uint32), .init("serviceGuid", .guid)])
  static let policyProcessed = system(
    1500, opcode: 1, keywords: 0x8000_0000_0000_0000,
    .init("Microsoft-Windows-GroupPolicy", guid: .init(0xAEA1_B4FA, 0x97D1, 0x45F2, 0xA64C_4D69_FFFD_92C9)),
    [
      .init("SupportInfo1", .uint32), .init("SupportInfo2", .uint32), .init("ProcessingMode", .uint32),
      .init("ProcessingTimeInMilliseconds", .uint32), "DCName",
    ])

  private static func classic(_ eventID: UInt16, _ texts: [EventLogWriter.FieldDefinition]) -> EventDefinition {
    var definition = EventLogWriter.PowerShell.engineStarted.with(eventID, texts)
    definition.provider = .init("EventLog")
    definition.channel = "System"
    definition.qualifiers = 32768
    return definition
  }

  private static func system(
    _ eventID: UInt16, task: UInt16 = 0, opcode: UInt8, keywords: UInt64, _ provider: EventLogWriter.Provider,
    _ fields: [EventLogWriter.FieldDefinition]
  ) -> EventDefinition {
    var definition = EventLogWriter.Sysmon.processCreate.with(eventID, task: task, fields)
    definition.provider = provider
    definition.channel = "System"
    definition.opcode = opcode
    definition.keywords = keywords
    definition.absentText = ""
    return definition
  }

  // MARK: Task Scheduler

  static let taskRegistered = scheduler(106, task: 106, ["TaskName", "UserContext"])
  static let taskStarted = scheduler(
    200, task: 200, opcode: 1, ["TaskName", "ActionName", .init("TaskInstanceId", .guid), .init("EnginePID", .uint32)])
  static let taskCompleted = scheduler(
    201, task: 201, opcode: 2,
    [
      "TaskName", .init("TaskInstanceId", .guid), "ActionName", .init("ResultCode", .uint32),
      .init("EnginePID", .uint32),
    ])

  private static func scheduler(
    _ eventID: UInt16, task: UInt16, opcode: UInt8 = 0, _ fields: [EventLogWriter.FieldDefinition]
  ) -> EventDefinition {
    var definition = EventLogWriter.Sysmon.processCreate.with(eventID, task: task, fields)
    definition.provider = .init(
      "Microsoft-Windows-TaskScheduler", guid: .init(0xDE7B_24EA, 0x73C8, 0x4A09, 0x985D_5BDA_DCFA_9017))
    definition.channel = "Microsoft-Windows-TaskScheduler/Operational"
    definition.opcode = opcode
    definition.absentText = ""
    return definition
  }
}

extension EventDefinition {
  /// Another event of the same provider.
  fileprivate func with(
    _ eventID: UInt16, version: UInt8 = 0, task: UInt16 = 0, _ fields: [EventLogWriter.FieldDefinition]
  ) -> EventDefinition {
    var copy = self
    copy.eventID = eventID
    copy.version = version
    copy.task = task
    copy.fields = fields
    return copy
  }
}
