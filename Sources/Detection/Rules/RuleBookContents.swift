public import Sigma

/// What a rule book is made of: all that parsing, resolving and compiling came to, in the form that a cache keeps.
struct RuleBookContents: Sendable {
  /// A correlation whose references are known, and whether what it finds is told.
  struct Correlation: Sendable {
    var document: SigmaCorrelation
    var isReported: Bool
  }

  /// In the order of their numbers in `compiled`, which is that of the rule set.
  var rules: [HuntRule] = []
  var notAboutEventLogs: [HuntRule] = []
  /// Of each rule of the rule set, whether it is among `rules`; the others are `notAboutEventLogs`.
  var isHunted: [Bool] = []
  var correlations: [Correlation] = []
  var refused: [SigmaDiagnostic] = []
  var warnings: [SigmaDiagnostic] = []
  /// Numbers of the rules of the suppressions, which `compiled` has behind the rules.
  var suppressedRules: [Int] = []
  var compiled: CompiledRules

  /// Numbers in the rule set of `rules`.
  var huntedNumbers: [Int] { isHunted.indices.filter { isHunted[$0] } }

  /// What the rules of the rule set say about themselves, in its order.
  var metadata: [SigmaMetadata] {
    var hunted = rules.makeIterator()
    var others = notAboutEventLogs.makeIterator()
    return isHunted.compactMap { ($0 ? hunted.next() : others.next())?.metadata }
  }
}

extension RuleBookContents {
  /// Parses, resolves and compiles rule files.
  init(files: [(path: String, text: [UInt8])], settings: RuleBook.Settings) {
    let parser = SigmaParser(placeholders: settings.placeholders)
    var documents: [SigmaDocument] = []
    var refused: [SigmaDiagnostic] = []
    var warnings: [SigmaDiagnostic] = []
    for file in files {
      let parsed = parser.parse(file.text, path: file.path)
      documents += parsed.accepted
      refused += parsed.refusals
      warnings += parsed.warnings
    }
    let set = SigmaRuleSet(documents, filterPolarity: settings.polarity)
    refused += set.diagnostics.filter { $0.severity == .refused }
    warnings += set.diagnostics.filter { $0.severity == .warning }

    var builder = RuleBookBuilder(settings: settings)
    for (number, rule) in set.rules.enumerated() {
      builder.add(rule, isReported: set.reportsOnItsOwn(.rule(number)))
    }
    compiled = CompiledRules(builder.entries)
    for refusal in compiled.refusals where refusal.rule < builder.rules.count {
      refused.append(refusal.diagnostic(builder.rules[refusal.rule].metadata))
    }
    rules = builder.rules
    notAboutEventLogs = builder.others
    isHunted = builder.isHunted
    suppressedRules = builder.suppressedRules
    correlations = set.correlations.enumerated().map { index, resolved in
      Correlation(document: resolved.correlation, isReported: set.reportsOnItsOwn(.correlation(index)))
    }
    self.refused = refused
    self.warnings = warnings
  }
}

/// Gathers rules, the entries that the engine compiles, and suppressions behind them.
private struct RuleBookBuilder {
  let settings: RuleBook.Settings
  let resolver = LogSourceResolver()
  var rules: [HuntRule] = []
  var others: [HuntRule] = []
  var isHunted: [Bool] = []
  private var ruleEntries: [RuleEntry] = []
  private var suppressions: [(rule: Int, entries: [RuleEntry])] = []

  init(settings: RuleBook.Settings) { self.settings = settings }

  mutating func add(_ rule: SigmaRule, isReported: Bool) {
    var hunted = HuntRule(rule.metadata, kind: "sigma", levels: settings.levels)
    hunted.isReported = isReported
    let resolution = resolver.resolve(rule)
    hunted.placement = RulePlacement(resolution)
    hunted.shownFields = HuntRule.shownFields(of: rule, resolution)
    guard case .resolved(let found) = resolution else {
      isHunted.append(false)
      others.append(hunted)
      return
    }
    ruleEntries += found.sources.map { RuleEntry(rule: rules.count, routes: $0.routes, expression: $0.expression) }
    addSuppressions(of: rule)
    isHunted.append(true)
    rules.append(hunted)
  }

  /// A suppression is the rule with more conditions: where it matches, the rule's finding is left out.
  private mutating func addSuppressions(of rule: SigmaRule) {
    for entry in settings.suppressions.entries where entry.rule == rule.metadata.id || entry.rule == rule.metadata.name
    {
      var narrower = rule
      narrower.expression = .all([rule.expression, entry.expression])
      guard case .resolved(let found) = resolver.resolve(narrower) else { continue }
      let entries = found.sources.map { RuleEntry(rule: 0, routes: $0.routes, expression: $0.expression) }
      suppressions.append((rules.count, entries))
    }
  }

  var suppressedRules: [Int] { suppressions.map(\.rule) }

  var entries: [RuleEntry] {
    var entries = ruleEntries
    for (index, suppression) in suppressions.enumerated() {
      entries += suppression.entries.map {
        RuleEntry(rule: rules.count + index, routes: $0.routes, expression: $0.expression)
      }
    }
    return entries
  }
}

extension RuleRefusal {
  fileprivate func diagnostic(_ metadata: SigmaMetadata) -> SigmaDiagnostic {
    switch reason {
    case .regularExpression(let pattern, let offset, let message):
      SigmaDiagnostic(.invalidRegularExpression, "\(pattern): \(message) (\(offset))", at: metadata.location)
    case .nestedTooDeep: SigmaDiagnostic(.tooDeep, at: metadata.location)
    case .tooLarge: SigmaDiagnostic(.expressionTooLarge, at: metadata.location)
    }
  }
}

extension SigmaDiagnostic.Reason {
  /// PCRE2 does not take the pattern.
  public static let invalidRegularExpression = Self(rawValue: "invalid-regular-expression")
}
