/// A generator of what happens on a host on any day: what a hunt has to leave alone.
public enum NoiseGenerator: String, Sendable, CaseIterable {
  /// Programs, connections, files and settings of a person at work.
  case officeDay = "office-day"
  /// An agent that asks WMI: 5857, 5858 with the usual result codes, 5860.
  case inventoryAgent = "inventory-agent"
  /// A nightly backup over the network.
  case backup
  /// Policy refreshes, with what they leave on the domain controller and in WMI-Activity.
  case groupPolicy = "group-policy"
  case windowsUpdate = "windows-update"
  /// Logons of services, and of people and computers at a server.
  case logonLogoff = "logon-logoff"
  case serviceStarts = "service-starts"
  case scheduledTasks = "scheduled-tasks"
  /// An administrator at a server over remote desktop, in working hours and from the usual place.
  case adminSession = "admin-session"

  /// Adds the events of one host.
  /// - Parameter rate: How much, 1 being usual.
  func add(to host: CaseHost, rate: Double) throws {
    let saved = host.random
    host.random = SplitMix64(seed: host.world.seed, host.host.id, rawValue)
    defer { host.random = saved }
    switch self {
    case .officeDay: try OfficeDay(host: host, rate: rate).add()
    case .inventoryAgent: try InventoryAgent(host: host, rate: rate).add()
    case .backup: try Backup(host: host, rate: rate).add()
    case .groupPolicy: try GroupPolicy(host: host, rate: rate).add()
    case .windowsUpdate: try WindowsUpdate(host: host, rate: rate).add()
    case .logonLogoff: try LogonLogoff(host: host, rate: rate).add()
    case .serviceStarts: try ServiceStarts(host: host, rate: rate).add()
    case .scheduledTasks: try ScheduledTasks(host: host, rate: rate).add()
    case .adminSession: try AdminSession(host: host, rate: rate).add()
    }
  }
}

/// What the generators share: a host, and how much they do there.
struct NoiseSetting {
  let host: CaseHost
  let rate: Double

  /// Moments while the host is up, about `minutes` apart at the usual rate.
  func moments(everyMinutes minutes: Double) -> [(uptime: Uptime, time: UInt64)] {
    let interval = UInt64(minutes * Double(CaseTime.minute) / rate)
    return host.moments(every: max(interval, CaseTime.second), &host.random)
  }

  /// A short-lived program: its start, and its end some seconds later.
  @discardableResult
  func run(
    _ image: String, _ commandLine: String, at time: UInt64, parent: CaseProcess, session: CaseSession? = nil,
    seconds: ClosedRange<UInt64> = 1...40
  ) throws -> CaseProcess {
    let process = try host.start(image, commandLine, at: time, parent: parent, session: session)
    try host.finish(
      process,
      at: time + host.random.ticks((seconds.lowerBound * CaseTime.second)...(seconds.upperBound * CaseTime.second)))
    return process
  }
}
