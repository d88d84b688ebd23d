import Yams

/// Turns the library's nodes into `YAMLNode`, with aliases and merge keys (`<<`) expanded, and counts what that takes.
struct YAMLConversion {
  let reader: YAMLReader
  let lineOffset: Int
  private var count = 0

  init(reader: YAMLReader, lineOffset: Int) {
    self.reader = reader
    self.lineOffset = lineOffset
  }

  mutating func node(_ node: Node, depth: Int) throws(SigmaDiagnostic) -> YAMLNode {
    let place = place(of: node)
    count += 1
    guard depth <= reader.limits.maximumDepth else { throw reader.diagnostic(.tooDeep, "\(depth)", place) }
    guard count <= reader.limits.maximumNodes else { throw reader.diagnostic(.tooManyValues, "\(count)", place) }
    switch node {
    case .scalar(let scalar): return YAMLNode(content: .scalar(try converted(scalar, place)), place: place)
    case .sequence(let sequence):
      var list: [YAMLNode] = []
      list.reserveCapacity(sequence.count)
      for element in sequence { list.append(try self.node(element, depth: depth + 1)) }
      return YAMLNode(content: .list(list), place: place)
    case .mapping(let mapping):
      return YAMLNode(content: .map(try entries(mapping, depth: depth)), place: place)
    case .alias: throw reader.diagnostic(.invalidYAML, "", place)
    }
  }

  private func converted(_ scalar: Node.Scalar, _ place: Place) throws(SigmaDiagnostic) -> YAMLScalar {
    guard scalar.string.utf8.count <= reader.limits.maximumTextLength else {
      throw reader.diagnostic(.textTooLong, "\(scalar.string.utf8.count)", place)
    }
    // Keys that were compared with each other have been given a tag by the library; they are texts anyway.
    return YAMLScalar(text: scalar.string, isPlain: scalar.style == .plain && scalar.tag.rawValue.isEmpty)
  }

  private mutating func entries(_ mapping: Node.Mapping, depth: Int) throws(SigmaDiagnostic) -> [YAMLEntry] {
    var entries: [YAMLEntry] = []
    var merged: [YAMLEntry] = []
    entries.reserveCapacity(mapping.count)
    for (key, value) in mapping {
      let place = place(of: key)
      guard case .scalar(let scalar) = key else { throw reader.diagnostic(.unsupportedKey, "", place) }
      let name = try converted(scalar, place)
      let child = try node(value, depth: depth + 1)
      if name.text == "<<", scalar.style == .plain {
        merged += try mergedEntries(child)
      } else {
        entries.append(YAMLEntry(key: name.text, place: place, value: child))
      }
    }
    guard !merged.isEmpty else { return entries }
    // What stands in the map itself wins, then what was merged first.
    var known = Set(entries.map(\.key))
    return entries + merged.filter { known.insert($0.key).inserted }
  }

  private func mergedEntries(_ node: YAMLNode) throws(SigmaDiagnostic) -> [YAMLEntry] {
    switch node.content {
    case .map(let entries): return entries
    case .list(let nodes):
      var entries: [YAMLEntry] = []
      for node in nodes {
        guard case .map(let more) = node.content else { throw reader.diagnostic(.unsupportedKey, "<<", node.place) }
        entries += more
      }
      return entries
    case .scalar: throw reader.diagnostic(.unsupportedKey, "<<", node.place)
    }
  }

  private func place(of node: Node) -> Place {
    let mark = node.mark
    return Place(line: lineOffset + (mark?.line ?? 1), column: mark?.column ?? 1)
  }
}
