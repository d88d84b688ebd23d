import WindowsFormats

/// A host of a case while its events are made.
final class CaseHost {
  let host: Scenario.Host
  unowned let world: CaseWorld
  var random: SplitMix64
  /// In the order in which they were made.
  private(set) var records: [CaseRecord] = []
  private(set) var uptimes: [Uptime] = []
  /// Processes, sessions and ports that steps have named.
  var named = NamedThings()
  /// Logs that were cleared or archived, in the order of the steps.
  var logActions: [LogAction] = []
  /// The step whose events are being made.
  var step: Int?
  private let machine: UInt32

  struct NamedThings {
    var processes: [String: CaseProcess] = [:]
    var sessions: [String: CaseSession] = [:]
    var ports: [String: UInt16] = [:]
  }

  struct LogAction {
    enum Kind { case clear, archive }
    var kind: Kind
    var channel: String
    var time: UInt64
  }

  init(_ host: Scenario.Host, in world: CaseWorld) {
    self.host = host
    self.world = world
    random = SplitMix64(seed: world.seed, host.id)
    machine = UInt32(truncatingIfNeeded: random.next()) | 0x1000_0000
  }

  var fullName: String { "\(host.name).\(world.scenario.domain.dns)" }
  var isWorkstation: Bool { host.role == .workstation }

  /// The host's own account, as the network and the Security log know LocalSystem.
  var machineAccount: CaseAccount {
    let rid = 1_600 + UInt32(world.scenario.hosts.firstIndex { $0.id == host.id } ?? 0)
    return CaseAccount(sid: world.sid(rid), name: host.name + "$", domain: world.scenario.domain.name)
  }

  // MARK: Uptimes

  func add(_ uptime: Uptime) { uptimes.append(uptime) }

  func uptime(at time: UInt64) -> Uptime? { uptimes.first { $0.range.contains(time) } }

  /// Moments while the host is up, about `interval` apart.
  func moments(every interval: UInt64, _ random: inout SplitMix64) -> [(uptime: Uptime, time: UInt64)] {
    var moments: [(Uptime, UInt64)] = []
    for uptime in uptimes {
      // The first minutes belong to the start of the host.
      var time = uptime.range.lowerBound + 3 * CaseTime.minute + random.ticks(0...interval)
      while time + CaseTime.minute < uptime.range.upperBound {
        moments.append((uptime, time))
        time += interval / 2 + random.ticks(0...interval)
      }
    }
    return moments
  }

  // MARK: Events

  /// Adds an event, unless the host is down at that time.
  func add(_ event: EventLogWriter.Event) {
    guard uptime(at: event.time) != nil else { return }
    var event = event
    if event.threadID == 8 { event.threadID = 8 + UInt32(event.time / 10_007 % 900) * 4 }
    records.append(CaseRecord(event: event, step: step))
  }

  func log(
    _ definition: EventDefinition, at time: UInt64, processID: UInt32 = 4, userSID: EventLogWriter.SID? = nil,
    level: UInt8? = nil, _ values: KeyValuePairs<String, EventLogWriter.Value>
  ) throws {
    var event = try definition.event(
      time: time, computer: fullName, processID: processID, userSID: userSID, values)
    event.level = level ?? event.level
    add(event)
  }

  /// The process that writes a log.
  func processID(_ name: String, at time: UInt64) -> UInt32 { uptime(at: time)?.processes[name]?.processID ?? 4 }

  // MARK: Identifiers

  /// GUIDs of Sysmon begin with the machine's, and hold the time.
  func processGUID(_ processID: UInt32, at time: UInt64) -> EventLogWriter.GUID {
    let seconds = UInt32(truncatingIfNeeded: time / CaseTime.second)
    return EventLogWriter.GUID(
      machine, UInt16(truncatingIfNeeded: seconds >> 16), UInt16(truncatingIfNeeded: seconds),
      UInt64(processID) << 40 | time & 0xFF_FFFF_FFFF)
  }

  func logonGUID(_ session: CaseSession) -> EventLogWriter.GUID {
    EventLogWriter.GUID(machine, 0x5B1D, 0x6522, session.id)
  }

  /// The session number differs between the users of one moment, but never at one host here.
  func logonID(at time: UInt64) -> UInt64 { uptime(at: time)?.takeLogonID(at: time) ?? 0x1_2000 }

  func ephemeralPort() -> UInt16 { UInt16(random.number(49_700...65_200)) }
}

/// An event and the step of the scenario that it shows; nil for what is ordinary.
struct CaseRecord {
  var event: EventLogWriter.Event
  var step: Int?
}
