import WindowsFormats

/// What Sysmon sees of a process besides its start.
extension CaseHost {
  /// The other end of a connection.
  struct Peer {
    var address: String
    var name: String
    var port: UInt16
  }

  /// Sysmon 3. An accepted connection has the other end as its source.
  func logConnection(
    of process: CaseProcess, at time: UInt64, peer: Peer, localPort: UInt16, isInitiated: Bool = true,
    transport: String = "tcp"
  ) throws {
    let mine = Peer(address: host.address, name: fullName, port: localPort)
    let (source, destination) = isInitiated ? (mine, peer) : (peer, mine)
    try logSysmon(
      EventLogWriter.Sysmon.networkConnect, at: time,
      [
        "UtcTime": sysmonTime(time), "ProcessGuid": .guid(process.guid), "ProcessId": .uint32(process.processID),
        "Image": .string(process.image), "User": .string(process.session.account.fullName),
        "Protocol": .string(transport), "Initiated": .bool(isInitiated), "SourceIp": .string(source.address),
        "SourceHostname": .string(source.name), "SourcePort": .uint16(source.port),
        "DestinationIp": .string(destination.address), "DestinationHostname": .string(destination.name),
        "DestinationPort": .uint16(destination.port),
        "DestinationPortName": .string(CaseHost.portNames[destination.port] ?? "-"),
      ])
  }

  private static let portNames: [UInt16: String] = [
    53: "domain", 80: "http", 88: "kerberos", 135: "epmap", 139: "netbios-ssn", 389: "ldap", 443: "https",
    445: "microsoft-ds", 3389: "ms-wbt-server",
  ]

  /// Sysmon 22.
  func logQuery(_ name: String, address: String, of process: CaseProcess, at time: UInt64) throws {
    try logSysmon(
      EventLogWriter.Sysmon.dnsQuery, at: time,
      [
        "UtcTime": sysmonTime(time), "ProcessGuid": .guid(process.guid), "ProcessId": .uint32(process.processID),
        "QueryName": .string(name), "QueryStatus": "0", "QueryResults": .string("::ffff:\(address);"),
        "Image": .string(process.image), "User": .string(process.session.account.fullName),
      ])
  }

  /// Sysmon 11.
  func logFile(_ path: String, of process: CaseProcess, at time: UInt64) throws {
    try logSysmon(
      EventLogWriter.Sysmon.fileCreate, at: time,
      [
        "UtcTime": sysmonTime(time), "ProcessGuid": .guid(process.guid), "ProcessId": .uint32(process.processID),
        "Image": .string(process.image), "TargetFilename": .string(path), "CreationUtcTime": sysmonTime(time),
        "User": .string(process.session.account.fullName),
      ])
  }

  /// Sysmon 13.
  func logRegistryValue(_ target: String, _ details: String, of process: CaseProcess, at time: UInt64) throws {
    try logSysmon(
      EventLogWriter.Sysmon.registryValueSet, at: time,
      [
        "EventType": "SetValue", "UtcTime": sysmonTime(time), "ProcessGuid": .guid(process.guid),
        "ProcessId": .uint32(process.processID), "Image": .string(process.image), "TargetObject": .string(target),
        "Details": .string(details), "User": .string(process.session.account.fullName),
      ])
  }

  /// Sysmon 17 or 18.
  func logPipe(_ name: String, of process: CaseProcess, at time: UInt64, isCreated: Bool) throws {
    try logSysmon(
      isCreated ? EventLogWriter.Sysmon.pipeCreated : EventLogWriter.Sysmon.pipeConnected, at: time,
      [
        "EventType": .string(isCreated ? "CreatePipe" : "ConnectPipe"), "UtcTime": sysmonTime(time),
        "ProcessGuid": .guid(process.guid), "ProcessId": .uint32(process.processID), "PipeName": .string(name),
        "Image": .string(process.image),
      ])
  }

  /// Sysmon 10.
  func logAccess(of process: CaseProcess, to target: CaseProcess, rights: UInt32, trace: String, at time: UInt64) throws
  {
    try logSysmon(
      EventLogWriter.Sysmon.processAccess, at: time,
      [
        "UtcTime": sysmonTime(time), "SourceProcessGUID": .guid(process.guid),
        "SourceProcessId": .uint32(process.processID), "SourceThreadId": .uint32(process.processID + 24),
        "SourceImage": .string(process.image), "TargetProcessGUID": .guid(target.guid),
        "TargetProcessId": .uint32(target.processID), "TargetImage": .string(target.image),
        "GrantedAccess": .hexInt32(rights), "CallTrace": .string(trace),
        "SourceUser": .string(process.session.account.fullName),
        "TargetUser": .string(target.session.account.fullName),
      ])
  }

  // MARK: Shares

  /// 5140 and 5145: a share, and a file on it, were opened by a session from the network.
  func logShare(
    _ share: String, path: String, file: String, mask: UInt32, accesses: [String], by session: CaseSession,
    at time: UInt64
  ) throws {
    let account = session.account
    try log(
      FurtherEvents.shareAccessed, at: time, processID: 4,
      [
        "SubjectUserSid": .sid(account.sid), "SubjectUserName": .string(account.name),
        "SubjectDomainName": .string(account.domain), "SubjectLogonId": .hexInt64(session.id), "ObjectType": "File",
        "IpAddress": .string(session.address), "IpPort": .string(session.port),
        "ShareName": .string("\\\\*\\" + share), "ShareLocalPath": .string("\\??\\" + path),
        "AccessMask": .hexInt32(1), "AccessList": "%%4416\r\n\t\t\t\t",
      ])
    try log(
      EventLogWriter.SecurityAuditing.shareAccessChecked, at: time + 2 * CaseTime.millisecond, processID: 4,
      [
        "SubjectUserSid": .sid(account.sid), "SubjectUserName": .string(account.name),
        "SubjectDomainName": .string(account.domain), "SubjectLogonId": .hexInt64(session.id), "ObjectType": "File",
        "IpAddress": .string(session.address), "IpPort": .string(session.port),
        "ShareName": .string("\\\\*\\" + share), "ShareLocalPath": .string("\\??\\" + path),
        "RelativeTargetName": .string(file), "AccessMask": .hexInt32(mask),
        "AccessList": .string(accesses.joined(separator: "\r\n\t\t\t\t") + "\r\n\t\t\t\t"), "AccessReason": "-",
      ])
  }
}
