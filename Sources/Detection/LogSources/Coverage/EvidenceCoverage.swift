/// Which events the evidence holds at all, and so which rules it could show something to.
///
/// Bounded: a log of a thousand hosts has some hundred channels with a few dozen event ids each. What exceeds the
/// limits is not remembered, and then nothing is said to be absent.
public struct EvidenceCoverage: Hashable, Sendable {
  /// Pairs of channel and provider that are remembered.
  public static let maximumSourceCount = 16_384
  /// Event ids of one pair that are remembered; in event logs an id has 16 bits.
  public static let maximumEventIDCount = 65_536

  /// Channel → provider → event ids, names in lower case; an empty provider where the records name none.
  private var seen: [String: [String: Set<UInt32>]] = [:]
  private var sourceCount = 0
  /// Whether something was seen that is not remembered.
  public private(set) var isSaturated = false

  public init() {}

  /// Notes that an event was read. Meant to be called once for each new combination.
  public mutating func note(channel: String, provider: String?, eventID: UInt32) {
    note(channel.lowercased(), (provider ?? "").lowercased(), [eventID])
  }

  /// Joins what another worker has seen; the order does not matter.
  public mutating func merge(_ other: EvidenceCoverage) {
    for (channel, providers) in other.seen {
      for (provider, eventIDs) in providers { note(channel, provider, eventIDs) }
    }
    isSaturated = isSaturated || other.isSaturated
  }

  private mutating func note(_ channel: String, _ provider: String, _ eventIDs: Set<UInt32>) {
    if seen[channel]?[provider] == nil {
      guard sourceCount < EvidenceCoverage.maximumSourceCount else {
        isSaturated = true
        return
      }
      sourceCount += 1
    }
    seen[channel, default: [:]][provider, default: []].formUnion(eventIDs)
    if let count = seen[channel]?[provider]?.count, count > EvidenceCoverage.maximumEventIDCount {
      seen[channel]?[provider] = []
      isSaturated = true
    }
  }

  /// What the evidence has for one route.
  public func presence(of route: EventRoute) -> EventPresence {
    if isSaturated { return .present }
    let isAnyChannel = route.channel == EventRoute.anyChannel
    let channel = route.channel.lowercased()
    let channels = isAnyChannel ? Array(seen.values) : seen[channel].map { [$0] } ?? []
    guard !channels.isEmpty else { return .channelMissing }
    let provider = route.provider?.lowercased()
    for (name, eventIDs) in channels.joined() where provider == nil || name.isEmpty || name == provider {
      if route.eventIDs.map({ !eventIDs.isDisjoint(with: $0) }) ?? true { return .present }
    }
    return .eventMissing
  }
}

/// What the evidence has of the events of a route.
public enum EventPresence: String, Hashable, Sendable {
  case present
  /// The channel has events, never one of the provider and event ids meant: the host may not log them.
  case eventMissing = "event-missing"
  case channelMissing = "channel-missing"
}
