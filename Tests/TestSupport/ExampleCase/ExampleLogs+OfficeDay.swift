import WindowsFormats

/// What happens every day: the events that a hunt has to leave alone.
extension ExampleLogs {
  mutating func addOfficeDay(_ day: Int) throws {
    try addBoot(day)
    try addLogon(
      ExampleTime(day, "00:11:20"), .worker(day), type: 2, from: "127.0.0.1", port: "0", package: "Negotiate")
    try addOfficeWork(day)
    for hour in [1, 4, 7] { try addInventory(day, hour: hour) }
    try addAdministration(day)
    try addBackup(day)
  }

  // MARK: Start of the host

  private mutating func addBoot(_ day: Int) throws {
    let services = [
      ("Windows Management Instrumentation", "Winmgmt"), ("Windows Event Log", "EventLog"),
      ("Windows Update", "wuauserv"),
      ("Inventory Agent", "InvAgent"), ("Background Intelligent Transfer Service", "BITS"),
    ]
    for (index, service) in services.enumerated() {
      try addServiceState(
        ExampleTime(day, "00:02:\(30 + index * 4)"), display: service.0, name: service.1, isRunning: true)
    }
    try start(
      #"C:\Windows\System32\wbem\WmiPrvSE.exe"#, #"C:\Windows\system32\wbem\wmiprvse.exe -secured -Embedding"#,
      at: ExampleTime(day, "00:03:02"), parent: .services(day), owner: .localSystem, integrity: "System")
    // Every Windows has this subscription: the one that an allow-list begins with.
    try add(
      EventLogWriter.WMIActivity.permanentQueryStarted, ExampleTime(day, "00:03:05"), processID: 1288,
      [
        "NamespaceName": #"//./root/subscription"#, "Query": "select * from MSFT_SCMEventLogEvent",
        "User": "S-1-5-32-544", "Processid": 1288, "Provider": "SCM Event Provider", "queryid": 0,
        "PossibleCause": "Permanent",
      ])
    try add(
      EventLogWriter.WMIActivity.consumerBinding, ExampleTime(day, "00:03:06"), processID: 1288,
      [
        "Namespace": "//./root/subscription", "ESS": "SCM Event Log Filter",
        "CONSUMER": #"NTEventLogEventConsumer="SCM Event Log Consumer""#,
        "PossibleCause": .string(ExampleLogs.builtInBinding),
      ])
  }

