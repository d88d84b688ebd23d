import Sigma

/// Chooses for each entry the literals of which one must stand in an event for the entry to match: only then is its
/// code run. Of conditions that must all hold one will do, and the one that events have most rarely is chosen.
struct RequiredLiterals {
  /// How rare each atom's literals are thought to be; nil for atoms that say nothing.
  private let strengths: [Int?]
  private let requirements: [Int32]

  private struct Choice {
    var atoms: [Int32]
    var strength: Int
  }

  init(_ table: AtomTable) {
    requirements = table.requirements
    // A literal that many rules ask for is one that many events have.
    var uses: [Literal: Int] = [:]
    for literals in table.literalSets { for literal in literals { uses[literal, default: 0] += 1 } }
    strengths = table.atoms.map { atom in
      // What decides whether the entry is looked at all says nothing more.
      guard atom.kind == .literals, !FieldNumbers.isKey(atom.field) else { return nil }
      let literals = table.literalSets[Int(atom.parameter)]
      let weakest = literals.map { RequiredLiterals.strength($0, uses: uses[$0] ?? 1) }.min() ?? 0
      return weakest - 3 * RequiredLiterals.logarithm(literals.count)
    }
  }

  private static func strength(_ literal: Literal, uses: Int) -> Int {
    let length = min(literal.bytes.count, 14)
    // A text that stands anywhere stands in more values than one with a place.
    return length * 10 + (literal.part == .anywhere ? 0 : 20) - 12 * logarithm(uses)
  }

  private static func logarithm(_ count: Int) -> Int { Int.bitWidth - 1 - max(count, 1).leadingZeroBitCount }

  /// Atoms of literals, one of which must hold; nil when the condition requires none.
  func choose(for condition: Condition) -> [Int32]? { choice(condition)?.atoms }

  private func choice(_ condition: Condition) -> Choice? {
    switch condition {
    case .constant(let value): return value ? nil : Choice(atoms: [], strength: .max)
    case .atom(_, isNegated: true): return nil
    case .atom(let atom, isNegated: false):
      let required = requirements[Int(atom)]
      guard required >= 0, let strength = strengths[Int(required)] else { return nil }
      return Choice(atoms: [required], strength: strength)
    case .all(let parts):
      return parts.compactMap(choice).reduce(nil) { best, next in
        best.map { $0.strength >= next.strength ? $0 : next } ?? next
      }
    case .any(let parts):
      var union = Choice(atoms: [], strength: .max)
      for part in parts {
        guard let next = choice(part) else { return nil }
        union.atoms += next.atoms
        union.strength = min(union.strength, next.strength)
      }
      var seen: Set<Int32> = []
      union.atoms.removeAll { !seen.insert($0).inserted }
      return union
    }
  }
}
