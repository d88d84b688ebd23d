extension Expression {
  /// `all` of the parts, or the part itself when there is one.
  static func conjunction(_ parts: [Expression]) -> Expression { parts.count == 1 ? parts[0] : .all(parts) }

  /// `any` of the parts, or the part itself when there is one.
  static func disjunction(_ parts: [Expression]) -> Expression { parts.count == 1 ? parts[0] : .any(parts) }

  /// Predicates and operators of the tree.
  var size: Int {
    switch self {
    case .all(let parts), .any(let parts): parts.reduce(1) { $0 + $1.size }
    case .not(let part): 1 + part.size
    case .field, .keyword: 1
    }
  }
}
