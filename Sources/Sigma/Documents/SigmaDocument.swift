/// One YAML document of a rule file.
public enum SigmaDocument: Hashable, Sendable {
  case rule(SigmaRule)
  case correlation(SigmaCorrelation)
  case filter(SigmaFilter)

  public var metadata: SigmaMetadata {
    switch self {
    case .rule(let rule): rule.metadata
    case .correlation(let correlation): correlation.metadata
    case .filter(let filter): filter.metadata
    }
  }
}

/// Why a document was refused, or what is doubtful about it.
public struct SigmaDiagnostic: Hashable, Sendable, Error {
  public enum Severity: String, Hashable, Sendable { case warning, refused }

  public var severity: Severity
  public var location: SigmaLocation
  /// What is wrong, as a key of `Reason` for who translates it, and its subject (a field, a modifier, a value).
  public var reason: Reason
  public var subject: String

  public init(_ reason: Reason, _ subject: String = "", at location: SigmaLocation, severity: Severity = .refused) {
    self.reason = reason
    self.subject = subject
    self.location = location
    self.severity = severity
  }

  /// Reasons, one word each; `rawValue` is stable, for scripts.
  public struct Reason: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
  }
}
