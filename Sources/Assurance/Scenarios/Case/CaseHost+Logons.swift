import WindowsFormats

extension CaseHost {
  /// Where a logon over the network comes from.
  struct Origin {
    var address: String
    var port: String
    /// NetBIOS name; NTLM tells it, Kerberos does not.
    var name: String

    static let local = Origin(address: "-", port: "-", name: "-")
  }

  private static let administrativePrivileges = [
    "SeSecurityPrivilege", "SeBackupPrivilege", "SeRestorePrivilege", "SeTakeOwnershipPrivilege", "SeDebugPrivilege",
    "SeSystemEnvironmentPrivilege", "SeLoadDriverPrivilege", "SeImpersonatePrivilege",
    "SeDelegateSessionUserImpersonatePrivilege",
  ]

  private static let systemPrivileges = [
    "SeAssignPrimaryTokenPrivilege", "SeTcbPrivilege", "SeSecurityPrivilege", "SeTakeOwnershipPrivilege",
    "SeLoadDriverPrivilege", "SeBackupPrivilege", "SeRestorePrivilege", "SeDebugPrivilege", "SeAuditPrivilege",
    "SeSystemEnvironmentPrivilege", "SeImpersonatePrivilege", "SeDelegateSessionUserImpersonatePrivilege",
  ]

  /// A service account gets its session: 4624 by services.exe, and 4672.
  func logonService(_ session: CaseSession, at time: UInt64) throws {
    var session = session
    session.type = 5
    try logLogon(
      session, at: time, origin: .local, package: "Negotiate", process: "services", logonProcess: "Advapi  ")
    try logPrivileges(session, at: time + 4 * CaseTime.millisecond)
  }

  /// A person logs on at the host or over remote desktop: 4648, 4624, and 4672 for an administrator.
  func logonInteractively(
    _ account: CaseAccount, at time: UInt64, type: UInt32 = 2, origin: Origin = .local, terminal: UInt32 = 1
  ) throws -> CaseSession {
    var session = CaseSession(id: logonID(at: time), account: account, type: type, terminal: terminal)
    session.address = origin.address == "-" ? "127.0.0.1" : origin.address
    session.port = origin.port == "-" ? "0" : origin.port
    try logExplicitCredentials(
      account, at: time, server: "localhost", information: "localhost",
      process: uptime(at: time)?.processes["winlogonhost"],
      subject: .system, address: session.address, port: session.port)
    let place = Origin(address: session.address, port: session.port, name: host.name)
    try logLogon(
      session, at: time + 6 * CaseTime.millisecond, origin: place, package: "Negotiate", process: "winlogonhost",
      logonProcess: "User32 ")
    if account.isAdministrator { try logPrivileges(session, at: time + 7 * CaseTime.millisecond) }
    try askForTicket(account, at: time)
    return session
  }

  /// A logon over the network: 4624 type 3, 4672 for an administrator, and what the domain controller writes.
  func logonFromNetwork(
    _ account: CaseAccount, at time: UInt64, origin: Origin, package: String = "Kerberos"
  ) throws -> CaseSession {
    var session = CaseSession(id: logonID(at: time), account: account, type: 3)
    session.address = origin.address
    session.port = origin.port
    try logLogon(
      session, at: time, origin: origin, package: package, process: nil,
      logonProcess: package == "NTLM" ? "NtLmSsp " : "Kerberos")
    if account.isAdministrator { try logPrivileges(session, at: time + CaseTime.millisecond) }
    if package == "NTLM" {
      try validateCredentials(account, at: time, workstation: origin.name)
    } else {
      try askForServiceTicket(account, at: time, address: origin.address)
    }
    return session
  }

