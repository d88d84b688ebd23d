import WindowsFormats

/// An administrator looks after a server over remote desktop, once on most days.
struct AdminSession {
  let host: CaseHost
  let rate: Double

  private static let tools: [(image: String, arguments: String)] = [
    (#"C:\Windows\System32\mmc.exe"#, #""C:\Windows\system32\eventvwr.msc" /s"#),
    (#"C:\Windows\System32\mmc.exe"#, #""C:\Windows\system32\services.msc""#),
    (#"C:\Windows\System32\Taskmgr.exe"#, "/4"), (#"C:\Windows\System32\gpupdate.exe"#, "/target:computer"),
    (#"C:\Windows\System32\notepad.exe"#, #"C:\Admin\notes.txt"#),
  ]

  func add() throws {
    guard
      let administrator = host.world.scenario.accounts.first(where: { $0.isAdministrator && $0.id.hasPrefix("adm") }),
      let account = host.world.account(administrator.id)
    else { return }
    let setting = NoiseSetting(host: host, rate: rate)
    for day in 0..<host.world.scenario.days {
      let time = host.world.time(day: day, hour: 11) + host.random.ticks(0...(4 * CaseTime.hour))
      guard let uptime = host.uptime(at: time), let winlogon = uptime.processes["winlogon"],
        let services = uptime.processes["winlogonhost"]
      else { continue }
      let origin = CaseHost.Origin(address: "198.51.100.50", port: String(host.ephemeralPort()), name: "ADM01")
      try host.logConnection(
        of: services, at: time - CaseTime.second,
        peer: .init(
          address: origin.address, name: "ADM01.\(host.world.scenario.domain.dns)", port: host.ephemeralPort()),
        localPort: 3389, isInitiated: false)
      let session = try host.logonInteractively(account, at: time, type: 10, origin: origin, terminal: 2)
      let initial = try setting.run(
        #"C:\Windows\System32\userinit.exe"#, #"C:\Windows\system32\userinit.exe"#, at: time + CaseTime.second,
        parent: winlogon, session: session, seconds: 20...30)
      let desktop = try host.start(
        #"C:\Windows\explorer.exe"#, #"C:\Windows\Explorer.EXE"#, at: time + 2 * CaseTime.second, parent: initial)
      try setting.run(
        #"C:\Windows\System32\rdpclip.exe"#, "rdpclip", at: time + 3 * CaseTime.second, parent: services,
        session: session, seconds: 600...1_200)
      for index in 0..<host.random.number(2...4) {
        let tool = host.random.pick(AdminSession.tools)
        try setting.run(
          tool.image, "\"\(tool.image)\" \(tool.arguments)", at: time + UInt64(index + 1) * 3 * CaseTime.minute,
          parent: desktop,
          seconds: 20...170)
      }
      try host.finish(desktop, at: time + 21 * CaseTime.minute)
      try host.logoff(session, at: time + 22 * CaseTime.minute)
    }
  }
}
