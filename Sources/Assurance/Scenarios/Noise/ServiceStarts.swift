import WindowsFormats

/// Services that Windows starts and stops by itself. 7036 is written on servers only; clients have the start type of
/// BITS going to and fro.
struct ServiceStarts {
  let host: CaseHost
  let rate: Double

  private static let services: [(display: String, name: String, arguments: String)] = [
    ("Background Intelligent Transfer Service", "BITS", "-k netsvcs -p -s BITS"),
    ("Windows Update", "wuauserv", "-k netsvcs -p -s wuauserv"),
    ("Device Setup Manager", "DsmSvc", "-k netsvcs -p -s DsmSvc"),
    ("Windows Error Reporting Service", "WerSvc", "-k WerSvcGroup"),
    ("AppX Deployment Service (AppXSVC)", "AppXSvc", "-k wsappx -p -s AppXSvc"),
    ("Client License Service (ClipSVC)", "ClipSVC", "-k wsappx -p -s ClipSVC"),
    ("Software Protection", "sppsvc", ""),
    (
      "WinHTTP Web Proxy Auto-Discovery Service", "WinHttpAutoProxySvc",
      "-k LocalServiceNetworkRestricted -p -s WinHttpAutoProxySvc"
    ),
  ]

  func add() throws {
    let setting = NoiseSetting(host: host, rate: rate)
    for (uptime, time) in setting.moments(everyMinutes: host.isWorkstation ? 11 : 22) {
      guard let services = uptime.processes["services"] else { continue }
      let service = host.random.pick(ServiceStarts.services)
      let image = service.arguments.isEmpty ? #"C:\Windows\System32\sppsvc.exe"# : #"C:\Windows\System32\svchost.exe"#
      let session: CaseSession = service.arguments.isEmpty ? .networkService : .system
      let length = host.random.ticks((40 * CaseTime.second)...(600 * CaseTime.second))
      let process = try host.start(
        image, (image.replacing("System32", with: "system32") + " " + service.arguments), at: time, parent: services,
        session: session, integrity: .system)
      try host.finish(process, at: time + length)
      if !host.isWorkstation {
        try host.logServiceState(service.display, service.name, isRunning: true, at: time + 80 * CaseTime.millisecond)
        try host.logServiceState(service.display, service.name, isRunning: false, at: time + length)
      } else if service.name == "BITS" {
        try host.logStartType(service.display, service.name, from: "auto start", to: "demand start", at: time)
        try host.logStartType(service.display, service.name, from: "demand start", to: "auto start", at: time + length)
      }
    }
  }
}
