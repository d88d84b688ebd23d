public import Sigma

/// Correlations with their references resolved, in the order in which they are to be judged.
///
/// Rules are numbered: first the rules in the order given, then the correlations in theirs. A correlation that cannot be
/// run is a diagnostic, and so is one that refers to it; the others are not touched by that.
public struct CorrelationPlan: Sendable {
  /// What the correlations ask of a match of one rule.
  public struct Requirements: Hashable, Sendable {
    /// Every field that one of them asks for, once: the caller reads these, and no others, from the event.
    public internal(set) var fields: [String] = []
    public internal(set) var uses: [Use] = []
  }

  /// How one correlation reads the values of `Requirements.fields`, by their index there.
  public struct Use: Hashable, Sendable {
    public internal(set) var correlation: Int
    /// Which of the correlation's `rules` it is.
    public internal(set) var position: Int
    /// Of each field of `group-by`, aliases resolved.
    public internal(set) var groupFields: [Int]
    /// Of each field that is counted or summed.
    public internal(set) var valueFields: [Int]
    /// Of fields that only the correlations above it ask for.
    public internal(set) var carriedFields: [Int]
    /// Which of the plan's programs it is.
    var rank: Int
  }

  public let ruleCount: Int
  public let correlationCount: Int
  public internal(set) var diagnostics: [SigmaDiagnostic] = []

  /// In such an order that none comes before one that it refers to.
  var programs: [CorrelationProgram] = []
  var requirements: [Requirements]
  private var isReportedAlone: [Bool]

  /// `rules`: the metadata of the rules, by number.
  public init(
    rules: [SigmaMetadata], correlations: [SigmaCorrelation], limits: CorrelationLimits = CorrelationLimits()
  ) {
    ruleCount = rules.count
    correlationCount = correlations.count
    requirements = Array(repeating: Requirements(), count: rules.count + correlations.count)
    isReportedAlone = Array(repeating: true, count: rules.count + correlations.count)
    let asked = Set(correlations.flatMap { $0.rules + $0.aliases.values.flatMap(\.keys) })
    let names = RuleNames(rules + correlations.map(\.metadata), asked: asked)
    var ordering = CorrelationOrdering(correlations, names: names, limits: limits.sound, ruleCount: rules.count)
    programs = ordering.programs()
    diagnostics = ordering.diagnostics
    resolveFields(of: correlations, names: names)
    resolveReporting(of: correlations)
  }

  public func requirements(forRule rule: Int) -> Requirements { requirements[rule] }

  public func number(ofCorrelation correlation: Int) -> Int { ruleCount + correlation }

  /// Whether matches of a rule, or emissions of a correlation, are findings of their own. Those that a correlation refers
  /// to are not, unless one that does so has `generate`. (The specification leaves open what holds when two disagree:
  /// who asks for findings gets them.)
  public func reportsAlone(_ number: Int) -> Bool { isReportedAlone[number] }

  private mutating func resolveReporting(of correlations: [SigmaCorrelation]) {
    for program in programs {
      for rule in program.rules { isReportedAlone[rule] = false }
    }
    for program in programs where correlations[program.correlation].generatesForRules {
      for rule in program.rules { isReportedAlone[rule] = true }
    }
  }
}

/// Finds rules by id, in either case, and by name, as written. The first of several counts.
struct RuleNames {
  private var ids: [String: Int] = [:]
  private var names: [String: Int] = [:]

  /// - Parameter asked: The references that will be looked for: few of thousands of rules.
  init(_ documents: [SigmaMetadata], asked: Set<String>) {
    let askedIDs = Set(asked.map { $0.lowercased() })
    for (number, document) in documents.enumerated() {
      if let id = document.id.map(RuleNames.lowercased), askedIDs.contains(id), ids[id] == nil { ids[id] = number }
      if let name = document.name, asked.contains(name), names[name] == nil { names[name] = number }
    }
  }

  /// Ids of rules that were parsed are in small letters already.
  private static func lowercased(_ id: String) -> String {
    id.utf8.allSatisfy { $0 < 0x80 && $0 &- 65 >= 26 } ? id : id.lowercased()
  }

  func number(of reference: String) -> Int? { names[reference] ?? ids[reference.lowercased()] }
}
