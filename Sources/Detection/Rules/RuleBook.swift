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
  /// - Parameter cache: Where the result is kept, and taken from when nothing that it depends on has changed since.
  public init(
    files: [(path: String, text: [UInt8])], settings: Settings = Settings(), cache: RuleCache? = nil
  ) {
    guard let cache else {
      self.init(RuleBookContents(files: files, settings: settings), levels: settings.levels)
      return
    }
    let key = RuleCacheKey(files: files, settings: settings, program: cache.program)
    let kept = cache.contents(for: key)
    let contents = kept ?? RuleBookContents(files: files, settings: settings)
    if kept == nil { cache.keep(contents, for: key) }
    self.init(contents, levels: settings.levels)
  }

  init(_ contents: RuleBookContents, levels: LevelTable) {
    rules = contents.rules
    notAboutEventLogs = contents.notAboutEventLogs
    refused = contents.refused
    warnings = contents.warnings
    suppressedRules = contents.suppressedRules
    compiled = contents.compiled
    correlations = CorrelationBook(contents, levels: levels)
  }
}
