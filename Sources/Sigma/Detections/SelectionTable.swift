/// The selections of a rule by name, and which of them its conditions used.
struct SelectionTable {
  struct Selection {
    var name: String
    var place: Place
    var expression: Expression
    var size: Int
    var isUsed = false
  }

  private var selections: [Selection] = []
  private var indices: [String: Int] = [:]
  /// Of all conditions that were asked for.
  private var size = 0

  var isEmpty: Bool { selections.isEmpty }
  var unused: [Selection] { selections.filter { !$0.isUsed } }

  /// Names are unique: they are keys of a map.
  mutating func append(name: String, _ expression: Expression, at place: Place) {
    indices[name] = selections.count
    selections.append(Selection(name: name, place: place, expression: expression, size: expression.size))
  }

  /// The condition with the selections in their places. One that is named often is there often: `limit` is on what
  /// comes of it.
  mutating func expression(of tree: ConditionTree, limit: Int) throws(ConditionFault) -> Expression {
    switch tree {
    case .name(let name):
      guard let index = indices[name] else { throw ConditionFault(.unknownSelection, name) }
      return try use(index, limit)
    case .selector(let selector):
      var parts: [Expression] = []
      for index in selections.indices where selector.takes(selections[index].name) {
        parts.append(try use(index, limit))
      }
      guard !parts.isEmpty else { throw ConditionFault(.unknownSelection, selector.pattern) }
      return selector.needsAll ? .conjunction(parts) : .disjunction(parts)
    case .not(let part): return .not(try expression(of: part, limit: limit))
    case .all(let parts): return .all(try expressions(of: parts, limit))
    case .any(let parts): return .any(try expressions(of: parts, limit))
    }
  }

  private mutating func expressions(of trees: [ConditionTree], _ limit: Int) throws(ConditionFault) -> [Expression] {
    var parts: [Expression] = []
    for tree in trees { parts.append(try expression(of: tree, limit: limit)) }
    return parts
  }

  private mutating func use(_ index: Int, _ limit: Int) throws(ConditionFault) -> Expression {
    selections[index].isUsed = true
    size += selections[index].size
    guard size <= limit else { throw ConditionFault(.expressionTooLarge, selections[index].name) }
    return selections[index].expression
  }
}
