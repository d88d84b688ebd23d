import WindowsFormats

/// An inventory agent that asks WMI for hardware, software and services.
struct InventoryAgent {
  let host: CaseHost
  let rate: Double

  /// Questions that fail on ordinary hosts, with the usual reason.
  private static let failures: [(operation: String, result: UInt32)] = [
    (
      #"Start IWbemServices::ExecQuery - root\cimv2 : SELECT Name, BatteryStatus FROM Win32_PortableBattery"#,
      0x8004_1010
    ),
    (#"Start IWbemServices::ExecQuery - ROOT\CIMV2 : SELECT ID FROM Win32_ServerFeature"#, 0x8004_1010),
    (#"Start IWbemServices::ExecQuery - ROOT\WMI : SELECT * FROM BatteryStaticData"#, 0x8004_1010),
    (
      #"Start IWbemServices::ExecQuery - root\cimv2 : SELECT Name, Version, Vendor FROM Win32_OperatingSystem"#,
      0x8004_1032
    ),
    (
      #"Start IWbemServices::ExecQuery - root\cimv2 : SELECT DeviceID, Size, FreeSpace FROM Win32_LogicalDisk WHERE DriveType = 3"#,
      0x8004_1032
    ),
    (#"Start IWbemServices::CreateInstanceEnum - root\cimv2 : Win32_SystemEnclosure"#, 0x8004_1032),
    (
      #"Start IWbemServices::ExecQuery - root\Microsoft\Windows\DeliveryOptimization : SELECT DownloadMode, DownloadModeProvider FROM MSFT_DeliveryOptimizationConfig"#,
      0x8004_1001
    ),
  ]

  func add() throws {
    let setting = NoiseSetting(host: host, rate: rate)
    for uptime in host.uptimes {
      guard let services = uptime.processes["services"] else { continue }
      let image = #"C:\Program Files\Example Inventory\inventoryagent.exe"#
      uptime.processes["agent"] = try host.start(
        image, "\"\(image)\" --service", at: uptime.range.lowerBound + 75 * CaseTime.second, parent: services)
    }
    for (uptime, time) in setting.moments(everyMinutes: 110) {
      guard let agent = uptime.processes["agent"] else { continue }
      try addCollection(agent, uptime, at: time)
    }
  }

  private func addCollection(_ agent: CaseProcess, _ uptime: Uptime, at time: UInt64) throws {
    var moment = time
    for session in [CaseSession.networkService, .system] {
      guard let process = try host.startProviderHost(at: moment, as: session) else { return }
      let providers = CaseHost.Provider.usual.filter { $0.session.id == session.id }
      for provider in providers where provider.name == "CIMWin32" || host.random.isTrue(outOf: 2) {
        moment += host.random.ticks((40 * CaseTime.millisecond)...(900 * CaseTime.millisecond))
        try host.logProvider(provider, in: process, at: moment)
      }
      try host.finish(process, at: moment + host.random.ticks((90 * CaseTime.second)...(400 * CaseTime.second)))
      moment += 600 * CaseTime.millisecond
    }
    for _ in 0..<host.random.number(1...3) {
      moment += host.random.ticks((200 * CaseTime.millisecond)...(3 * CaseTime.second))
      let failure = host.random.pick(InventoryAgent.failures)
      try host.logFailure(
        failure.operation, result: failure.result, user: #"NT AUTHORITY\SYSTEM"#, clientProcessID: agent.processID,
        at: moment)
    }
    if !host.isWorkstation, host.random.isTrue(outOf: 3) {
      // Servers have no security centre; agents made for clients ask all the same.
      try host.logFailure(
        #"Start IWbemServices::ExecQuery - root\SecurityCenter2 : SELECT displayName FROM AntiVirusProduct"#,
        result: 0x8004_100E, user: #"NT AUTHORITY\SYSTEM"#, clientProcessID: agent.processID,
        at: moment + CaseTime.second)
    }
    try addGroups(agent, at: moment + 2 * CaseTime.second)
    if time < uptime.range.lowerBound + 2 * CaseTime.hour, host.random.isTrue(outOf: 2) {
      try host.logTemporaryQuery(
        "SELECT * FROM __InstanceCreationEvent WITHIN 30WHERE TargetInstance ISA 'Win32_LogicalDisk'",
        namespace: #"root\CIMV2"#, user: #"NT AUTHORITY\SYSTEM"#, clientProcessID: agent.processID,
        at: moment + 3 * CaseTime.second)
    }
    let report = #"C:\ProgramData\Example Inventory\report.xml"#
    try host.logFile(report, of: agent, at: moment + 4 * CaseTime.second)
    try host.logConnection(
      of: agent, at: moment + 5 * CaseTime.second,
      peer: .init(address: "198.51.100.30", name: "inventory.\(host.world.scenario.domain.dns)", port: 443),
      localPort: host.ephemeralPort())
  }

  /// 4799: the members of local groups are part of an inventory.
  private func addGroups(_ agent: CaseProcess, at time: UInt64) throws {
    let subject = host.subject(.system)
    for (index, group) in [("Administrators", 544), ("Remote Desktop Users", 555)].enumerated() {
      try host.log(
        FurtherEvents.groupRead, at: time + UInt64(index) * 20 * CaseTime.millisecond,
        processID: host.processID("lsass", at: time),
        [
          "TargetUserName": .string(group.0), "TargetDomainName": "Builtin",
          "TargetSid": .sid(.init(authority: 5, [32, UInt32(group.1)])), "SubjectUserSid": .sid(subject.sid),
          "SubjectUserName": .string(subject.name), "SubjectDomainName": .string(subject.domain),
          "SubjectLogonId": .hexInt64(0x3E7), "CallerProcessId": .hexInt64(UInt64(agent.processID)),
          "CallerProcessName": .string(agent.image),
        ])
    }
  }
}