  private func logLogon(
    _ session: CaseSession, at time: UInt64, origin: Origin, package: String, process name: String?,
    logonProcess: String
  ) throws {
    let process = name.flatMap { uptime(at: time)?.processes[$0] }
    let isNetwork = session.type == 3
    let subject = self.subject(.system)
    try log(
      EventLogWriter.SecurityAuditing.logon, at: time, processID: processID("lsass", at: time),
      [
        "SubjectUserSid": .sid(isNetwork ? .null : subject.sid),
        "SubjectUserName": .string(isNetwork ? "-" : subject.name),
        "SubjectDomainName": .string(isNetwork ? "-" : subject.domain),
        "SubjectLogonId": .hexInt64(isNetwork ? 0 : 0x3E7), "TargetUserSid": .sid(session.account.sid),
        "TargetUserName": .string(session.account.name), "TargetDomainName": .string(session.account.domain),
        "TargetLogonId": .hexInt64(session.id), "LogonType": .uint32(session.type),
        "LogonProcessName": .string(logonProcess), "AuthenticationPackageName": .string(package),
        "WorkstationName": .string(isNetwork && package != "NTLM" ? "-" : origin.name),
        "LogonGuid": .guid(package == "Kerberos" ? logonGUID(session) : .zero),
        "LmPackageName": .string(package == "NTLM" ? "NTLM V2" : "-"),
        "KeyLength": .uint32(package == "NTLM" ? 128 : 0),
        "ProcessId": .hexInt64(UInt64(process?.processID ?? 0)), "ProcessName": .string(process?.image ?? "-"),
        "IpAddress": .string(origin.address), "IpPort": .string(origin.port), "ImpersonationLevel": "%%1833",
        "VirtualAccount": "%%1843",
        "ElevatedToken": .string(session.account.isAdministrator || session.isService ? "%%1842" : "%%1843"),
      ])
  }

  private func logPrivileges(_ session: CaseSession, at time: UInt64) throws {
    let privileges = session.isService ? CaseHost.systemPrivileges : CaseHost.administrativePrivileges
    try log(
      EventLogWriter.SecurityAuditing.specialPrivileges, at: time, processID: processID("lsass", at: time),
      subjectValues(session.account, session.id, "PrivilegeList", privileges.joined(separator: "\r\n\t\t\t")))
  }

  private func subjectValues(
    _ account: CaseAccount, _ id: UInt64, _ name: String, _ text: String
  ) -> KeyValuePairs<String, EventLogWriter.Value> {
    [
      "SubjectUserSid": .sid(account.sid), "SubjectUserName": .string(account.name),
      "SubjectDomainName": .string(account.domain), "SubjectLogonId": .hexInt64(id), name: .string(text),
    ]
  }

  /// 4648: somebody gave the credentials of another account.
  func logExplicitCredentials(
    _ account: CaseAccount, at time: UInt64, server: String, information: String, process: CaseProcess?,
    subject session: CaseSession, address: String = "-", port: String = "-"
  ) throws {
    let subject = self.subject(session)
    try log(
      EventLogWriter.SecurityAuditing.explicitCredentials, at: time, processID: processID("lsass", at: time),
      [
        "SubjectUserSid": .sid(subject.sid), "SubjectUserName": .string(subject.name),
        "SubjectDomainName": .string(subject.domain), "SubjectLogonId": .hexInt64(session.id),
        "TargetUserName": .string(account.name), "TargetDomainName": .string(account.domain),
        "TargetServerName": .string(server), "TargetInfo": .string(information),
        "ProcessId": .hexInt64(UInt64(process?.processID ?? 4)), "ProcessName": .string(process?.image ?? "-"),
        "IpAddress": .string(address), "IpPort": .string(port),
      ])
  }

  /// 4634, and 4647 before it when a person leaves.
  func logoff(_ session: CaseSession, at time: UInt64) throws {
    let account = session.account
    if session.type == 2 || session.type == 10 {
      try log(
        FurtherEvents.userLogoff, at: time, processID: processID("lsass", at: time),
        [
          "TargetUserSid": .sid(account.sid), "TargetUserName": .string(account.name),
          "TargetDomainName": .string(account.domain), "TargetLogonId": .hexInt64(session.id),
        ])
    }
    try log(
      FurtherEvents.logoff, at: time + 90 * CaseTime.millisecond, processID: processID("lsass", at: time),
      [
        "TargetUserSid": .sid(account.sid), "TargetUserName": .string(account.name),
        "TargetDomainName": .string(account.domain), "TargetLogonId": .hexInt64(session.id),
        "LogonType": .uint32(session.type),
      ])
  }
}
