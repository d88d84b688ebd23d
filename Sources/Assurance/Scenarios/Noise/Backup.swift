import WindowsFormats

/// A backup server copies documents of a file server every night, by its own account and from its own address.
struct Backup {
  let host: CaseHost
  let rate: Double

  private static let folders = ["Projects", "Accounting", "Personnel", "Sales", "Archive", "Templates", "営業"]

  func add() throws {
    guard let account = host.world.scenario.accounts.first(where: { $0.name.contains("backup") }) else { return }
    guard let account = host.world.account(account.id) else { return }
    for day in 0..<host.world.scenario.days {
      let start = host.world.time(day: day, hour: 2, minute: 30) + host.random.ticks(0...(9 * CaseTime.minute))
      guard host.uptime(at: start) != nil else { continue }
      let origin = CaseHost.Origin(address: "198.51.100.40", port: String(host.ephemeralPort()), name: "BACKUP01")
      let session = try host.logonFromNetwork(account, at: start, origin: origin)
      var time = start
      for _ in 0..<Int(40 * rate) {
        time += host.random.ticks(CaseTime.second...(50 * CaseTime.second))
        let folder = host.random.pick(Backup.folders)
        try host.logShare(
          "Data$", path: #"D:\Data"#, file: "\(folder)\\\(host.random.number(1...400)).docx", mask: 0x12_0089,
          accesses: ["%%1538", "%%1541", "%%4416", "%%4419", "%%4423"], by: session, at: time)
      }
      try host.logoff(session, at: time + 20 * CaseTime.second)
    }
  }
}
