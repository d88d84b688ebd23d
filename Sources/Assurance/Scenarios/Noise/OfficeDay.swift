import WindowsFormats

/// A person at a workstation: programs, mail, web pages, documents.
struct OfficeDay {
  let host: CaseHost
  let rate: Double

  private var setting: NoiseSetting { NoiseSetting(host: host, rate: rate) }

  /// Image and arguments of programs that people start, and what their files are called.
  private static let programs: [(image: String, arguments: String, file: String?)] = [
    (#"C:\Program Files\Microsoft Office\root\Office16\OUTLOOK.EXE"#, "", nil),
    (
      #"C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE"#, #"/n "C:\Users\%USER%\Documents\%DOC%.docx""#,
      "docx"
    ),
    (#"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE"#, #""C:\Users\%USER%\Documents\%DOC%.xlsx""#, "xlsx"),
    (#"C:\Program Files\Example Browser\browser.exe"#, "--single-argument https://intranet.%DNS%/", nil),
    (#"C:\Program Files\Example Ledger\ledger.exe"#, "/company:01", nil),
    (#"C:\Windows\System32\notepad.exe"#, #"C:\Users\%USER%\Documents\%DOC%.txt"#, "txt"),
    (#"C:\Windows\System32\SnippingTool.exe"#, "", "png"), (#"C:\Windows\System32\calc.exe"#, "", nil),
  ]
  private static let documents = [
    "報告書", "見積書_第2版", "議事録", "budget-2026", "roster", "inventory", "minutes", "契約一覧", "invoice-0417", "planning",
  ]
  private static let sites = [
    ("mail", 443), ("intranet", 443), ("files", 445), ("proxy", 8080), ("print", 631), ("time", 443), ("wiki", 443),
  ]

  func add() throws {
    for (uptime, time) in setting.moments(everyMinutes: 9) {
      guard let desktop = uptime.processes["explorer"] else { continue }
      try addProgram(at: time, desktop)
    }
    for (uptime, time) in setting.moments(everyMinutes: 4) { try addTraffic(uptime, at: time) }
    for (uptime, time) in setting.moments(everyMinutes: 95) { try addBreak(uptime, at: time) }
  }

  private func fill(_ text: String, _ document: String, _ session: CaseSession) -> String {
    text.replacing("%USER%", with: session.account.name).replacing("%DOC%", with: document)
      .replacing("%DNS%", with: host.world.scenario.domain.dns)
  }

  private func addProgram(at time: UInt64, _ desktop: CaseProcess) throws {
    let program = host.random.pick(OfficeDay.programs)
    let document = host.random.pick(OfficeDay.documents)
    let arguments = fill(program.arguments, document, desktop.session)
    let process = try setting.run(
      program.image, "\"\(program.image)\"" + (arguments.isEmpty ? "" : " " + arguments), at: time, parent: desktop,
      seconds: 30...2_400)
    if let kind = program.file {
      let name = "C:\\Users\\\(desktop.session.account.name)\\Documents\\\(document).\(kind)"
      try host.logFile(name, of: process, at: time + host.random.ticks(CaseTime.second...(25 * CaseTime.second)))
    }
    let recent =
      "HKU\\\(sidText(desktop.session))\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Explorer\\RecentDocs\\MRUListEx"
    try host.logRegistryValue(recent, "Binary Data", of: desktop, at: time + 400 * CaseTime.millisecond)
    if process.name == "browser.exe" {
      for index in 0..<host.random.number(1...4) {
        let start = time + UInt64(index + 1) * 350 * CaseTime.millisecond
        try setting.run(
          program.image, "\"\(program.image)\" --type=renderer --lang=ja --renderer-client-id=\(index + 5)", at: start,
          parent: process, seconds: 5...25)
      }
    }
    try addRequest(of: process, at: time + 2 * CaseTime.second)
  }

  private func sidText(_ session: CaseSession) -> String {
    "S-1-\(session.account.sid.authority)" + session.account.sid.subAuthorities.map { "-\($0)" }.joined()
  }

  private func addRequest(of process: CaseProcess, at time: UInt64) throws {
    let index = host.random.number(0...(OfficeDay.sites.count - 1))
    let site = OfficeDay.sites[index]
    let name = "\(site.0).\(host.world.scenario.domain.dns)"
    let address = "198.51.100.\(20 + index)"
    try host.logQuery(name, address: address, of: process, at: time)
    try host.logConnection(
      of: process, at: time + 30 * CaseTime.millisecond,
      peer: .init(address: address, name: name, port: UInt16(site.1)),
      localPort: host.ephemeralPort())
  }

  /// What goes on without anybody clicking.
  private func addTraffic(_ uptime: Uptime, at time: UInt64) throws {
    guard let resolver = uptime.processes["dnscache"], let desktop = uptime.processes["explorer"] else { return }
    switch host.random.number(0...5) {
    case 0:
      try host.logConnection(
        of: resolver, at: time,
        peer: .init(address: "198.51.100.10", name: "ns.\(host.world.scenario.domain.dns)", port: 53),
        localPort: host.ephemeralPort(), transport: "udp")
    case 1:
      try setting.run(
        #"C:\Windows\System32\RuntimeBroker.exe"#, #"C:\Windows\System32\RuntimeBroker.exe -Embedding"#, at: time,
        parent: uptime.processes["dcomlaunch"] ?? desktop, session: desktop.session, seconds: 10...200)
    case 2:
      try setting.run(
        #"C:\Windows\System32\backgroundTaskHost.exe"#,
        #""C:\Windows\system32\backgroundTaskHost.exe" -ServerName:App.AppXmtcan0h2tfbfy7k9kn8hbxb6dmzz1zh0.mca"#,
        at: time,
        parent: uptime.processes["dcomlaunch"] ?? desktop, session: desktop.session, seconds: 2...30)
    case 3: try addCredentialRead(desktop.session, at: time)
    default: try addRequest(of: desktop, at: time)
    }
  }

  private func addCredentialRead(_ session: CaseSession, at time: UInt64) throws {
    try host.log(
      FurtherEvents.credentialsRead, at: time, processID: host.processID("lsass", at: time),
      [
        "SubjectUserSid": .sid(session.account.sid), "SubjectUserName": .string(session.account.name),
        "SubjectDomainName": .string(session.account.domain), "SubjectLogonId": .hexInt64(session.id),
        "TargetName": "MicrosoftAccount:target=SSO_POP_Device", "Type": 0, "CountOfCredentialsReturned": 0,
        "ReadOperation": "%%8100", "ReturnCode": 3_221_226_021,
        "ProcessCreationTime": .fileTime(time - CaseTime.minute),
        "ClientProcessId": .uint32(host.processID("explorer", at: time)),
      ])
  }

  /// The screen is locked and unlocked again.
  private func addBreak(_ uptime: Uptime, at time: UInt64) throws {
    guard let session = uptime.userSession else { return }
    for (definition, moment) in [
      (FurtherEvents.workstationLocked, time),
      (FurtherEvents.workstationUnlocked, time + host.random.ticks((4 * CaseTime.minute)...(40 * CaseTime.minute))),
    ] {
      try host.log(
        definition, at: moment, processID: host.processID("lsass", at: moment),
        [
          "TargetUserSid": .sid(session.account.sid), "TargetUserName": .string(session.account.name),
          "TargetDomainName": .string(session.account.domain), "TargetLogonId": .hexInt64(session.id), "SessionId": 1,
        ])
    }
  }
}
