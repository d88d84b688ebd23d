/// A detection rule (Sigma 2.1, "Sigma Rules"), its detection resolved into one tree.
public struct SigmaRule: Hashable, Sendable {
  public var metadata: SigmaMetadata
  public var logSource: SigmaLogSource
  /// The rule's condition over its selections; a list of conditions is the `any` of them.
  public var expression: Expression
  /// `fields`: names of interest to who reads a finding.
  public var fields: [String]

  public init(metadata: SigmaMetadata, logSource: SigmaLogSource, expression: Expression, fields: [String] = []) {
    self.metadata = metadata
    self.logSource = logSource
    self.expression = expression
    self.fields = fields
  }
}

/// `logsource`: all lower case, absent when the rule does not say.
public struct SigmaLogSource: Hashable, Sendable {
  public var category: String?
  public var product: String?
  public var service: String?

  public init(category: String? = nil, product: String? = nil, service: String? = nil) {
    self.category = category
    self.product = product
    self.service = service
  }
}

/// Severity, in rising order.
public enum SigmaLevel: String, Hashable, Sendable, CaseIterable, Comparable {
  case informational, low, medium, high, critical

  public static func < (left: SigmaLevel, right: SigmaLevel) -> Bool {
    allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
  }
}

public enum SigmaStatus: String, Hashable, Sendable, CaseIterable {
  case stable, test, experimental, deprecated, unsupported
}

/// Where a document stands: a file and the lines in it, counted from 1.
public struct SigmaLocation: Hashable, Sendable {
  public var path: String
  public var line: Int
  public var column: Int

  public init(path: String, line: Int, column: Int = 1) {
    self.path = path
    self.line = line
    self.column = column
  }
}

/// What every kind of document says about itself.
public struct SigmaMetadata: Hashable, Sendable {
  /// The id as written, lower case; nil when there is none.
  public var id: String?
  /// `name`: how correlations speak of the rule.
  public var name: String?
  public var title: String
  public var description: String
  public var status: SigmaStatus?
  public var level: SigmaLevel?
  public var author: String
  public var date: String
  public var modified: String
  public var references: [String]
  public var falsePositives: [String]
  public var tags: [String]
  /// All other keys, those that the specification leaves to the author as well as `related`, `license`, `taxonomy` and
  /// `scope`, as text. Lists and maps are flattened with dots: `explanation.ja`, `related.0.id`; elements count from 0.
  public var custom: [String: String]
  public var location: SigmaLocation

  public init(title: String, location: SigmaLocation) {
    self.title = title
    self.location = location
    description = ""
    author = ""
    date = ""
    modified = ""
    references = []
    falsePositives = []
    tags = []
    custom = [:]
  }
}
