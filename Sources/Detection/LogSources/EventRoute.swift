/// Which events a rule is tried on: those of a channel, written by a provider, with one of some event ids.
///
/// A record that was forwarded keeps the channel of the host that wrote it, so `ForwardedEvents` is never a route.
public struct EventRoute: Hashable, Sendable {
  /// The channel's full name, compared without regard to letter case; `anyChannel` for every channel.
  public var channel: String
  /// The provider's name, compared without regard to letter case; nil when several providers write what is meant.
  public var provider: String?
  /// In rising order, none twice; nil for every event of the channel.
  public var eventIDs: [UInt32]?

  /// The `channel` of a route that takes events of every channel.
  public static let anyChannel = ""

  public init(_ channel: String, provider: String? = nil, eventIDs: [UInt32]? = nil) {
    self.channel = channel
    self.provider = provider
    self.eventIDs = eventIDs.map { Set($0).sorted() }
  }
}

extension EventRoute {
  /// Whether an event goes this way.
  ///
  /// An event without a provider passes: exports often leave it out, and what is missing is no reason to drop evidence.
  public func admits(channel: String, provider: String?, eventID: UInt32) -> Bool {
    admits(channel: channel, provider: provider) && eventIDs?.contains(eventID) ?? true
  }

  /// Whether events of a channel and provider go this way, whatever their id.
  public func admits(channel: String, provider: String?) -> Bool {
    guard self.channel == EventRoute.anyChannel || self.channel.isEqualIgnoringCase(to: channel) else { return false }
    guard let wanted = self.provider, let provider, !provider.isEmpty else { return true }
    return wanted.isEqualIgnoringCase(to: provider)
  }

  /// The part of the route with these event ids; nil when nothing is left.
  func narrowed(to wanted: Set<UInt32>?) -> EventRoute? {
    guard let wanted else { return self }
    let left = eventIDs.map { $0.filter(wanted.contains) } ?? wanted.sorted()
    return left.isEmpty ? nil : EventRoute(channel, provider: provider, eventIDs: left)
  }
}

extension String {
  func isEqualIgnoringCase(to other: String) -> Bool {
    self == other || lowercased() == other.lowercased()
  }
}
