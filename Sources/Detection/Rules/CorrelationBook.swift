import Sigma
import WindowsFormats

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

extension CorrelationBook {
  /// The finding of an emission.
  /// - Parameter matches: What it rests on, in order of time; never empty.
  public func finding(_ emission: CorrelationEmission, _ matches: [CorrelationMatch]) -> Finding {
    let rule = rules[emission.correlation]
    let evidence = CorrelationBook.unique(matches.map(\.evidence))
    var finding = Finding(
      id: FindingBuilder.id(detector: rule.detector, evidence: evidence), detector: rule.detector,
      title: rule.title, level: rule.level)
    finding.behaviours = rule.behaviours
    finding.attack = rule.attack
    finding.tactics = rule.tactics
    finding.explanation = rule.explanation
    finding.response = rule.response
    finding.evidence = evidence
    finding.time = CorrelationBook.text(emission.time)
    let hosts = CorrelationBook.unique(matches.map(\.host).filter { !$0.isEmpty })
    let users = CorrelationBook.unique(matches.map(\.user).filter { !$0.isEmpty })
    finding.host = hosts.first ?? ""
    finding.user = users.count == 1 ? users[0] : ""
    finding.fields = fields(emission, rule, hosts: hosts, users: users)
    finding.summary = FindingBuilder.clipped(
      finding.fields.map { "\($0.name)=\($0.value)" }.joined(separator: "; "), FindingBuilder.summaryLength)
    return finding
  }

  private func fields(
    _ emission: CorrelationEmission, _ rule: HuntRule, hosts: [String], users: [String]
  ) -> [FindingField] {
    var fields = zip(rule.shownFields, emission.groupValues).map { FindingField(name: $0, value: $1) }
    func add(_ name: String, _ value: String) { fields.append(FindingField(name: name, value: value)) }
    let number = emission.latestValue
    let isWhole = number == number.rounded() && abs(number) < 1e15
    add("value", isWhole ? String(Int(number)) : "\(number)")
    add("first", CorrelationBook.text(emission.start))
    add("last", CorrelationBook.text(emission.end))
    if hosts.count > 1 { add("hosts", hosts.prefix(20).joined(separator: ", ")) }
    if users.count > 1 { add("users", users.prefix(20).joined(separator: ", ")) }
    if emission.omittedEvidence > 0 { add("furtherEvents", String(emission.omittedEvidence)) }
    return fields
  }

  private static func text(_ time: UInt64) -> String {
    var sink = ByteSink(capacity: 64)
    sink.appendFileTime(time)
    return sink.string()
  }

  private static func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
    var seen: Set<Element> = []
    return elements.filter { seen.insert($0).inserted }
  }
}
