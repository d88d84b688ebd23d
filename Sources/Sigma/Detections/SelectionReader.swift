/// Reads what a selection of a detection asks for.
///
/// | YAML | meaning |
/// |---|---|
/// | map | all of its items |
/// | list of maps | any of the maps |
/// | list of scalars, scalar | any of the keywords |
/// | map with the key `\|all` | all of the keywords |
///
/// A list may hold maps and keywords side by side, as in pySigma. Lists within lists are refused.
struct SelectionReader {
  let reading: SigmaReading

  func expression(_ node: YAMLNode, name: String) throws(SigmaDiagnostic) -> Expression {
    switch node.content {
    case .map(let entries): return try map(entries, name, at: node.place)
    case .scalar: return try keywords([node], name, at: node.place)
    case .list(let nodes):
      guard nodes.contains(where: { $0.scalar == nil }) else { return try keywords(nodes, name, at: node.place) }
      var parts: [Expression] = []
      for node in nodes {
        switch node.content {
        case .map(let entries): parts.append(try map(entries, name, at: node.place))
        case .scalar: parts.append(try keywords([node], name, at: node.place))
        case .list: throw reading.refusal(.unsupportedNesting, name, at: node.place)
        }
      }
      return .disjunction(parts)
    }
  }

  private func map(_ entries: [YAMLEntry], _ name: String, at place: Place) throws(SigmaDiagnostic) -> Expression {
    guard !entries.isEmpty else { throw reading.refusal(.emptySelection, name, at: place) }
    var parts: [Expression] = []
    for entry in entries {
      parts.append(try DetectionItem(entry.key, at: entry.place, reading).expression(entry.value))
    }
    return .conjunction(parts)
  }

  private func keywords(_ nodes: [YAMLNode], _ name: String, at place: Place) throws(SigmaDiagnostic) -> Expression {
    guard nodes.contains(where: { !$0.isNull }) else { throw reading.refusal(.emptySelection, name, at: place) }
    return try DetectionItem(keywordsAt: place, reading).expression(YAMLNode(content: .list(nodes), place: place))
  }
}
