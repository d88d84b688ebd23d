import WindowsFormats

/// A host refreshes its policy: it logs on to the domain controller, reads SYSVOL, and tidies up in `Root\Rsop`.
struct GroupPolicy {
  let host: CaseHost
  let rate: Double

  /// Extensions whose status is deleted before it is written, which fails when there is none.
  private static let extensions = [
    "E4F48E54-F38D-4884-BFB9-D4D2E5729C18", "4B7C3B0F-E993-4E06-A241-3FBE06943684",
    "169EBF44-942F-4C43-87CE-13C93996EBBE", "6232C319-91AC-4931-9385-E70C2B099F0E",
    "4CFB60C1-FAA6-47F1-89AA-0B18730C9FD3", "827D319E-6EAC-11D2-A4EA-00C04F79F83A",
  ]

  func add() throws {
    for (_, time) in NoiseSetting(host: host, rate: rate).moments(everyMinutes: 100) { try addRefresh(at: time) }
  }

  private func addRefresh(at time: UInt64) throws {
    guard let controller = host.world.domainController(at: time) else { return }
    try host.log(
      FurtherEvents.policyProcessed, at: time + 3 * CaseTime.second, processID: host.processID("gpsvc", at: time),
      userSID: .localSystem,
      [
        "SupportInfo1": 1, "SupportInfo2": 4_214, "ProcessingMode": 0,
        "ProcessingTimeInMilliseconds": .uint32(UInt32(host.random.number(380...2_900))),
        "DCName": .string("\\\\" + controller.fullName),
      ])
    for index in 0..<host.random.number(2...4) {
      let identifier = GroupPolicy.extensions[index]
      try host.logFailure(
        #"Start IWbemServices::DeleteInstance - Root\Rsop\Computer : RSOP_ExtensionStatus.extensionGuid="{\#(identifier)}""#,
        result: 0x8004_1002, user: "", clientProcessID: host.processID("gpsvc", at: time),
        at: time + 2 * CaseTime.second + UInt64(index) * 31 * CaseTime.millisecond)
    }
    guard controller !== host else { return }
    let port = String(host.ephemeralPort())
    let origin = CaseHost.Origin(address: host.host.address, port: port, name: host.host.name)
    let session = try controller.logonFromNetwork(host.machineAccount, at: time, origin: origin)
    for policy in ["{31B2F340-016D-11D2-945F-00C04FB984F9}", "{6AC1786C-016F-11D2-945F-00C04FB984F9}"] {
      try controller.logShare(
        "SYSVOL", path: #"C:\Windows\SYSVOL\sysvol"#,
        file: "\(host.world.scenario.domain.dns)\\Policies\\\(policy)\\gpt.ini", mask: 0x12_0089,
        accesses: ["%%1538", "%%1541", "%%4416", "%%4419", "%%4423"], by: session,
        at: time + host.random.ticks((200 * CaseTime.millisecond)...(2 * CaseTime.second)))
    }
    try controller.logoff(session, at: time + host.random.ticks((9 * CaseTime.second)...(40 * CaseTime.second)))
  }
}
