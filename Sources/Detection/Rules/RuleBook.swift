public import Sigma

/// Everything a hunt looks for: rules with what is said about their findings, compiled, and what was refused.
public struct RuleBook: Sendable {
  /// In the order of their numbers in `compiled`.
  public let rules: [HuntRule]
  public let correlations: CorrelationBook
  /// Rules for other products and for logs that are no Windows event logs: loaded, never checked here.
  public let notAboutEventLogs: [HuntRule]
  /// Why documents are not among the rules.
  public let refused: [SigmaDiagnostic]
  public let warnings: [SigmaDiagnostic]
  /// Behind the rules, `compiled` has a number for each suppression: the number of its rule stands here.
  let suppressedRules: [Int]
  let compiled: CompiledRules

  public var loadedCount: Int { rules.count + correlations.rules.count + notAboutEventLogs.count }

  /// The finding that a hunter or a correlation made. Correlations are numbered behind the rules.
  public func finding(_ body: FindingBody) -> Finding {
    let rule = body.rule < rules.count ? rules[body.rule] : correlations.rules[body.rule - rules.count]
    return Finding(body, of: rule)
  }

  /// What a user set besides the rules.
  public struct Settings: Sendable {
    public var placeholders = SigmaPlaceholders()
    public var polarity = FilterPolarity.excludes
    public var levels = LevelTable()
    /// Those that still count.
    public var suppressions = SuppressionList()

    public init() {}
  }

  /// Parses, resolves and compiles rule files. A file or document that is wrong is refused; the others are taken.
  public init(files: [(path: String, text: [UInt8])], settings: Settings = Settings()) {
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
      builder.add(rule, number: number, isReported: set.reportsOnItsOwn(.rule(number)))
    }
    compiled = CompiledRules(builder.entries)
    for refusal in compiled.refusals where refusal.rule < builder.rules.count {
      refused.append(refusal.diagnostic(builder.rules[refusal.rule].metadata))
    }
    rules = builder.rules
    notAboutEventLogs = builder.others
    suppressedRules = builder.suppressedRules
    correlations = CorrelationBook(set, numbers: builder.numbers, levels: settings.levels)
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
  var ruleEntries: [RuleEntry] = []
  /// Numbers of the engine by numbers of the rule set.
  var numbers: [Int: Int] = [:]
  private var suppressions: [(rule: Int, entries: [RuleEntry])] = []

  init(settings: RuleBook.Settings) { self.settings = settings }

  mutating func add(_ rule: SigmaRule, number: Int, isReported: Bool) {
    var hunted = HuntRule(rule.metadata, kind: "sigma", levels: settings.levels)
    hunted.isReported = isReported
    let resolution = resolver.resolve(rule)
    hunted.resolution = resolution
    hunted.shownFields = HuntRule.shownFields(of: rule, resolution)
    guard case .resolved(let found) = resolution else {
      others.append(hunted)
      return
    }
    numbers[number] = rules.count
    ruleEntries += found.sources.map { RuleEntry(rule: rules.count, routes: $0.routes, expression: $0.expression) }
    addSuppressions(of: rule)
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
