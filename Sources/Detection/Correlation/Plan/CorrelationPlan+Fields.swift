import Sigma

extension CorrelationPlan {
  /// Says of every rule which fields are read from its matches. From the outermost correlation inwards: a field that
  /// one groups by, and that a correlation it refers to does not, is carried through that one's events.
  mutating func resolveFields(of correlations: [SigmaCorrelation], names: RuleNames) {
    for rank in programs.indices.reversed() {
      let document = correlations[programs[rank].correlation]
      let asked = requirements[ruleCount + programs[rank].correlation].fields
      programs[rank].carriedFields = asked.filter { !document.groupBy.contains($0) }
      let aliases = FieldAliases(document, names: names)
      for (position, rule) in programs[rank].rules.enumerated() {
        addUse(of: rule, position: position, rank: rank, aliases: aliases)
      }
    }
    for rule in requirements.indices { requirements[rule].uses.sort { $0.correlation < $1.correlation } }
  }

  private mutating func addUse(of rule: Int, position: Int, rank: Int, aliases: FieldAliases) {
    let program = programs[rank]
    var fields = requirements[rule].fields
    func indices(_ names: [String]) -> [Int] {
      names.map { name in
        let field = aliases.field(name, of: rule)
        if let index = fields.firstIndex(of: field) { return index }
        fields.append(field)
        return fields.count - 1
      }
    }
    let use = Use(
      correlation: program.correlation, position: position, groupFields: indices(program.groupBy),
      valueFields: indices(program.valueFields), carriedFields: indices(program.carriedFields), rank: rank)
    requirements[rule].fields = fields
    requirements[rule].uses.append(use)
  }
}

/// What a field of a correlation is called in the events of each rule.
private struct FieldAliases {
  private var fields: [String: [Int: String]] = [:]

  init(_ document: SigmaCorrelation, names: RuleNames) {
    for (alias, rules) in document.aliases {
      // An alias may speak of a rule by name where `rules` has its id: what counts is which rule it is.
      for (reference, field) in rules.sorted(by: { $0.key < $1.key }) {
        guard let rule = names.number(of: reference) else { continue }
        fields[alias, default: [:]][rule] = field
      }
    }
  }

  func field(_ name: String, of rule: Int) -> String { fields[name]?[rule] ?? name }
}
