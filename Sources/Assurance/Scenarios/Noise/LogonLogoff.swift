import WindowsFormats

/// Logons of services everywhere, and over the network at servers.
struct LogonLogoff {
  let host: CaseHost
  let rate: Double

  private static let shares = ["Projects", "Accounting", "Common"]

  func add() throws {
    let setting = NoiseSetting(host: host, rate: rate)
    for (_, time) in setting.moments(everyMinutes: host.isWorkstation ? 7 : 14) {
      try host.logonService(.system, at: time)
      if host.random.isTrue(outOf: 4) { try addGroups(at: time + 40 * CaseTime.millisecond) }
    }
    guard !host.isWorkstation else { return }
    for (_, time) in setting.moments(everyMinutes: 8) { try addVisit(at: time) }
  }

  /// A person's workstation opens a share; the controller is asked for policies instead.
  private func addVisit(at time: UInt64) throws {
    let visitors = host.world.hosts.filter { $0.uptime(at: time)?.userSession != nil && $0 !== host }
    guard !visitors.isEmpty else { return }
    let visitor = host.random.pick(visitors)
    guard let account = visitor.uptime(at: time)?.userSession?.account else { return }
    let origin = CaseHost.Origin(
      address: visitor.host.address, port: String(host.ephemeralPort()), name: visitor.host.name)
    let session = try host.logonFromNetwork(account, at: time, origin: origin)
    if host.host.role == .server {
      let share = host.random.pick(LogonLogoff.shares)
      try host.logShare(
        share, path: "D:\\Data\\\(share)", file: "\(host.random.number(1...300)).xlsx", mask: 0x12_019F,
        accesses: ["%%1538", "%%1541", "%%4416", "%%4417", "%%4418", "%%4419", "%%4420", "%%4423", "%%4424"],
        by: session, at: time + 200 * CaseTime.millisecond)
    }
    try host.logoff(session, at: time + host.random.ticks((8 * CaseTime.second)...(600 * CaseTime.second)))
  }

  /// 4799 by services.exe and svchost.exe goes on all day.
  private func addGroups(at time: UInt64) throws {
    let subject = host.subject(.system)
    guard let caller = host.uptime(at: time)?.processes["gpsvc"] else { return }
    try host.log(
      FurtherEvents.groupRead, at: time, processID: host.processID("lsass", at: time),
      [
        "TargetUserName": "Administrators", "TargetDomainName": "Builtin",
        "TargetSid": .sid(.init(authority: 5, [32, 544])), "SubjectUserSid": .sid(subject.sid),
        "SubjectUserName": .string(subject.name), "SubjectDomainName": .string(subject.domain),
        "SubjectLogonId": .hexInt64(0x3E7), "CallerProcessId": .hexInt64(UInt64(caller.processID)),
        "CallerProcessName": .string(caller.image),
      ])
  }
}
