/// Reads the condition of a temporal correlation over the names of its rules: `logon and not logoff`.
struct RuleConditionReader {
  let reading: SigmaReading

  /// Without a list of rules, those of the condition are taken in their order; with one, both must name the same.
  func condition(
    _ node: YAMLNode, rules: inout [String]
  ) throws(SigmaDiagnostic) -> SigmaCorrelation.RuleCondition {
    let text = try reading.text(node, "condition")
    var table = RuleTable(rules: rules)
    do throws(ConditionFault) {
      let condition = try table.condition(try ConditionParser(text, limits: reading.limits).parse())
      if let name = table.unused { throw ConditionFault(.ruleNotInCondition, name) }
      rules = table.rules
      return condition
    } catch {
      throw reading.refusal(error.reason, error.subject, at: node.place)
    }
  }
}

private struct RuleTable {
  private(set) var rules: [String]
  private let isClosed: Bool
  private var indices: [String: Int]
  private var used: Set<Int> = []

  init(rules: [String]) {
    self.rules = rules
    isClosed = !rules.isEmpty
    indices = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1, $0) })
  }

  var unused: String? { rules.indices.first { !used.contains($0) }.map { rules[$0] } }

  mutating func condition(_ tree: ConditionTree) throws(ConditionFault) -> SigmaCorrelation.RuleCondition {
    switch tree {
    case .name(let name): return .rule(try index(of: name))
    case .selector(let selector): throw ConditionFault(.unsupportedQuantifier, selector.pattern)
    case .not(let part): return .not(try condition(part))
    case .all(let parts): return .all(try conditions(parts))
    case .any(let parts): return .any(try conditions(parts))
    }
  }

  private mutating func conditions(
    _ trees: [ConditionTree]
  ) throws(ConditionFault) -> [SigmaCorrelation.RuleCondition] {
    var conditions: [SigmaCorrelation.RuleCondition] = []
    for tree in trees { conditions.append(try condition(tree)) }
    return conditions
  }

  private mutating func index(of name: String) throws(ConditionFault) -> Int {
    if let index = indices[name] {
      used.insert(index)
      return index
    }
    guard !isClosed else { throw ConditionFault(.ruleNotListed, name) }
    let index = rules.count
    rules.append(name)
    indices[name] = index
    used.insert(index)
    return index
  }
}
