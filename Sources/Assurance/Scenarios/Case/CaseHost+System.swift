import WindowsFormats

/// Services, tasks and logs.
extension CaseHost {
  /// 7045 and 4697: a service was installed.
  func logService(
    _ name: String, path: String, account: String, startType: String, by session: CaseSession, at time: UInt64
  ) throws {
    let subject = self.subject(session)
    let starts: [String: UInt32] = ["auto start": 2, "demand start": 3, "disabled": 4]
    try log(
      EventLogWriter.SecurityAuditing.serviceInstalled, at: time, processID: processID("lsass", at: time),
      [
        "SubjectUserSid": .sid(subject.sid), "SubjectUserName": .string(subject.name),
        "SubjectDomainName": .string(subject.domain), "SubjectLogonId": .hexInt64(session.id),
        "ServiceName": .string(name), "ServiceFileName": .string(path), "ServiceType": .hexInt32(0x10),
        "ServiceStartType": .uint32(starts[startType] ?? 3), "ServiceAccount": .string(account),
      ])
    try log(
      EventLogWriter.ServiceControlManager.serviceInstalled, at: time + 2 * CaseTime.millisecond,
      processID: processID("services", at: time), userSID: session.account.sid,
      [
        "ServiceName": .string(name), "ImagePath": .string(path), "ServiceType": "user mode service",
        "StartType": .string(startType), "AccountName": .string(account),
      ])
  }

  /// 7036: a service runs or stopped.
  func logServiceState(_ display: String, _ name: String, isRunning: Bool, at time: UInt64) throws {
    let units = "\(name)/\(isRunning ? 4 : 1)\0".utf16
    let bytes = units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    try log(
      EventLogWriter.ServiceControlManager.serviceStateChanged, at: time, processID: processID("services", at: time),
      ["param1": .string(display), "param2": .string(isRunning ? "running" : "stopped"), "Binary": .binary(bytes)])
  }

  /// 7040: the start type of a service changed.
  func logStartType(_ display: String, _ name: String, from old: String, to new: String, at time: UInt64) throws {
    try log(
      FurtherEvents.startTypeChanged, at: time, processID: processID("services", at: time), userSID: .localSystem,
      ["param1": .string(display), "param2": .string(old), "param3": .string(new), "param4": .string(name)])
  }

  /// 4698 and Task Scheduler 106: a task was registered.
  func logTask(
    _ name: String, command: String, arguments: String, start boundary: UInt64, by process: CaseProcess,
    runAs account: String, at time: UInt64
  ) throws {
    let session = process.session
    let subject = self.subject(session)
    let content = CaseHost.taskContent(
      author: session.account.fullName, boundary: String(CaseTime.text(boundary).prefix(19)), account: account,
      command: command, arguments: arguments)
    try log(
      FurtherEvents.taskCreated, at: time, processID: processID("lsass", at: time),
      [
        "SubjectUserSid": .sid(subject.sid), "SubjectUserName": .string(subject.name),
        "SubjectDomainName": .string(subject.domain), "SubjectLogonId": .hexInt64(session.id),
        "TaskName": .string("\\" + name), "TaskContent": .string(content),
        "ClientProcessStartKey": .uint64(0x0012_0000_0000_0000 | UInt64(process.processID)),
        "ClientProcessId": .uint32(process.processID), "ParentProcessId": .uint32(processID("schedule", at: time)),
        "RpcCallClientLocality": "0", "FQDN": .string(fullName),
      ])
    try log(
      FurtherEvents.taskRegistered, at: time + CaseTime.millisecond, processID: processID("schedule", at: time),
      userSID: .localSystem,
      ["TaskName": .string("\\" + name), "UserContext": .string(session.account.fullName)])
  }

  private static func taskContent(
    author: String, boundary: String, account: String, command: String, arguments: String
  ) -> String {
    """
    <?xml version="1.0" encoding="UTF-16"?>
    <Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
      <RegistrationInfo>
        <Author>\(author)</Author>
      </RegistrationInfo>
      <Triggers>
        <TimeTrigger>
          <StartBoundary>\(boundary)</StartBoundary>
          <Enabled>true</Enabled>
        </TimeTrigger>
      </Triggers>
      <Actions Context="Author">
        <Exec>
          <Command>\(command)</Command>
          <Arguments>\(arguments)</Arguments>
        </Exec>
      </Actions>
      <Principals>
        <Principal id="Author">
          <UserId>\(account)</UserId>
          <RunLevel>HighestAvailable</RunLevel>
        </Principal>
      </Principals>
    </Task>
    """
  }

  /// A log is cleared: what it held is lost, and 1102 or 104 says who did it.
  func clear(_ channel: String, by session: CaseSession, at time: UInt64) throws {
    logActions.append(LogAction(kind: .clear, channel: channel, time: time))
    let account = session.account
    guard channel != "Security" else {
      return try log(
        EventLogWriter.EventLogService.securityLogCleared, at: time, processID: processID("eventlog", at: time),
        [
          "SubjectUserSid": .sid(account.sid), "SubjectUserName": .string(account.name),
          "SubjectDomainName": .string(account.domain), "SubjectLogonId": .hexInt64(session.id),
        ])
    }
    try log(
      EventLogWriter.EventLogService.logCleared, at: time, processID: processID("eventlog", at: time),
      userSID: account.sid,
      [
        "SubjectUserName": .string(account.name), "SubjectDomainName": .string(account.domain),
        "Channel": .string(channel), "BackupPath": "",
      ])
  }

  // MARK: PowerShell

  /// What a run of PowerShell leaves: 600 and 400 in the classic log, 4104 for the script.
  func logPowerShell(_ script: String, path: String, of process: CaseProcess, level: UInt8 = 5, at time: UInt64) throws
  {
    let identifier = String(processGUID(process.processID, at: time).bracedText.dropFirst().dropLast())
    let state = "\tNewEngineState=Available\r\n\tPreviousEngineState=None\r\n\r\n\tSequenceNumber=13\r\n\r\n"
    let details =
      "\tHostName=ConsoleHost\r\n\tHostVersion=5.1.19041.4412\r\n\tHostId=\(identifier)\r\n"
      + "\tHostApplication=\(process.commandLine)\r\n\tEngineVersion=5.1.19041.4412\r\n\tRunspaceId=\(identifier)\r\n"
      + "\tPipelineId=\r\n\tCommandName=\r\n\tCommandType=\r\n\tScriptName=\r\n\tCommandPath=\r\n\tCommandLine="
    for provider in ["Registry", "FileSystem", "Variable"] {
      try log(
        EventLogWriter.PowerShell.providerStarted, at: time, processID: process.processID,
        [
          "ProviderName": .string(provider), "NewProviderState": "Started",
          "Details": .string("\tProviderName=\(provider)\r\n\tNewProviderState=Started\r\n\r\n" + details),
        ])
    }
    try log(
      EventLogWriter.PowerShell.engineStarted, at: time + 30 * CaseTime.millisecond, processID: process.processID,
      ["NewEngineState": "Available", "PreviousEngineState": "None", "Details": .string(state + details)])
    try log(
      EventLogWriter.PowerShell.scriptBlock, at: time + 140 * CaseTime.millisecond, processID: process.processID,
      userSID: process.session.account.sid, level: level,
      [
        "MessageNumber": 1, "MessageTotal": 1, "ScriptBlockText": .string(script),
        "ScriptBlockId": .string(identifier), "Path": .string(path),
      ])
  }
}
