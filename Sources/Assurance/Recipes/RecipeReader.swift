internal import Yams

/// Reads one YAML document as nodes, within `RecipeLimits`.
///
/// The YAML library builds all nodes at once and has no limits of its own but a depth, so the text is looked at before
/// it gets it: the number of characters that a node can begin at, and what aliases can expand to.
struct RecipeReader {
  let file: String

  /// - Throws: `RecipeError` with the place of what is wrong.
  func read(_ bytes: [UInt8]) throws(RecipeError) -> RecipeNode {
    guard bytes.count <= RecipeLimits.fileBytes else { throw error(.fileTooLarge, "\(bytes.count)") }
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    guard let text = String(validating: bytes, as: UTF8.self) else { throw error(.notUTF8) }
    try check(bytes)
    let root: Node?
    do {
      // The resolver without rules: what a scalar is, is decided by who reads it.
      root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw translated(error)
    } catch {
      throw self.error(.invalidYAML)
    }
    guard let root else { throw error(.empty) }
    var count = 0
    return try node(root, depth: 0, count: &count)
  }

  private func error(_ code: RecipeError.Code, _ subject: String = "", line: Int = 1, column: Int = 1) -> RecipeError {
    RecipeError(code, subject, at: RecipePlace(file: file, line: max(line, 1), column: max(column, 1)))
  }

  /// Upper bounds that need not understand quotes and comments.
  private func check(_ bytes: [UInt8]) throws(RecipeError) {
    let structural = Set(",:[{?-\n".utf8)
    guard bytes.count(where: { structural.contains($0) }) <= RecipeLimits.values else { throw error(.tooManyValues) }
    var anchors = 0
    var aliases = 0
    var previous: UInt8 = 10
    for (index, byte) in bytes.enumerated() {
      let next = index + 1 < bytes.count ? bytes[index + 1] : 10
      // An anchor or alias has a name, and begins where a token can begin.
      if byte == 38 || byte == 42, next > 32, previous <= 32 || structural.contains(previous) {
        if byte == 38 { anchors += 1 } else { aliases += 1 }
      }
      previous = byte
    }
    // An alias at most doubles what stands before it.
    guard anchors > 0, aliases > 0 else { return }
    guard aliases < 26, bytes.count << aliases <= RecipeLimits.aliasedBytes else { throw error(.tooManyAliases) }
  }

  private func node(_ node: Node, depth: Int, count: inout Int) throws(RecipeError) -> RecipeNode {
    let place = RecipePlace(file: file, line: max(node.mark?.line ?? 1, 1), column: max(node.mark?.column ?? 1, 1))
    count += 1
    guard count <= RecipeLimits.values else { throw RecipeError(.tooManyValues, at: place) }
    guard depth < RecipeLimits.depth else { throw RecipeError(.tooDeep, at: place) }
    switch node {
    case .scalar(let scalar):
      return RecipeNode(content: .scalar(.init(text: scalar.string, isPlain: scalar.style == .plain)), place: place)
    case .sequence(let sequence):
      var nodes: [RecipeNode] = []
      for child in sequence { nodes.append(try self.node(child, depth: depth + 1, count: &count)) }
      return RecipeNode(content: .list(nodes), place: place)
    case .mapping(let mapping):
      var entries: [RecipeEntry] = []
      var known: Set<String> = []
      for (key, value) in mapping {
        let name = try self.node(key, depth: depth + 1, count: &count)
        guard let text = name.scalar?.text else { throw name.error(.notAText) }
        guard known.insert(text).inserted else { throw name.error(.duplicateKey, text) }
        let child = try self.node(value, depth: depth + 1, count: &count)
        entries.append(RecipeEntry(key: text, place: name.place, value: child))
      }
      return RecipeNode(content: .map(entries), place: place)
    case .alias: throw RecipeError(.invalidYAML, at: place)
    }
  }

  private func translated(_ error: YamlError) -> RecipeError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let code: RecipeError.Code = problem.contains("nesting level") ? .tooDeep : .invalidYAML
      return self.error(code, problem, line: mark.line, column: mark.column)
    case .duplicatedKeysInMapping(let keys, let context):
      return self.error(.duplicateKey, keys.first ?? "", line: context.mark.line, column: context.mark.column)
    case .reader(let problem, let offset, _, let yaml):
      let before = yaml.unicodeScalars.prefix(offset ?? 0)
      return self.error(.invalidYAML, problem, line: 1 + before.count { $0 == "\n" })
    default: return self.error(.invalidYAML)
    }
  }
}
