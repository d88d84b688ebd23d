public import Sigma
public import WindowsFormats

/// The correlations of a rule book, and what they want to know of the matches of its rules.
public struct CorrelationBook: Sendable {
  /// What their findings say, by index in the plan.
  public let rules: [HuntRule]
  public let plan: CorrelationPlan
  /// Numbers of the plan by numbers of the engine; the plan also counts rules that are about no event log.
  private let planNumbers: [Int: Int]

  /// - Parameter numbers: Numbers of the engine by numbers of the rule set.
  init(_ set: SigmaRuleSet, numbers: [Int: Int], levels: LevelTable) {
    let documents = set.correlations.map(\.correlation)
    plan = CorrelationPlan(rules: set.rules.map(\.metadata), correlations: documents)
    planNumbers = Dictionary(uniqueKeysWithValues: numbers.map { ($0.value, $0.key) })
    rules = documents.enumerated().map { index, document in
      var rule = HuntRule(document.metadata, kind: "correlation", levels: levels)
      rule.shownFields = document.groupBy
      rule.isReported = set.reportsOnItsOwn(.correlation(index))
      return rule
    }
  }

  public var isEmpty: Bool { rules.isEmpty }

  /// What a match of a rule means to correlations; nil when none asks for it.
  func match(of rule: Int, _ builder: FindingBuilder) -> CorrelationMatch? {
    guard let number = planNumbers[rule] else { return nil }
    let requirements = plan.requirements(forRule: number)
    guard !requirements.uses.isEmpty, let time = builder.record.time.flatMap({ EventTime($0) }) else { return nil }
    return CorrelationMatch(
      rule: number, time: time.fileTime, values: requirements.fields.map { builder.values[$0] },
      host: builder.record.host ?? "", user: builder.user, evidence: builder.evidence)
  }
}

/// A match of a rule that correlations ask for.
public struct CorrelationMatch: Hashable, Sendable {
  /// Number of the rule in the plan.
  public var rule: Int
  /// FILETIME.
  public var time: UInt64
  /// Values of the fields that the plan requires.
  public var values: [String?]
  public var host: String
  public var user: String
  public var evidence: EventEvidence
}
