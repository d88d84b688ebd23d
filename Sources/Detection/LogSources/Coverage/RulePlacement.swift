/// The events that a rule is checked on, without the rule itself: what is left to say when it is compiled.
public enum RulePlacement: Hashable, Sendable {
  public struct Source: Hashable, Sendable {
    /// As of `ResolvedSource`.
    public var label: String
    public var routes: [EventRoute]

    public init(label: String, routes: [EventRoute]) {
      self.label = label
      self.routes = routes
    }
  }

  /// Never empty; the events that the rule was written for come first.
  case checked([Source])
  /// A correlation: it is checked on the matches of others.
  case correlated
  case unresolved(UnresolvedLogSource)

  public init(_ resolution: LogSourceResolution) {
    switch resolution {
    case .resolved(let found): self = .checked(found.sources.map { Source(label: $0.label, routes: $0.routes) })
    case .unresolved(let reason): self = .unresolved(reason)
    }
  }
}
