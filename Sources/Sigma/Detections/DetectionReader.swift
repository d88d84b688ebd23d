/// Reads a `detection` of a rule or a `filter` of a filter: selections by name, and the condition over them.
struct DetectionReader {
  struct Detection {
    var expression: Expression
    /// Whether each condition only negates: `not a`, `not a and not 1 of b*`.
    var isNegated: Bool
  }

  let reading: SigmaReading

  /// - Parameter otherKeys: keys that are not selections.
  func detection(
    _ node: YAMLNode, name: String, otherKeys: Set<String> = []
  ) throws(SigmaDiagnostic) -> Detection {
    var selections = SelectionTable()
    var conditionNode: YAMLNode?
    for entry in try reading.map(node, name) where !otherKeys.contains(entry.key) {
      if entry.key == "condition" {
        conditionNode = entry.value
      } else if entry.key == "timeframe" {
        throw reading.refusal(.legacyTimeframe, entry.value.text ?? "", at: entry.place)
      } else {
        let expression = try SelectionReader(reading: reading).expression(entry.value, name: entry.key)
        selections.append(name: entry.key, expression, at: entry.place)
      }
    }
    guard let conditionNode else { throw reading.refusal(.missingKey, "condition", at: node.place) }
    guard !selections.isEmpty else { throw reading.refusal(.emptySelection, name, at: node.place) }
    return try detection(conditionNode, &selections)
  }

  private func detection(
    _ node: YAMLNode, _ selections: inout SelectionTable
  ) throws(SigmaDiagnostic) -> Detection {
    let conditions: [YAMLNode] = if case .list(let list) = node.content { list } else { [node] }
    guard !conditions.isEmpty else { throw reading.refusal(.missingKey, "condition", at: node.place) }
    var parts: [Expression] = []
    var isNegated = true
    for condition in conditions {
      let text = try reading.text(condition, "condition")
      do throws(ConditionFault) {
        let tree = try ConditionParser(text, limits: reading.limits).parse()
        isNegated = isNegated && tree.isNegated
        parts.append(try selections.expression(of: tree, limit: reading.limits.maximumExpressionSize))
      } catch {
        throw reading.refusal(error.reason, error.subject, at: condition.place)
      }
    }
    for selection in selections.unused { reading.warn(.unusedSelection, selection.name, at: selection.place) }
    return Detection(expression: .disjunction(parts), isNegated: isNegated)
  }
}
