import Sigma

/// One way for a condition over rules to hold: these matched, those did not. Sets of positions are bits of a word.
struct RuleClause: Hashable, Sendable {
  var present: UInt64
  var absent: UInt64
  /// The positions of `present`, rising: the order in which they have to match.
  var chain: [Int] { (0..<64).filter { present >> UInt64($0) & 1 == 1 } }

  /// The alternatives of a condition, negations carried inwards; nil when there are more than `limit`.
  static func alternatives(of condition: SigmaCorrelation.RuleCondition, limit: Int) -> [RuleClause]? {
    alternatives(of: condition, negated: false, limit: limit)
  }

  private static func alternatives(
    of condition: SigmaCorrelation.RuleCondition, negated: Bool, limit: Int
  ) -> [RuleClause]? {
    switch condition {
    case .rule(let position):
      let bit = UInt64(1) << UInt64(position)
      return [negated ? RuleClause(present: 0, absent: bit) : RuleClause(present: bit, absent: 0)]
    case .not(let part): return alternatives(of: part, negated: !negated, limit: limit)
    case .any(let parts) where !negated, .all(let parts) where negated:
      var clauses: [RuleClause] = []
      for part in parts {
        guard let more = alternatives(of: part, negated: negated, limit: limit) else { return nil }
        clauses.append(contentsOf: more)
        guard clauses.count <= limit else { return nil }
      }
      return clauses
    case .all(let parts), .any(let parts):
      var clauses = [RuleClause(present: 0, absent: 0)]
      for part in parts {
        guard let more = alternatives(of: part, negated: negated, limit: limit) else { return nil }
        guard clauses.count * more.count <= limit else { return nil }
        clauses = clauses.flatMap { left in more.compactMap { left.and($0) } }
      }
      return clauses
    }
  }

  /// Nil when nothing can be both.
  private func and(_ other: RuleClause) -> RuleClause? {
    let both = RuleClause(present: present | other.present, absent: absent | other.absent)
    return both.present & both.absent == 0 ? both : nil
  }
}

extension SigmaCorrelation.RuleCondition {
  /// Whether it holds when just the rules of `present` matched.
  func holds(_ present: UInt64) -> Bool {
    switch self {
    case .rule(let position): present >> UInt64(position) & 1 == 1
    case .all(let parts): parts.allSatisfy { $0.holds(present) }
    case .any(let parts): parts.contains { $0.holds(present) }
    case .not(let part): !part.holds(present)
    }
  }

  var hasNegation: Bool {
    switch self {
    case .rule: false
    case .all(let parts), .any(let parts): parts.contains(where: \.hasNegation)
    case .not: true
    }
  }

  /// Whether it names positions below `count` only and nests no deeper than `depth`.
  func isSound(rules count: Int, depth: Int) -> Bool {
    guard depth > 0 else { return false }
    return switch self {
    case .rule(let position): (0..<count).contains(position)
    case .all(let parts), .any(let parts): parts.allSatisfy { $0.isSound(rules: count, depth: depth - 1) }
    case .not(let part): part.isSound(rules: count, depth: depth - 1)
    }
  }
}
