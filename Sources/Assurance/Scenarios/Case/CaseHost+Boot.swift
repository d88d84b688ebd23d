import WindowsFormats

/// The starts of a host. Everything that runs later descends from a process that is logged here.
extension CaseHost {
  /// Plans the uptimes of the case: a workstation is on in working hours, a server from the first hour to the end.
  func plan() {
    let silence = host.silence.map { world.start + $0 } ?? world.end
    if isWorkstation {
      for day in 0..<world.scenario.days {
        let start = world.time(day: day, hour: 8, minute: 20) + random.ticks(0...(25 * CaseTime.minute))
        let end = world.time(day: day, hour: 18, minute: 5) + random.ticks(0...(70 * CaseTime.minute))
        if start < silence { add(Uptime(start..<min(end, silence))) }
      }
    } else {
      let start = world.start + random.ticks(CaseTime.minute...(20 * CaseTime.minute))
      if start < silence { add(Uptime(start..<silence)) }
    }
  }

  func boot(_ uptime: Uptime) throws {
    let start = uptime.range.lowerBound
    try log(FurtherEvents.logServiceStarted, at: start + CaseTime.second, [:])
    try startKernel(uptime, at: start)
    try startServices(uptime, at: start + 3 * CaseTime.second)
    try logonService(.system, at: start + 3 * CaseTime.second)
    try logonService(.networkService, at: start + 4 * CaseTime.second)
    try logonService(.localService, at: start + 5 * CaseTime.second)
    try log(
      FurtherEvents.sysmonState, at: start + 6 * CaseTime.second, processID: processID("sysmon", at: start),
      [
        "UtcTime": sysmonTime(start + 6 * CaseTime.second), "State": "Started", "Version": "15.15",
        "SchemaVersion": "4.90",
      ])
    try logManagementStart(at: start + 38 * CaseTime.second + random.ticks(0...(20 * CaseTime.second)))
    try startDesktop(uptime)
  }

  private func startKernel(_ uptime: Uptime, at start: UInt64) throws {
    let system = CaseProcess(
      processID: 4, guid: processGUID(4, at: start), image: "System", commandLine: "", session: .system,
      integrity: .system)
    uptime.processes["system"] = system
    let manager = try keep("smss", #"\SystemRoot\System32\smss.exe"#, #"C:\Windows\System32\smss.exe"#, system, uptime)
    try keep(
      "csrss",
      #"%SystemRoot%\system32\csrss.exe ObjectDirectory=\Windows SharedSection=1024,20480,768 Windows=On SubSystemType=Windows"#,
      #"C:\Windows\System32\csrss.exe"#, manager, uptime)
    let initial = try keep("wininit", "wininit.exe", #"C:\Windows\System32\wininit.exe"#, manager, uptime)
    try keep("winlogon", "winlogon.exe", #"C:\Windows\System32\winlogon.exe"#, manager, uptime)
    try keep("services", #"C:\Windows\system32\services.exe"#, #"C:\Windows\System32\services.exe"#, initial, uptime)
    try keep("lsass", #"C:\Windows\system32\lsass.exe"#, #"C:\Windows\System32\lsass.exe"#, initial, uptime)
  }

  /// Name, arguments of svchost, session.
  private static let sharedServices: [(name: String, arguments: String, session: CaseSession)] = [
    ("dcomlaunch", "-k DcomLaunch -p", .system), ("rpcss", "-k RPCSS -p", .networkService),
    ("eventlog", "-k LocalServiceNetworkRestricted -p -s EventLog", .localService),
    ("schedule", "-k netsvcs -p -s Schedule", .system), ("gpsvc", "-k netsvcs -p -s gpsvc", .system),
    ("winmgmt", "-k netsvcs -p -s Winmgmt", .system), ("winlogonhost", "-k netsvcs -p -s seclogon", .system),
    ("dnscache", "-k NetworkService -p -s Dnscache", .networkService),
    ("lanmanserver", "-k netsvcs -p -s LanmanServer", .system),
    ("wscsvc", "-k LocalServiceNetworkRestricted -p -s wscsvc", .localService),
  ]

  private func startServices(_ uptime: Uptime, at start: UInt64) throws {
    guard let services = uptime.processes["services"] else { return }
    for service in CaseHost.sharedServices where service.name != "wscsvc" || isWorkstation {
      try keep(
        service.name, #"C:\Windows\system32\svchost.exe "# + service.arguments, #"C:\Windows\System32\svchost.exe"#,
        services, uptime, session: service.session)
    }
    try keep("spooler", #"C:\Windows\System32\spoolsv.exe"#, #"C:\Windows\System32\spoolsv.exe"#, services, uptime)
    try keep("sysmon", #"C:\Windows\Sysmon64.exe"#, #"C:\Windows\Sysmon64.exe"#, services, uptime)
    let defender = #"C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.26080.5-0\MsMpEng.exe"#
    try keep("defender", "\"\(defender)\"", defender, services, uptime)
    if host.role == .domainController {
      try keep("dns", #"C:\Windows\system32\dns.exe"#, #"C:\Windows\System32\dns.exe"#, services, uptime)
      try keep("dfsrs", #"C:\Windows\system32\DFSRs.exe"#, #"C:\Windows\System32\dfsrs.exe"#, services, uptime)
    }
    guard !isWorkstation else { return }
    let states = [
      ("Windows Management Instrumentation", "Winmgmt"), ("Server", "LanmanServer"), ("DNS Client", "Dnscache"),
      ("Group Policy Client", "gpsvc"), ("Print Spooler", "Spooler"),
    ]
    for (index, state) in states.enumerated() {
      try logServiceState(state.0, state.1, isRunning: true, at: start + UInt64(index + 1) * 700 * CaseTime.millisecond)
    }
  }

  @discardableResult
  private func keep(
    _ name: String, _ commandLine: String, _ image: String, _ parent: CaseProcess, _ uptime: Uptime,
    session: CaseSession = .system
  ) throws -> CaseProcess {
    let time = uptime.range.lowerBound + UInt64(uptime.processes.count) * 410 * CaseTime.millisecond
    let process = try start(image, commandLine, at: time, parent: parent, session: session, integrity: .system)
    uptime.processes[name] = process
    return process
  }

  /// The person at a workstation logs on, and the desktop starts.
  private func startDesktop(_ uptime: Uptime) throws {
    guard let id = host.user, let account = world.account(id), let winlogon = uptime.processes["winlogon"] else {
      return
    }
    let time = uptime.range.lowerBound + 50 * CaseTime.second + random.ticks(0...(60 * CaseTime.second))
    guard uptime.range.contains(time) else { return }
    let session = try logonInteractively(account, at: time)
    uptime.userSession = session
    let initial = try start(
      #"C:\Windows\System32\userinit.exe"#, #"C:\Windows\system32\userinit.exe"#, at: time + 800 * CaseTime.millisecond,
      parent: winlogon, session: session, integrity: .medium)
    uptime.processes["explorer"] = try start(
      #"C:\Windows\explorer.exe"#, #"C:\Windows\Explorer.EXE"#, at: time + 1_300 * CaseTime.millisecond, parent: initial
    )
    try finish(initial, at: time + 28 * CaseTime.second)
    // Whoever goes home logs off; a host that goes silent does not get to it.
    let isSilenced = host.silence.map { uptime.range.upperBound == world.start + $0 } ?? false
    if !isSilenced, uptime.range.upperBound < world.end {
      try logoff(session, at: uptime.range.upperBound - 20 * CaseTime.second)
      try log(FurtherEvents.logServiceStopped, at: uptime.range.upperBound - 4 * CaseTime.second, [:])
    }
  }
}
