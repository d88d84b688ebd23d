import WindowsFormats

/// What the generators of one case share: its hosts, the clock, and chance.
final class CaseWorld {
  let scenario: Scenario
  let seed: UInt64
  let start: UInt64
  private(set) var hosts: [CaseHost] = []

  init(_ scenario: Scenario, seed: UInt64, start: UInt64) {
    self.scenario = scenario
    self.seed = seed
    self.start = start
    hosts = scenario.hosts.map { CaseHost($0, in: self) }
  }

  var end: UInt64 { start + UInt64(scenario.days) * CaseTime.day }
  var eventCount: Int { hosts.reduce(0) { $0 + $1.records.count } }

  func host(_ id: String) -> CaseHost? { hosts.first { $0.host.id == id } }

  /// The domain controller that answers, nil when the case has none or it is down.
  func domainController(at time: UInt64) -> CaseHost? {
    hosts.first { $0.host.role == .domainController && $0.uptime(at: time) != nil }
  }

  func account(_ id: String) -> CaseAccount? {
    guard let account = scenario.accounts.first(where: { $0.id == id }) else { return nil }
    return CaseAccount(
      sid: sid(account.rid), name: account.name, domain: scenario.domain.name,
      isAdministrator: account.isAdministrator)
  }

  func sid(_ rid: UInt32) -> EventLogWriter.SID {
    let domain = scenario.domain.sid
    return EventLogWriter.SID(authority: domain.authority, domain.subAuthorities + [rid])
  }

  /// The moment of a local time of a day, counted from 0.
  func time(day: Int, hour: Int, minute: Int = 0) -> UInt64 {
    start + UInt64(day) * CaseTime.day + UInt64(hour) * CaseTime.hour + UInt64(minute) * CaseTime.minute
  }
}
