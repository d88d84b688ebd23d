/// Conditions as tables of decisions: a question, and where to go on after yes and after no.
///
/// There is no stack and no value in between: `all`, `any` and `not` are only in where the answers lead.
struct DecisionCode {
  struct Decision: BitwiseCopyable {
    /// The atom; its complement for one that the scan does not answer.
    var question: Int32
    var whenTrue: Int32
    var whenFalse: Int32
  }

  /// Ends of the way; places of decisions are not negative.
  static let doesNotMatch: Int32 = -1
  static let matches: Int32 = -2

  private(set) var decisions: [Decision] = []
  private let costs: [UInt8]

  /// - Parameter atoms: What the atoms ask: cheap questions come first.
  init(_ atoms: [Atom]) {
    costs = atoms.map { atom in
      switch atom.kind {
      case .literals: 0
      case .exists, .null, .anyText, .emptyText: 1
      case .number, .timePart, .network, .fieldReference: 2
      case .wildcard, .casedWildcard: 3
      case .regularExpression: 4
      }
    }
  }

  /// Appends the decisions of a condition.
  /// - Returns: Where they start.
  mutating func add(_ condition: Condition) -> Int32 {
    add(condition, whenTrue: DecisionCode.matches, whenFalse: DecisionCode.doesNotMatch)
  }

  /// From the end to the start, so that every place is known when it is needed.
  private mutating func add(_ condition: Condition, whenTrue: Int32, whenFalse: Int32) -> Int32 {
    switch condition {
    case .constant(let value): return value ? whenTrue : whenFalse
    case .atom(let atom, let isNegated):
      decisions.append(
        Decision(
          question: costs[Int(atom)] == 0 ? atom : ~atom, whenTrue: isNegated ? whenFalse : whenTrue,
          whenFalse: isNegated ? whenTrue : whenFalse))
      return Int32(decisions.count - 1)
    case .all(let parts):
      return ordered(parts).reversed().reduce(whenTrue) { add($1, whenTrue: $0, whenFalse: whenFalse) }
    case .any(let parts):
      return ordered(parts).reversed().reduce(whenFalse) { add($1, whenTrue: whenTrue, whenFalse: $0) }
    }
  }

  private func ordered(_ parts: [Condition]) -> [Condition] {
    parts.enumerated().map { (cost($0.element), $0.offset, $0.element) }
      .sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }

  /// The dearest question of a condition.
  private func cost(_ condition: Condition) -> UInt8 {
    switch condition {
    case .constant: 0
    case .atom(let atom, _): costs[Int(atom)]
    case .all(let parts), .any(let parts): parts.map(cost).max() ?? 0
    }
  }
}
