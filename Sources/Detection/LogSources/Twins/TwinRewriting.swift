import Sigma

/// Puts a rule for a twin and decides whether it can fire there.
///
/// A twin never has some of the fields that a rule looks at. The decision is made on the tree, in which every part is
/// one of three things for the twin's events: it can hold because of what an event says (*evidence*), it always holds
/// *by absence* (`not` of a missing field, `null` of one), or it never holds. A predicate on a missing field is
/// false, except `null`, which is true.
/// - `and`: parts that hold by absence drop out, one that never holds takes the whole with it.
/// - `or`: parts that never hold drop out. When one holds by absence, the whole does; the others still are evidence.
/// - A rule is used when evidence is left, and alternatives that hold by absence alone are left out: firing on every
///   event that lacks a field which all of them lack says nothing.
/// - A rule that asks for something must still ask for something. One with nothing but filters left is not used.
///
/// A filter over a missing field leaves nothing out. The rule is still used, and the field is noted.
struct TwinRewriting {
  let map: TwinMap
  let aspect: TwinMap.Aspect

  enum Result: Hashable {
    case usable(Expression, lostFilterFields: Set<String>)
    case unusable(UnusedTwin.Reason)
  }

  func rewrite(_ expression: Expression) -> Result {
    let outcome = evaluate(expression, isFilter: false)
    guard let evidence = outcome.evidence else {
      return .unusable(outcome.holdsByAbsence ? .firesByAbsence : .cannotFire)
    }
    if expression.asksForSomething(), !evidence.asksForSomething() { return .unusable(.firesByAbsence) }
    return .usable(evidence, lostFilterFields: outcome.lost)
  }

  private struct Outcome {
    var holdsByAbsence = false
    /// What is asked of the event; nil when nothing it says makes the part hold.
    var evidence: Expression?
    /// Missing fields that filters within the part look at.
    var lost: Set<String> = []

    var neverHolds: Bool { !holdsByAbsence && evidence == nil }
  }

  /// - Parameter isFilter: Within an odd number of `not`.
  private func evaluate(_ expression: Expression, isFilter: Bool) -> Outcome {
    switch expression {
    case .all(let parts): return all(parts.map { evaluate($0, isFilter: isFilter) }, isFilter: isFilter)
    case .any(let parts): return any(parts.map { evaluate($0, isFilter: isFilter) }, isFilter: isFilter)
    case .not(let part): return not(evaluate(part, isFilter: !isFilter))
    case .keyword: return Outcome(evidence: expression)
    case .field(let name, let predicate):
      switch aspect.target(of: name, predicate, in: map) {
      case .leaf(let name, let predicate): return Outcome(evidence: .field(name, predicate))
      case .never: return Outcome()
      case .missing where predicate == .null: return Outcome(holdsByAbsence: true)
      case .missing: return Outcome(lost: isFilter ? [name] : [])
      }
    }
  }

  private func all(_ parts: [Outcome], isFilter: Bool) -> Outcome {
    if parts.contains(where: \.neverHolds) {
      return isFilter ? Outcome(lost: lostFields(of: parts.filter(\.neverHolds))) : Outcome()
    }
    let lost = lostFields(of: parts)
    if parts.allSatisfy(\.holdsByAbsence) {
      return Outcome(holdsByAbsence: true, evidence: .any(joining: parts.compactMap(\.evidence)), lost: lost)
    }
    let asked = parts.filter { !$0.holdsByAbsence }.compactMap(\.evidence)
    return Outcome(evidence: asked.count == 1 ? asked[0] : .all(asked), lost: lost)
  }

  private func any(_ parts: [Outcome], isFilter: Bool) -> Outcome {
    let counted = isFilter ? parts : parts.filter { !$0.neverHolds }
    return Outcome(
      holdsByAbsence: parts.contains(where: \.holdsByAbsence),
      evidence: .any(joining: parts.compactMap(\.evidence)),
      lost: lostFields(of: counted))
  }

  private func lostFields(of parts: [Outcome]) -> Set<String> {
    parts.reduce(into: []) { $0.formUnion($1.lost) }
  }

  private func not(_ part: Outcome) -> Outcome {
    if part.holdsByAbsence { return Outcome() }
    guard let evidence = part.evidence else { return Outcome(holdsByAbsence: true, lost: part.lost) }
    return Outcome(evidence: .not(evidence), lost: part.lost)
  }
}

extension Expression {
  /// The parts, as few of them as say the same; nil when there is none.
  static func any(joining parts: [Expression]) -> Expression? {
    var seen: Set<Expression> = []
    let distinct = parts.filter { seen.insert($0).inserted }
    return distinct.count > 1 ? .any(distinct) : distinct.first
  }

  /// Whether the tree names something that an event must have, not only what it must not have.
  func asksForSomething(isFilter: Bool = false) -> Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.contains { $0.asksForSomething(isFilter: isFilter) }
    case .not(let part): part.asksForSomething(isFilter: !isFilter)
    // A value that must be null is asked for, and so is one that must not.
    case .field(_, .null): true
    case .field, .keyword: !isFilter
    }
  }
}
