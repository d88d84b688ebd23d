public import Sigma

/// One kind of event that a rule can be checked on, and the rule in the field names of these events.
public struct ResolvedSource: Hashable, Sendable {
  /// Short and stable, such as `sysmon` or `security-4688`.
  public var label: String
  public var routes: [EventRoute]
  /// What is asked of an event; names that begin with `yagura.` are those of a `DerivedField`.
  public var expression: Expression
  /// Whether the events say the same in other fields than those the rule was written for.
  public var isTwin: Bool
  /// Fields that filters of the rule look at and these events lack, sorted: what they would leave out is reported here.
  public var lostFilterFields: [String]

  /// Whether the rule reports more on these events than its author meant.
  public var isWeakened: Bool { !lostFilterFields.isEmpty }

  public init(
    label: String, routes: [EventRoute], expression: Expression, isTwin: Bool = false, lostFilterFields: [String] = []
  ) {
    self.label = label
    self.routes = routes
    self.expression = expression
    self.isTwin = isTwin
    self.lostFilterFields = lostFilterFields
  }
}

/// A twin that a rule is not checked on.
public struct UnusedTwin: Hashable, Sendable {
  public enum Reason: String, Hashable, Sendable {
    /// What the rule asks for by `and` is in none of these events.
    case cannotFire = "cannot-fire"
    /// The rule would fire on every event, or only because fields are missing.
    case firesByAbsence = "fires-by-absence"
  }

  public var label: String
  public var reason: Reason

  public init(label: String, reason: Reason) {
    self.label = label
    self.reason = reason
  }
}

/// Where a rule can be checked.
public struct RuleSources: Hashable, Sendable {
  /// Never empty; the events that the rule was written for come first.
  public var sources: [ResolvedSource]
  public var unusedTwins: [UnusedTwin]

  public init(sources: [ResolvedSource], unusedTwins: [UnusedTwin] = []) {
    self.sources = sources
    self.unusedTwins = unusedTwins
  }
}

/// Why a rule cannot be checked on Windows event logs.
public enum UnresolvedLogSource: Hashable, Sendable {
  /// The rule names no product, category or service.
  case empty
  /// The rule is for another product, such as `linux`.
  case otherProduct(String)
  case unknownCategory(String)
  case unknownService(String)
  /// The category is known, but no event log holds its events.
  case noEventLog(category: String)
  /// The service's channels have no events of the category.
  case categoryNotInService(category: String, service: String)
  /// The rule asks for event ids or fields that its log source does not have.
  case cannotFire

  /// Stable, for scripts.
  public var code: String {
    switch self {
    case .empty: "empty-log-source"
    case .otherProduct: "other-product"
    case .unknownCategory: "unknown-category"
    case .unknownService: "unknown-service"
    case .noEventLog: "no-event-log"
    case .categoryNotInService: "category-not-in-service"
    case .cannotFire: "cannot-fire"
    }
  }

  /// What the reason is about: the product, category or service as the rule writes it; empty when there is none.
  public var subject: String {
    switch self {
    case .empty, .cannotFire: ""
    case .otherProduct(let name), .unknownCategory(let name), .unknownService(let name), .noEventLog(let name): name
    case .categoryNotInService(let category, let service): "\(category), \(service)"
    }
  }
}

public enum LogSourceResolution: Hashable, Sendable {
  case resolved(RuleSources)
  case unresolved(UnresolvedLogSource)
}
