import WindowsFormats

extension CaseHost {
  /// Starts a process: 4688 and Sysmon 1, with the same identifiers. A child runs in its parent's session unless told
  /// otherwise; then 4688 has the parent's account as its subject and the other as its target.
  @discardableResult
  func start(
    _ image: String, _ commandLine: String, at time: UInt64, parent: CaseProcess, session given: CaseSession? = nil,
    integrity: CaseProcess.Integrity? = nil, directory: String? = nil
  ) throws -> CaseProcess {
    let session = given ?? parent.session
    let process = CaseProcess(
      processID: uptime(at: time)?.takeProcessID(&random) ?? 8, guid: .zero, image: image, commandLine: commandLine,
      session: session, integrity: integrity ?? defaultIntegrity(session, parent: given == nil ? parent : nil))
    var started = process
    started.guid = processGUID(process.processID, at: time)
    try logCreation(started, at: time, parent: parent)
    try logSysmonCreation(started, at: time, parent: parent, directory: directory)
    return started
  }

  private func defaultIntegrity(_ session: CaseSession, parent: CaseProcess?) -> CaseProcess.Integrity {
    if let parent { return parent.integrity }
    if session.isService { return .system }
    return session.account.isAdministrator && session.type != 2 ? .high : .medium
  }

  private func logCreation(_ process: CaseProcess, at time: UInt64, parent: CaseProcess) throws {
    let creator = subject(parent.session)
    let isOther = process.session.id != parent.session.id
    let target = process.session.account
    try log(
      EventLogWriter.SecurityAuditing.processCreated, at: time,
      [
        "SubjectUserSid": .sid(creator.sid), "SubjectUserName": .string(creator.name),
        "SubjectDomainName": .string(creator.domain), "SubjectLogonId": .hexInt64(parent.session.id),
        "NewProcessId": .hexInt64(UInt64(process.processID)), "NewProcessName": .string(process.image),
        "TokenElevationType": .string(tokenType(process)), "ProcessId": .hexInt64(UInt64(parent.processID)),
        "CommandLine": .string(process.commandLine), "TargetUserSid": .sid(isOther ? target.sid : .null),
        "TargetUserName": .string(isOther ? target.name : "-"),
        "TargetDomainName": .string(isOther ? target.domain : "-"),
        "TargetLogonId": .hexInt64(isOther ? process.session.id : 0), "ParentProcessName": .string(parent.image),
        "MandatoryLabel": .sid(process.integrity.label),
      ])
  }

  /// Default, full or limited token.
  private func tokenType(_ process: CaseProcess) -> String {
    if process.session.terminal == 0 || !process.session.account.isAdministrator { return "%%1936" }
    return process.integrity == .medium ? "%%1938" : "%%1937"
  }

  /// Security events name the service accounts by the host's own account.
  func subject(_ session: CaseSession) -> CaseAccount {
    guard session.isService else { return session.account }
    return CaseAccount(
      sid: session.account.sid, name: host.name + "$", domain: world.scenario.domain.name)
  }

  private func logSysmonCreation(
    _ process: CaseProcess, at time: UInt64, parent: CaseProcess, directory: String?
  ) throws {
    let file = ImageInformation(image: process.image, build: host.build)
    let folder =
      process.session.terminal == 0 ? #"C:\Windows\system32\"# : "C:\\Users\\\(process.session.account.name)\\"
    try logSysmon(
      EventLogWriter.Sysmon.processCreate, at: time,
      [
        "UtcTime": sysmonTime(time), "ProcessGuid": .guid(process.guid), "ProcessId": .uint32(process.processID),
        "Image": .string(process.image), "FileVersion": .string(file.version),
        "Description": .string(file.description), "Product": .string(file.product), "Company": .string(file.company),
        "OriginalFileName": .string(file.originalName), "CommandLine": .string(process.commandLine),
        "CurrentDirectory": .string(directory ?? folder), "User": .string(process.session.account.fullName),
        "LogonGuid": .guid(logonGUID(process.session)), "LogonId": .hexInt64(process.session.id),
        "TerminalSessionId": .uint32(process.session.terminal), "IntegrityLevel": .string(process.integrity.rawValue),
        "Hashes": .string(ImageInformation.hash(of: process.image, build: host.build)),
        "ParentProcessGuid": .guid(parent.guid), "ParentProcessId": .uint32(parent.processID),
        "ParentImage": .string(parent.image), "ParentCommandLine": .string(parent.commandLine),
        "ParentUser": .string(parent.session.account.fullName),
      ])
  }

  /// Ends a process: 4689 and Sysmon 5.
  func finish(_ process: CaseProcess, at time: UInt64, status: UInt32 = 0) throws {
    let account = subject(process.session)
    try log(
      FurtherEvents.processEnded, at: time,
      [
        "SubjectUserSid": .sid(account.sid), "SubjectUserName": .string(account.name),
        "SubjectDomainName": .string(account.domain), "SubjectLogonId": .hexInt64(process.session.id),
        "Status": .hexInt32(status), "ProcessId": .hexInt64(UInt64(process.processID)),
        "ProcessName": .string(process.image),
      ])
    try logSysmon(
      FurtherEvents.processTerminated, at: time,
      [
        "UtcTime": sysmonTime(time), "ProcessGuid": .guid(process.guid), "ProcessId": .uint32(process.processID),
        "Image": .string(process.image), "User": .string(process.session.account.fullName),
      ])
  }

  // MARK: Sysmon

  func sysmonTime(_ time: UInt64) -> EventLogWriter.Value { .string(CaseTime.sysmonText(time)) }

  /// Sysmon writes a few milliseconds after what it saw.
  func logSysmon(
    _ definition: EventDefinition, at time: UInt64, _ values: KeyValuePairs<String, EventLogWriter.Value>
  ) throws {
    let delay = (time &- world.start) / 7 % 40_000 + 2 * CaseTime.millisecond
    try log(definition, at: time + delay, processID: processID("sysmon", at: time), values)
  }
}
