import Sigma
import WindowsFormats

/// The correlations of a rule book, and what they want to know of the matches of its rules.
public struct CorrelationBook: Sendable {
  /// What their findings say, by index in the plan.
  public let rules: [HuntRule]
  public let plan: CorrelationPlan
  /// Of the rules that correlations ask for: numbers of the plan by numbers of the engine.
  private let planNumbers: [Int: Int]

  /// - Parameter contents: Numbers of the plan are those of its rule set.
  init(_ contents: RuleBookContents, levels: LevelTable) {
    let documents = contents.correlations.map(\.document)
    plan = CorrelationPlan(rules: contents.metadata, correlations: documents)
    var planNumbers: [Int: Int] = [:]
    for (engineNumber, number) in contents.huntedNumbers.enumerated()
    where !plan.requirements(forRule: number).uses.isEmpty {
      planNumbers[engineNumber] = number
    }
    self.planNumbers = planNumbers
    rules = contents.correlations.map { correlation in
      let document = correlation.document
      var rule = HuntRule(document.metadata, kind: "correlation", levels: levels)
      rule.shownFields = document.groupBy
      rule.isReported = correlation.isReported
      return rule
    }
  }

  public var isEmpty: Bool { rules.isEmpty }

  /// Whether a correlation wants to know of the matches of a rule.
  func asks(for rule: Int) -> Bool { planNumbers[rule] != nil }

  /// What a match of a rule means to correlations; nil when none asks for it, or when it has no time.
  func match(of rule: Int, _ builder: inout FindingBuilder<some EventValues>) -> CorrelationMatch? {
    guard let number = planNumbers[rule], let time = EventTime(builder.head.time) else { return nil }
    let values = plan.requirements(forRule: number).fields.map { name in
      builder.values.resolved(name).first ?? (name == "Computer" ? builder.head.host : nil)
    }
    return CorrelationMatch(
      rule: number, time: time.fileTime, values: values, host: builder.head.host, user: builder.user(),
      evidence: builder.evidence)
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
  /// What an emission found.
  /// - Parameter matches: What it rests on, in order of time; never empty.
  /// - Returns: `rule` is the index of the correlation.
  public func body(_ emission: CorrelationEmission, _ matches: [CorrelationMatch]) -> FindingBody {
    let rule = rules[emission.correlation]
    let evidence = CorrelationBook.unique(matches.map(\.evidence))
    let hosts = CorrelationBook.unique(matches.map(\.host).filter { !$0.isEmpty })
    let users = CorrelationBook.unique(matches.map(\.user).filter { !$0.isEmpty })
    var body = FindingBody(
      rule: emission.correlation, id: FindingText.id(detector: rule.detector, evidence: evidence),
      time: CorrelationBook.text(emission.time), host: hosts.first ?? "", user: users.count == 1 ? users[0] : "")
    body.evidence = evidence
    body.fields = fields(emission, rule, hosts: hosts, users: users)
    body.summary = FindingText.summary(body.fields)
    return body
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
