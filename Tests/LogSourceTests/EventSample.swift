import Sigma

@testable import Detection

/// An event as names and texts, and the plainest way to ask it something: the witness of what rewritten rules say.
struct EventSample {
  var fields: [String: String]

  init(_ fields: [String: String]) { self.fields = fields }

  subscript(name: String) -> String? {
    guard let derived = DerivedField(name: name) else { return fields[name] }
    return derived.value(of: derived.inputs.map { fields[$0] })
  }

  func satisfies(_ expression: Expression) -> Bool {
    switch expression {
    case .all(let parts): parts.allSatisfy(satisfies)
    case .any(let parts): parts.contains(where: satisfies)
    case .not(let part): !satisfies(part)
    case .keyword(let predicate): fields.values.contains { predicate.matchesLiterally($0) == true }
    case .field(let name, .null): self[name] == nil
    case .field(let name, .fieldReference(let other)):
      if let value = self[name], let otherValue = self[other.field] { value == otherValue } else { false }
    case .field(let name, let predicate): self[name].map { predicate.matchesLiterally($0) == true } ?? false
    }
  }
}

extension Expression {
  static func has(_ field: String, _ text: String) -> Expression { .field(field, .literal(text)) }

  static func contains(_ field: String, _ text: String) -> Expression {
    .field(field, .text(TextPattern([.anyRun, .literal(text), .anyRun])))
  }

  static func ends(_ field: String, _ text: String) -> Expression {
    .field(field, .text(TextPattern([.anyRun, .literal(text)])))
  }
}

extension SigmaRule {
  init(category: String? = nil, product: String? = "windows", service: String? = nil, _ expression: Expression) {
    self.init(
      metadata: SigmaMetadata(title: "Sample", location: SigmaLocation(path: "sample.yml", line: 1)),
      logSource: SigmaLogSource(category: category, product: product, service: service), expression: expression)
  }

  var sources: RuleSources? {
    if case .resolved(let sources) = LogSourceResolver().resolve(self) { sources } else { nil }
  }

  var unresolved: UnresolvedLogSource? {
    if case .unresolved(let reason) = LogSourceResolver().resolve(self) { reason } else { nil }
  }

  /// What the rule is on the twin of its category.
  var twin: ResolvedSource? { sources?.sources.first(where: \.isTwin) }
}
