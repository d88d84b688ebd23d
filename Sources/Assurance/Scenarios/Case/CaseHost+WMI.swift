import WindowsFormats

/// WMI-Activity events, with the shapes that ordinary hosts write.
extension CaseHost {
  /// A provider that is part of Windows, and the account of the host process that loads it.
  struct Provider {
    var name: String
    var path: String
    var session: CaseSession

    static let cimWin32 = Provider(
      name: "CIMWin32", path: #"%systemroot%\system32\wbem\cimwin32.dll"#, session: .networkService)
    static let usual = [
      cimWin32,
      Provider(name: "CIMWin32a", path: #"%systemroot%\system32\wbem\wmipcima.dll"#, session: .networkService),
      Provider(name: "WmiPerfClass", path: #"C:\Windows\System32\wbem\WmiPerfClass.dll"#, session: .system),
      Provider(name: "WMIProv", path: #"%systemroot%\system32\wbem\wmiprov.dll"#, session: .system),
      Provider(name: "SppProvider", path: #"%SystemRoot%\System32\sppwmi.dll"#, session: .networkService),
      Provider(
        name: "MS_NT_EVENTLOG_PROVIDER", path: #"%systemroot%\system32\wbem\ntevt.dll"#, session: .networkService),
      Provider(name: "RegProv", path: #"%systemroot%\system32\wbem\stdprov.dll"#, session: .localService),
    ]
  }

  /// The host process of providers starts, as svchost -k DcomLaunch does it: Sysmon 1 and 4688.
  func startProviderHost(at time: UInt64, as session: CaseSession) throws -> CaseProcess? {
    guard let launcher = uptime(at: time)?.processes["dcomlaunch"] else { return nil }
    return try start(
      #"C:\Windows\System32\wbem\WmiPrvSE.exe"#,
      session.id == CaseSession.system.id
        ? #"C:\Windows\system32\wbem\wmiprvse.exe -Embedding"#
        : #"C:\Windows\system32\wbem\wmiprvse.exe -secured -Embedding"#,
      at: time, parent: launcher, session: session, integrity: .system)
  }

  /// 5857.
  func logProvider(_ provider: Provider, in process: CaseProcess, at time: UInt64) throws {
    try log(
      EventLogWriter.WMIActivity.providerStarted, at: time, processID: process.processID,
      userSID: process.session.account.sid,
      [
        "ProviderName": .string(provider.name), "Code": 0, "HostProcess": "wmiprvse.exe",
        "ProcessID": .uint32(process.processID), "ProviderPath": .string(provider.path),
      ])
  }

  /// 5858. `user` is empty for callers inside the service.
  func logFailure(_ operation: String, result: UInt32, user: String, clientProcessID: UInt32, at time: UInt64) throws {
    try log(
      EventLogWriter.WMIActivity.clientFailure, at: time, processID: processID("winmgmt", at: time),
      [
        "Id": .string(correlationText(user.isEmpty, time)), "ClientMachine": .string(host.name), "User": .string(user),
        "ClientProcessId": .uint32(clientProcessID), "Component": "Unknown", "Operation": .string(operation),
        "ResultCode": .hexInt32(result), "PossibleCause": "Unknown",
      ])
  }

  private func correlationText(_ isInternal: Bool, _ time: UInt64) -> String {
    let guid = isInternal ? processGUID(4, at: time) : .zero
    return guid.bracedText.uppercased()
  }

  /// 5860.
  func logTemporaryQuery(_ query: String, namespace: String, user: String, clientProcessID: UInt32, at time: UInt64)
    throws
  {
    try log(
      EventLogWriter.WMIActivity.temporaryQueryStarted, at: time, processID: processID("winmgmt", at: time),
      [
        "NamespaceName": .string(namespace), "Query": .string(query), "User": .string(user),
        "Processid": .uint32(clientProcessID), "ClientMachine": .string(host.name), "PossibleCause": "Temporary",
      ])
  }

  /// What the service writes at each of its starts: the subscription that Windows has, and what listens to WMI.
  func logManagementStart(at time: UInt64) throws {
    let service = processID("winmgmt", at: time)
    try log(
      EventLogWriter.WMIActivity.permanentQueryStarted, at: time, processID: service,
      [
        "NamespaceName": "//./root/CIMV2", "Query": "select * from MSFT_SCMEventLogEvent", "User": "S-1-5-32-544",
        "Processid": .uint32(service), "Provider": "SCM Event Provider", "queryid": 0, "PossibleCause": "Permanent",
      ])
    try log(
      EventLogWriter.WMIActivity.consumerBinding, at: time + 3 * CaseTime.millisecond, processID: service,
      [
        "Namespace": "//./root/subscription", "ESS": "SCM Event Log Filter",
        "CONSUMER": #"NTEventLogEventConsumer="SCM Event Log Consumer""#,
        "PossibleCause": .string(CaseHost.systemBinding),
      ])
    let watched = ["__EventConsumer", "__EventFilter", "__FilterToConsumerBinding"]
    try logTemporaryQuery(
      "SELECT * FROM __InstanceOperationEvent WITHIN 5WHERE "
        + watched.map { "TargetInstance ISA '\($0)'" }.joined(separator: " OR "), namespace: #"ROOT\Subscription"#,
      user: #"NT AUTHORITY\SYSTEM"#, clientProcessID: processID("sysmon", at: time), at: time + 9 * CaseTime.second)
    guard isWorkstation else { return }
    let products = ["AntiVirusProduct", "FirewallProduct", "AntiSpywareProduct"]
    try logTemporaryQuery(
      "SELECT * FROM __InstanceOperationEvent WHERE "
        + products.map { "TargetInstance ISA '\($0)'" }.joined(separator: " OR "), namespace: #"ROOT\SecurityCenter"#,
      user: #"NT AUTHORITY\LOCAL SERVICE"#, clientProcessID: processID("wscsvc", at: time),
      at: time + 40 * CaseTime.second)
  }

  private static let systemBinding = """
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