  mutating func addServiceState(_ time: ExampleTime, display: String, name: String, isRunning: Bool) throws {
    let units = Array("\(name)/\(isRunning ? 4 : 1)\0".utf16)
    try add(
      EventLogWriter.ServiceControlManager.serviceStateChanged, time, processID: 716,
      [
        "param1": .string(display), "param2": .string(isRunning ? "running" : "stopped"),
        "Binary": .binary(units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }),
      ])
  }

  mutating func addLogon(
    _ time: ExampleTime, _ account: ExampleAccount, type: UInt32, from address: String, port: String, package: String,
    workstation: String = "WKS07"
  ) throws {
    let isNetwork = type == 3
    try add(
      EventLogWriter.SecurityAuditing.logon, time, processID: 756,
      [
        "SubjectUserSid": .sid(isNetwork ? .null : .localSystem),
        "SubjectUserName": .string(isNetwork ? "-" : "WKS07$"),
        "SubjectDomainName": .string(isNetwork ? "-" : "CORP"), "SubjectLogonId": .hexInt64(isNetwork ? 0 : 0x3E7),
        "TargetUserSid": .sid(account.sid), "TargetUserName": .string(account.name),
        "TargetDomainName": .string(account.domain), "TargetLogonId": .hexInt64(account.logonID),
        "LogonType": .uint32(type), "LogonProcessName": .string(package == "NTLM" ? "NtLmSsp " : "User32 "),
        "AuthenticationPackageName": .string(package), "WorkstationName": .string(workstation),
        "LmPackageName": .string(package == "NTLM" ? "NTLM V2" : "-"),
        "KeyLength": .uint32(package == "NTLM" ? 128 : 0),
        "ProcessId": .hexInt64(isNetwork ? 0 : 0x57C),
        "ProcessName": .string(isNetwork ? "-" : #"C:\Windows\System32\svchost.exe"#),
        "IpAddress": .string(address), "IpPort": .string(port), "ImpersonationLevel": "%%1833",
        "VirtualAccount": "%%1843", "ElevatedToken": .string(isNetwork ? "%%1842" : "%%1843"),
      ])
  }

  mutating func addPrivileges(_ time: ExampleTime, _ account: ExampleAccount) throws {
    try add(
      EventLogWriter.SecurityAuditing.specialPrivileges, time, processID: 756,
      [
        "SubjectUserSid": .sid(account.sid), "SubjectUserName": .string(account.name),
        "SubjectDomainName": .string(account.domain), "SubjectLogonId": .hexInt64(account.logonID),
        "PrivilegeList":
          "SeSecurityPrivilege\r\n\t\t\tSeBackupPrivilege\r\n\t\t\tSeRestorePrivilege\r\n\t\t\tSeDebugPrivilege",
      ])
  }

  // MARK: Work

  private mutating func addOfficeWork(_ day: Int) throws {
    let worker = ExampleAccount.worker(day)
    let programs = [
      ("00:14", #"C:\Program Files\Mail\mail.exe"#, #""C:\Program Files\Mail\mail.exe""#, "Example Software"),
      (
        "00:31", #"C:\Program Files\Browser\browser.exe"#, #""C:\Program Files\Browser\browser.exe" --restore"#,
        "Example Software"
      ),
      (
        "02:08", #"C:\Windows\System32\notepad.exe"#,
        #""C:\Windows\system32\NOTEPAD.EXE" C:\Users\m.tanaka\Documents\議事録.txt"#, "Microsoft Corporation"
      ),
      ("05:44", #"C:\Windows\System32\mspaint.exe"#, #""C:\Windows\system32\mspaint.exe""#, "Microsoft Corporation"),
      (
        "06:27", #"C:\Windows\System32\SnippingTool.exe"#, #""C:\Windows\system32\SnippingTool.exe""#,
        "Microsoft Corporation"
      ),
    ]
    for (index, program) in programs.enumerated() {
      let time = ExampleTime(day, "\(program.0):\(10 + index * 7 + day)")
      let process = try start(
        program.1, program.2, at: time, parent: .explorer(day), owner: worker,
        version: program.3.hasPrefix("Example") ? "12.4.0.118" : "10.0.19041.3636", company: program.3)
      guard program.3.hasPrefix("Example") else { continue }
      let host = index == 0 ? "mail.corp.example" : "intranet.corp.example"
      let address = index == 0 ? "192.0.2.25" : "192.0.2.80"
      try addQuery(time + 410, host, address, of: process)
      try addConnection(time + 434, of: process, address: address, host: host, port: index == 0 ? 993 : 443)
    }
  }

  mutating func addQuery(_ time: ExampleTime, _ name: String, _ address: String, of process: ExampleProcess) throws {
    try add(
      EventLogWriter.Sysmon.dnsQuery, time, processID: 2684,
      [
        "UtcTime": time.sysmonText, "ProcessGuid": .guid(process.guid), "ProcessId": .uint32(process.processID),
        "QueryName": .string(name), "QueryStatus": "0", "QueryResults": .string("::ffff:\(address);"),
        "Image": .string(process.image), "User": process.owner.fullName,
      ])
  }

  mutating func addConnection(
    _ time: ExampleTime, of process: ExampleProcess, isInitiated: Bool = true, address: String, host: String,
    port: UInt16
  ) throws {
    let ephemeral = UInt16(49_700 + Int(time.fileTime / 10_000 % 15_000))
    try add(
      EventLogWriter.Sysmon.networkConnect, time, processID: 2684,
      [
        "UtcTime": time.sysmonText, "ProcessGuid": .guid(process.guid), "ProcessId": .uint32(process.processID),
        "Image": .string(process.image), "User": process.owner.fullName, "Protocol": "tcp",
        "Initiated": .bool(isInitiated), "SourceIp": .string(isInitiated ? "192.0.2.57" : address),
        "SourceHostname": .string(isInitiated ? computer : host), "SourcePort": .uint16(ephemeral),
        "DestinationIp": .string(isInitiated ? address : "192.0.2.57"),
        "DestinationHostname": .string(isInitiated ? host : computer), "DestinationPort": .uint16(port),
      ])
  }

  // MARK: WMI in good use

  /// An inventory agent asks WMI three times a day; one of its queries names a class that this Windows lacks.
  private mutating func addInventory(_ day: Int, hour: Int) throws {
    let time = ExampleTime(day, "0\(hour):15:\(20 + day)")
    let providers = [
      ("CIMWin32", #"%systemroot%\system32\wbem\cimwin32.dll"#),
      ("WmiPerfProv", #"%systemroot%\system32\wbem\WmiPerfInst.dll"#),
      ("MS_NT_EVENTLOG_PROVIDER", #"%systemroot%\system32\wbem\ntevt.dll"#),
    ]
    for (index, provider) in providers.enumerated() {
      try add(
        EventLogWriter.WMIActivity.providerStarted, time + index * 730, processID: 3012 + UInt32(day) * 4,
        [
          "ProviderName": .string(provider.0), "Code": 0, "HostProcess": "wmiprvse.exe",
          "ProcessID": .uint32(3012 + UInt32(day) * 4), "ProviderPath": .string(provider.1),
        ])
    }
    try add(
      EventLogWriter.WMIActivity.clientFailure, time + 2_900, processID: 1288,
      [
        "Id": .string("{00000000-0000-0000-0000-000000000000}"), "ClientMachine": "WKS07",
        "User": #"NT AUTHORITY\SYSTEM"#, "ClientProcessId": 2216, "Component": "Unknown",
        "Operation":
          #"Start IWbemServices::ExecQuery - root\cimv2 : SELECT Name, BatteryStatus FROM Win32_PortableBattery"#,
        "ResultCode": .hexInt32(0x8004_1010), "PossibleCause": "Unknown",
      ])
    guard hour == 1 else { return }
    try add(
      EventLogWriter.WMIActivity.temporaryQueryStarted, time + 4_100, processID: 1288,
      [
        "NamespaceName": #"root\CIMV2"#,
        "Query": "SELECT * FROM __InstanceCreationEvent WITHIN 30 WHERE TargetInstance ISA 'Win32_LogicalDisk'",
        "User": #"NT AUTHORITY\SYSTEM"#, "Processid": 2216, "ClientMachine": "WKS07", "PossibleCause": "Temporary",
      ])
  }

  /// A scheduled PowerShell script of the administrators.
  private mutating func addAdministration(_ day: Int) throws {
    let time = ExampleTime(day, "03:00:0\(day - 4)")
    let commandLine =
      #"powershell.exe -NoProfile -ExecutionPolicy RemoteSigned -File C:\Admin\Export-DiskReport.ps1"#
    let shell = try start(
      #"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe"#, commandLine, at: time, parent: .services(day),
      owner: .localSystem, integrity: "System")
    try addPowerShell(
      time + 420, of: shell,
      script: """
        # Free space of local disks for the weekly report.
        Get-CimInstance -ClassName Win32_LogicalDisk -Filter "DriveType=3" |
          Select-Object DeviceID, Size, FreeSpace |
          Export-Csv -Path C:\\Admin\\Reports\\disks.csv -NoTypeInformation
        """, path: #"C:\Admin\Export-DiskReport.ps1"#, level: 5)
  }

  mutating func addPowerShell(
    _ time: ExampleTime, of shell: ExampleProcess, script: String, path: String, level: UInt8
  ) throws {
    let hostID = "7e1c04a2-31d5-4be0-9c07-\(String(time.fileTime % 0x1_0000_0000_0000 | 0x8000_0000_0000, radix: 16))"
    let details =
      "\tNewEngineState=Available\r\n\tPreviousEngineState=None\r\n\r\n\tSequenceNumber=13\r\n\r\n\tHostName=ConsoleHost\r\n"
      + "\tHostVersion=5.1.19041.3636\r\n\tHostId=\(hostID)\r\n\tHostApplication=\(shell.commandLine)\r\n"
      + "\tEngineVersion=5.1.19041.3636\r\n\tRunspaceId=\(hostID)\r\n\tPipelineId=\r\n\tCommandName=\r\n\tCommandType=\r\n"
      + "\tScriptName=\r\n\tCommandPath=\r\n\tCommandLine="
    for provider in ["Registry", "FileSystem", "Variable"] {
      try add(
        EventLogWriter.PowerShell.providerStarted, time + 10, processID: shell.processID,
        [
          "ProviderName": .string(provider), "NewProviderState": "Started",
          "Details": .string("\tProviderName=\(provider)\r\n\tNewProviderState=Started\r\n\r\n" + details),
        ])
    }
    try add(
      EventLogWriter.PowerShell.engineStarted, time + 60, processID: shell.processID,
      ["NewEngineState": "Available", "PreviousEngineState": "None", "Details": .string(details)])
    var definition = EventLogWriter.PowerShell.scriptBlock
    definition.level = level
    try add(
      definition, time + 240, processID: shell.processID, userSID: shell.owner.sid,
      [
        "MessageNumber": 1, "MessageTotal": 1, "ScriptBlockText": .string(script), "ScriptBlockId": .string(hostID),
        "Path": .string(path),
      ])
  }

  /// The backup server logs on every night, from its own address.
  private mutating func addBackup(_ day: Int) throws {
    for round in 0..<2 {
      let account = ExampleAccount.backup(logonID: 0x5A_1100 + UInt64(day * 2 + round) * 0x4_071B)
      let time = ExampleTime(day, "1\(4 + round):30:0\(day)")
      try addLogon(
        time, account, type: 3, from: "192.0.2.20", port: "5\(day)31\(round)", package: "Kerberos", workstation: "-")
      try addPrivileges(time + 1, account)
      try add(
        EventLogWriter.SecurityAuditing.shareAccessChecked, time + 220, processID: 4,
        [
          "SubjectUserSid": .sid(account.sid), "SubjectUserName": .string(account.name),
          "SubjectDomainName": .string(account.domain), "SubjectLogonId": .hexInt64(account.logonID),
          "ObjectType": "File", "IpAddress": "192.0.2.20", "IpPort": .string("5\(day)31\(round)"),
          "ShareName": #"\\*\C$"#, "ShareLocalPath": #"\??\C:\"#, "RelativeTargetName": #"Users\m.tanaka\Documents"#,
          "AccessMask": .hexInt32(0x81), "AccessList": "%%4416\r\n\t\t\t\t%%4423", "AccessReason": "-",
        ])
    }
  }

  static let builtInBinding = """
    Binding EventFilter: \ninstance of __EventFilter
    {
    \tCreatorSID = {1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0};
    \tEventNamespace = "root\\\\cimv2";
    \tName = "SCM Event Log Filter";
    \tQuery = "select * from MSFT_SCMEventLogEvent";
    \tQueryLanguage = "WQL";
    };
    Perm. Consumer: \ninstance of NTEventLogEventConsumer
    {
    \tCategory = 0;
    \tCreatorSID = {1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0};
    \tEventType = 1;
    \tName = "SCM Event Log Consumer";
    \tNameOfUserSIDProperty = "sid";
    \tSourceName = "Service Control Manager";
    };

    """
}
