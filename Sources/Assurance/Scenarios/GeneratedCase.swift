public import WindowsFormats

/// The event logs of a scenario, host by host. The same scenario, seed and start give the same bytes.
public struct GeneratedCase: Sendable {
  public var hosts: [Host]

  public struct Host: Sendable {
    /// NetBIOS name; the folder of the host's logs.
    public var name: String
    /// In order of name.
    public var files: [RecipeLog.File]
    /// All events in order of time, those that a cleared log lost included.
    public var events: [EventLogWriter.Event]
    /// How many of them stand in the files.
    public var writtenCount = 0
    /// What shows the steps.
    public var evidence: [Evidence]
  }

  /// A record that shows a step of the scenario.
  public struct Evidence: Hashable, Sendable {
    /// Index in the scenario's steps.
    public var step: Int
    public var file: String
    public var recordID: UInt64
    public var eventID: UInt16
    public var time: UInt64
  }

  /// - Parameters:
  ///   - seed: Chooses what chance chooses: times, identifiers, ports, programs.
  ///   - start: FILETIME of the first midnight, UTC; nil takes the scenario's. The UTC offset is applied to both.
  /// - Throws: `RecipeError` for a scenario that says something impossible.
  public init(_ scenario: Scenario, seed: UInt64 = 1, start: UInt64? = nil) throws {
    let offset = Int64(scenario.utcOffsetMinutes) * 600_000_000
    let local = Int64(clamping: start ?? scenario.start)
    // A FILETIME of the year 9999 has more years behind it than a case has days.
    guard local > offset, local < 2_650_467_744_000_000_000 else {
      throw RecipeError(.wrongValue, "start", at: RecipePlace(file: scenario.name, line: 1, column: 1))
    }
    let world = CaseWorld(scenario, seed: seed, start: UInt64(local - offset))
    for host in world.hosts { host.plan() }
    // A controller first, so that it is up when the others ask it for tickets.
    for host in world.hosts { for uptime in host.uptimes { try host.boot(uptime) } }
    for noise in scenario.noise {
      for id in noise.hosts {
        guard let host = world.host(id) else { continue }
        try noise.generator.add(to: host, rate: noise.rate)
        guard world.eventCount <= RecipeLimits.eventsPerCase else {
          throw RecipeError(.tooMany, "events", at: RecipePlace(file: scenario.name, line: 1, column: 1))
        }
      }
    }
    try StepRunner(world: world).run()
    hosts = []
    for host in world.hosts { hosts.append(try CaseLogs(host).made()) }
  }
}
