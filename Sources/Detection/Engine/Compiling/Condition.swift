import Sigma

/// A rule's expression over numbered atoms: `not` stands at atoms only, and what is asked of one field by literals is
/// one atom however many literals there are.
indirect enum Condition: Hashable {
  case constant(Bool)
  case atom(Int32, isNegated: Bool)
  case all([Condition])
  case any([Condition])

  /// Conditions that must all hold, or one of which must: flattened, without repetitions, constants worked in.
  static func joined(_ parts: [Condition], isAll: Bool) -> Condition {
    var kept: [Condition] = []
    var seen: Set<Condition> = []
    func add(_ part: Condition) -> Bool {
      switch part {
      case .constant(let value):
        if value != isAll { return false }
      case .all(let inner) where isAll:
        for part in inner where !add(part) { return false }
      case .any(let inner) where !isAll:
        for part in inner where !add(part) { return false }
      default: if seen.insert(part).inserted { kept.append(part) }
      }
      return true
    }
    for part in parts where !add(part) { return .constant(!isAll) }
    if kept.isEmpty { return .constant(isAll) }
    if kept.count == 1 { return kept[0] }
    return isAll ? .all(kept) : .any(kept)
  }
}

/// Turns expressions into conditions, giving numbers to what they ask.
struct ConditionBuilder {
  var atoms = AtomTable()

  enum Failure: Error { case refused(RuleRefusal.Reason) }

  /// - Throws: `Failure` when the expression cannot be compiled.
  mutating func condition(_ expression: Expression, isNegated: Bool = false, depth: Int = 0) throws -> Condition {
    guard depth < EngineLimits.expressionDepth else { throw Failure.refused(.nestedTooDeep) }
    switch expression {
    case .not(let part): return try condition(part, isNegated: !isNegated, depth: depth + 1)
    case .field(let name, let predicate):
      return .atom(try atoms.atom(field: atoms.field(name), predicate), isNegated: isNegated)
    case .keyword(let predicate):
      return .atom(try atoms.atom(field: FieldNumbers.anyValue, predicate), isNegated: isNegated)
    case .all(let parts):
      let conditions = try parts.map { try condition($0, isNegated: isNegated, depth: depth + 1) }
      return .joined(conditions, isAll: !isNegated)
    case .any(let parts): return try alternatives(parts, isNegated: isNegated, depth: depth)
    }
  }

  /// Alternatives: those that are literals of one field become one atom.
  private mutating func alternatives(_ parts: [Expression], isNegated: Bool, depth: Int) throws -> Condition {
    var groups: [(field: Int32, literals: [Literal])] = []
    var groupOfField: [Int32: Int] = [:]
    var conditions: [Condition] = []
    // Alternatives within alternatives are alternatives.
    var pending: [(expression: Expression, depth: Int)] = parts.reversed().map { ($0, depth + 1) }
    while let (part, depth) = pending.popLast() {
      guard depth < EngineLimits.expressionDepth else { throw Failure.refused(.nestedTooDeep) }
      if case .any(let inner) = part {
        pending += inner.reversed().map { ($0, depth + 1) }
      } else if let literal = try literal(part) {
        if let index = groupOfField[literal.field] {
          groups[index].literals.append(literal)
        } else {
          groupOfField[literal.field] = groups.count
          groups.append((literal.field, [literal]))
        }
      } else {
        conditions.append(try condition(part, isNegated: isNegated, depth: depth))
      }
    }
    for group in groups {
      conditions.append(.atom(try atoms.atom(ofLiterals: group.literals, field: group.field), isNegated: isNegated))
    }
    return .joined(conditions, isAll: isNegated)
  }

  /// The literal that an expression is, when the scan answers it.
  private mutating func literal(_ expression: Expression) throws -> Literal? {
    switch expression {
    case .field(let name, .text(let pattern)): Literal(field: atoms.field(name), pattern)
    case .keyword(.text(let pattern)): Literal(field: FieldNumbers.anyValue, pattern)
    default: nil
    }
  }
}

extension Literal {
  /// Nil for patterns that are more than one literal with a place, that ask for letter case, or for nothing.
  init?(field: Int32, _ pattern: TextPattern) {
    guard !pattern.isCased, let (text, part) = pattern.anchoredLiteral, !text.isEmpty else { return nil }
    self.init(field: field, bytes: Folding.bytes(of: text), part: part)
  }
}
