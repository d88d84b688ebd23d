/// Reads a correlation (Sigma 2.1, "Correlations"), with what pySigma adds: units of time beyond days, `value_median`,
/// `percentile`, and conditions over the names of rules.
struct CorrelationReader {
  let reading: SigmaReading

  func correlation(_ node: YAMLNode, _ metadata: SigmaMetadata) throws(SigmaDiagnostic) -> SigmaCorrelation {
    let entries = try reading.map(node, "correlation")
    let kind = try kind(reading.required("type", in: entries, at: node.place))
    var rules = try rules(entries)
    let timespan = try timespan(reading.required("timespan", in: entries, at: node.place))
    let isTemporal = kind == .temporal || kind == .temporalOrdered

    var criterion = CorrelationCriterion()
    if let condition = entries["condition"], !condition.isNull {
      if condition.scalar != nil {
        guard isTemporal else { throw reading.refusal(.wrongType, "condition", at: condition.place) }
        let names = RuleConditionReader(reading: reading)
        criterion.condition = .rules(try names.condition(condition, rules: &rules))
      } else {
        criterion = try CorrelationCriterion(condition, reading)
      }
    } else if isTemporal {
      criterion.condition = .thresholds([.init(.greaterOrEqual, Double(rules.count))])
    } else {
      throw reading.refusal(.missingKey, "condition", at: node.place)
    }
    guard !rules.isEmpty, let condition = criterion.condition else {
      throw reading.refusal(.missingKey, "rules", at: node.place)
    }

    var correlation = SigmaCorrelation(
      metadata: metadata, kind: kind, rules: rules, groupBy: try groupBy(entries), timespanSeconds: timespan,
      condition: condition)
    try criterion.check(for: kind, at: entries["condition"]?.place ?? node.place, reading)
    correlation.valueFields = criterion.fields
    correlation.percentile = criterion.percentile
    correlation.aliases = try aliases(entries)
    correlation.generatesForRules = try generates(entries)
    for entry in entries where !Self.knownKeys.contains(entry.key) {
      reading.warn(.unknownKey, entry.key, at: entry.place)
    }
    return correlation
  }

  private static let knownKeys: Set<String> = [
    "type", "rules", "timespan", "condition", "group-by", "aliases", "generate",
  ]

  private func kind(_ node: YAMLNode) throws(SigmaDiagnostic) -> SigmaCorrelation.Kind {
    let name = try reading.text(node, "type")
    guard let kind = SigmaCorrelation.Kind(rawValue: name.lowercased()) else {
      throw reading.refusal(.unknownCorrelationType, name, at: node.place)
    }
    return kind
  }

  private func rules(_ entries: [YAMLEntry]) throws(SigmaDiagnostic) -> [String] {
    guard let node = entries["rules"], !node.isNull else { return [] }
    let rules = try reading.texts(node, "rules")
    var known: Set<String> = []
    for rule in rules where !known.insert(rule).inserted {
      throw reading.refusal(.duplicateRule, rule, at: node.place)
    }
    return rules
  }

  private func groupBy(_ entries: [YAMLEntry]) throws(SigmaDiagnostic) -> [String] {
    guard let node = entries["group-by"], !node.isNull else { return [] }
    return try reading.texts(node, "group-by")
  }

  /// A number and a unit: `90m`. A month is a twelfth of a year, a year 365.2425 days, as in pySigma.
  private func timespan(_ node: YAMLNode) throws(SigmaDiagnostic) -> Double {
    let text = try reading.text(node, "timespan")
    let seconds: [Character: Double] = [
      "s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800, "M": 2_629_746, "y": 31_556_952,
    ]
    guard let unit = text.last.flatMap({ seconds[$0] }), (2...10).contains(text.utf8.count),
      text.utf8.dropLast().allSatisfy(isDigit), let count = Double(text.dropLast()), count > 0
    else { throw reading.refusal(.invalidTimespan, text, at: node.place) }
    return count * unit
  }

  private func aliases(_ entries: [YAMLEntry]) throws(SigmaDiagnostic) -> [String: [String: String]] {
    guard let node = entries["aliases"], !node.isNull else { return [:] }
    var aliases: [String: [String: String]] = [:]
    for entry in try reading.map(node, "aliases") {
      var fields: [String: String] = [:]
      for field in try reading.map(entry.value, entry.key) {
        fields[field.key] = try reading.text(field.value, field.key)
      }
      aliases[entry.key] = fields
    }
    return aliases
  }

  private func generates(_ entries: [YAMLEntry]) throws(SigmaDiagnostic) -> Bool {
    guard let node = entries["generate"], !node.isNull else { return false }
    guard let flag = node.scalar?.boolean else { throw reading.refusal(.wrongType, "generate", at: node.place) }
    return flag
  }
}
