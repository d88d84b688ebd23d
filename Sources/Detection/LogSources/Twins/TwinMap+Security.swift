import Sigma

extension TwinMap {
  /// Security 4688, a process was created, as Sysmon 1.
  static let processCreated = TwinMap(
    eventID: 4688,
    aspects: [
      Aspect(
        sysmonEventIDs: [1],
        fields: [
          "CommandLine": .renamed("CommandLine"),
          "Image": .renamed("NewProcessName"),
          "IntegrityLevel": .derivedUnlessPrefixed(.integrityLevel, own: "MandatoryLabel", prefix: "S-1-"),
          "LogonId": .derived(.processLogonID),
          "ParentImage": .renamed("ParentProcessName"),
          // ProcessId of 4688 is the creator's.
          "ParentProcessId": .derived(.parentProcessID),
          "ProcessId": .derived(.processID),
          "User": .derived(.processUser),
        ])
    ],
    ownFields: [
      "MandatoryLabel", "NewProcessId", "NewProcessName", "ParentProcessName", "SubjectDomainName", "SubjectLogonId",
      "SubjectUserName", "SubjectUserSid", "TargetDomainName", "TargetLogonId", "TargetUserName", "TargetUserSid",
      "TokenElevationType",
    ])

  /// Security 4657, a registry value was changed, as Sysmon 12 (deleted) and 13 (set). It tells of no keys.
  static let registryValue = TwinMap(
    eventID: 4657,
    aspects: [
      Aspect(
        sysmonEventIDs: [12, 13],
        fields: [
          "Details": .derived(.registryDetails),
          "EventType": .derived(.registryEventType),
          "Image": .renamed("ProcessName"),
          "ProcessId": .derived(.accessingProcessID),
          "TargetObject": .derived(.registryTarget),
          "User": .derived(.subjectUser),
        ],
        eventIDField: .registryEventID)
    ],
    ownFields: [
      "HandleId", "NewValue", "NewValueType", "ObjectName", "ObjectValueName", "OldValue", "OldValueType",
      "OperationType", "ProcessName", "SubjectDomainName", "SubjectLogonId", "SubjectUserName", "SubjectUserSid",
    ])

  /// Security 5156, the filtering platform allowed a connection, as Sysmon 3.
  static let connectionAllowed = TwinMap(
    eventID: 5156,
    aspects: [
      Aspect(
        sysmonEventIDs: [3],
        fields: [
          "DestinationIp": .renamed("DestAddress"),
          "DestinationIsIpv6": .derived(.destinationIsIPv6),
          "DestinationPort": .renamed("DestPort"),
          "Image": .derived(.connectionImage),
          "Initiated": .derived(.connectionInitiated),
          "ProcessId": .renamed("ProcessID"),
          "Protocol": .derived(.connectionProtocol),
          "SourceIp": .renamed("SourceAddress"),
          "SourceIsIpv6": .derived(.sourceIsIPv6),
          "SourcePort": .renamed("SourcePort"),
        ])
    ],
    ownFields: [
      "Application", "DestAddress", "DestPort", "Direction", "FilterRTID", "LayerName", "LayerRTID", "ProcessID",
      "RemoteMachineID", "RemoteUserID", "SourceAddress",
    ])
}

/// What 4657 says was done to a value: the message's number, or its text where an export resolved it.
enum RegistryOperation {
  static let created = any("%%1904", "New registry value created*")
  static let modified = any("%%1905", "Existing registry value modified*")
  static let deleted = any("%%1906", "Registry value deleted*")
  static let set = Expression.any([created, modified])

  private static func any(_ number: String, _ start: String) -> Expression {
    let text = TextPattern([.literal(String(start.dropLast())), .anyRun])
    return .any([.field("OperationType", .literal(number)), .field("OperationType", .text(text))])
  }
}
