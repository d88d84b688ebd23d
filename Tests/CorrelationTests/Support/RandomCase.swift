import Detection
import Sigma

/// Numbers that are the same in every run.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}

/// A few correlations of every kind over a few events in little time, so that windows overlap, tie and pass.
struct RandomCase {
  static let ruleCount = 4
  var correlations: [SigmaCorrelation] = []
  var matches: [SampleMatch] = []

  init(_ random: inout SeededNumbers) {
    for index in 0..<Int.random(in: 1...3, using: &random) { correlations.append(Self.correlation(index, &random)) }
    if random.chance(30) { turnAround() }
    var time = Samples.start
    for sequence in 0..<Int.random(in: 1...28, using: &random) {
      let step = [0, 0, 1, 1, 1, 2, 3, 4, 5, 9].randomElement(using: &random)!
      time += UInt64(step) * Samples.second
      matches.append(
        SampleMatch(
          rule: Int.random(in: 0..<Self.ruleCount, using: &random), time: time, sequence: UInt64(sequence),
          fields: Self.fields(&random)))
    }
  }

  private static func fields(_ random: inout SeededNumbers) -> [String: String] {
    var fields: [String: String] = [:]
    if random.chance(95) { fields["user"] = ["a", "b", "A"].randomElement(using: &random)! }
    if random.chance(95) { fields["owner"] = ["a", "b"].randomElement(using: &random)! }
    if random.chance(90) { fields["host"] = ["h1", "h2", ""].randomElement(using: &random)! }
    if random.chance(90) {
      fields["size"] = ["0", "1", "2", "3.5", "-1", "0x4", "+2", "word"].randomElement(using: &random)!
    }
    return fields
  }

  private static func correlation(_ index: Int, _ random: inout SeededNumbers) -> SigmaCorrelation {
    let kind = SigmaCorrelation.Kind.allCases.randomElement(using: &random)!
    let available = (0..<ruleCount).map { "r\($0)" } + (0..<index).map { "c\($0)" } + (0..<index).map { "c\($0)" }
    var rules: [String] = []
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let rule = available.randomElement(using: &random)!
      if !rules.contains(rule) { rules.append(rule) }
    }
    let groups: [[String]] = [[], ["user"], ["user"], ["host"], ["user", "host"], ["who"]]
    var correlation = Samples.correlation(
      kind, rules, by: groups.randomElement(using: &random)!,
      seconds: [1, 2, 3, 5, 8].randomElement(using: &random)!, condition(kind, rules.count, &random),
      name: "c\(index)")
    correlation.aliases = ["who": [rules[0]: "user"]]
    if rules.count > 1 { correlation.aliases["who"]?[rules[1]] = "owner" }
    switch kind {
    case .eventCount, .temporal, .temporalOrdered: break
    case .valueCount:
      correlation.valueFields = [["size"], ["user"], ["host", "size"], ["who"]].randomElement(using: &random)!
    default: correlation.valueFields = ["size"]
    }
    if kind == .valuePercentile {
      correlation.percentile = [0, 10, 25, 50, 90, 95, 100].randomElement(using: &random)!
    }
    return correlation
  }

  private static func condition(
    _ kind: SigmaCorrelation.Kind, _ rules: Int, _ random: inout SeededNumbers
  ) -> SigmaCorrelation.Condition {
    if kind == .temporal || kind == .temporalOrdered {
      if random.chance(30) { return .thresholds([]) }
      if random.chance(50) { return .rules(ruleCondition(rules, depth: 3, &random)) }
    }
    return .thresholds(
      (0..<Int.random(in: 1...2, using: &random)).map { _ in
        let value = Double(Int.random(in: 0...8, using: &random)) / (random.chance(70) ? 1 : 2)
        return .init(Comparison.allCases.randomElement(using: &random)!, value)
      })
  }

  private static func ruleCondition(
    _ rules: Int, depth: Int, _ random: inout SeededNumbers
  ) -> SigmaCorrelation.RuleCondition {
    if depth == 0 || random.chance(30) { return .rule(Int.random(in: 0..<rules, using: &random)) }
    if random.chance(25) { return .not(ruleCondition(rules, depth: depth - 1, &random)) }
    let parts = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      ruleCondition(rules, depth: depth - 1, &random)
    }
    return random.chance(50) ? .all(parts) : .any(parts)
  }

  /// Lets correlations stand before those that they refer to.
  private mutating func turnAround() {
    let last = correlations.count - 1
    func renamed(_ name: String) -> String {
      name.hasPrefix("c") ? "c\(last - Int(name.dropFirst())!)" : name
    }
    correlations = correlations.reversed().map { correlation in
      var turned = correlation
      turned.metadata.name = renamed(correlation.metadata.name!)
      turned.rules = correlation.rules.map(renamed)
      turned.aliases = correlation.aliases.mapValues { rules in
        Dictionary(uniqueKeysWithValues: rules.map { (renamed($0.key), $0.value) })
      }
      return turned
    }
  }
}
