/// What a rule asks of one event: a tree of conditions over named fields, with every modifier, selection and
/// quantifier already resolved (Sigma 2.1, "Detection" and "Condition").
///
/// Trees are built by `SigmaRule`; engines compile them. A tree never knows Windows: field names are the rule's own.
public indirect enum Expression: Hashable, Sendable {
  /// True when all are; true when empty.
  case all([Expression])
  /// True when one is; false when empty.
  case any([Expression])
  case not(Expression)
  /// A field of the event against one predicate. A field with several values matches when one of them does.
  case field(String, Predicate)
  /// Any value of the event, system fields included, each by itself (Sigma 2.1, "Keywords").
  case keyword(Predicate)
}

extension Expression {
  public static let always = Expression.all([])
  public static let never = Expression.any([])

  /// Every field that the tree reads, fields that are compared with included.
  public var fieldNames: Set<String> {
    var names: Set<String> = []
    collectFieldNames(into: &names)
    return names
  }

  private func collectFieldNames(into names: inout Set<String>) {
    switch self {
    case .all(let parts), .any(let parts): for part in parts { part.collectFieldNames(into: &names) }
    case .not(let part): part.collectFieldNames(into: &names)
    case .field(let name, let predicate):
      names.insert(name)
      if case .fieldReference(let other) = predicate { names.insert(other.field) }
    case .keyword: break
    }
  }

  /// Whether the tree looks at every value of an event.
  public var hasKeywords: Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.contains(where: \.hasKeywords)
    case .not(let part): part.hasKeywords
    case .field: false
    case .keyword: true
    }
  }
}
