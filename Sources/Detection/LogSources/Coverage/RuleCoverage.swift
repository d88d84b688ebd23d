/// Whether the evidence could show something to a rule, and what it lacks.
public struct RuleCoverage: Hashable, Sendable {
  public enum State: String, Hashable, Sendable {
    /// Events that the rule looks at are there.
    case checked
    /// A channel of the rule is there, but never an event with one of the ids: auditing may be off.
    case eventNeverSeen = "event-never-seen"
    /// No channel of the rule is in the evidence.
    case channelMissing = "channel-missing"
    /// The rule is not about Windows event logs; `unresolved` says why.
    case notAboutEventLogs = "not-about-event-logs"
  }

  public var state: State
  /// Labels of the sources with events.
  public var checkedSources: [String]
  /// Channels that are not in the evidence, sorted, each once.
  public var missingChannels: [String]
  /// Routes whose channel is there and whose events never are.
  public var unseenEvents: [EventRoute]
  public var unresolved: UnresolvedLogSource?

  /// Whether the rule can be said to have found nothing.
  public var isChecked: Bool { state == .checked }
}

extension EvidenceCoverage {
  /// What the evidence says of a rule: one of its sources is enough to check it.
  public func coverage(of resolution: LogSourceResolution) -> RuleCoverage { coverage(of: RulePlacement(resolution)) }

  /// The same for a rule that is compiled; a correlation counts as checked, because its rules are asked themselves.
  public func coverage(of placement: RulePlacement) -> RuleCoverage {
    switch placement {
    case .checked(let sources): coverage(of: sources)
    case .correlated: RuleCoverage(state: .checked, checkedSources: [], missingChannels: [], unseenEvents: [])
    case .unresolved(let reason):
      RuleCoverage(
        state: .notAboutEventLogs, checkedSources: [], missingChannels: [], unseenEvents: [], unresolved: reason)
    }
  }

  private func coverage(of sources: [RulePlacement.Source]) -> RuleCoverage {
    var coverage = RuleCoverage(state: .channelMissing, checkedSources: [], missingChannels: [], unseenEvents: [])
    var missing: Set<String> = []
    for source in sources {
      let presences = source.routes.map { (route: $0, presence: presence(of: $0)) }
      if presences.contains(where: { $0.presence == .present }) { coverage.checkedSources.append(source.label) }
      missing.formUnion(presences.filter { $0.presence == .channelMissing }.map(\.route.channel))
      coverage.unseenEvents += presences.filter { $0.presence == .eventMissing }.map(\.route)
    }
    coverage.missingChannels = missing.filter { !$0.isEmpty }.sorted()
    if !coverage.checkedSources.isEmpty {
      coverage.state = .checked
    } else if !coverage.unseenEvents.isEmpty {
      coverage.state = .eventNeverSeen
    }
    return coverage
  }
}
