import Detection
import Foundation
import Sigma
import TestSupport
import Testing
import WindowsFormats

/// The engine says of random rules and events what the plain meaning of the rules says.
@Suite struct AgreementTests {
  /// Pairs of a rule and an event; `YAGURA_ENGINE_PAIRS` asks for more.
  private static let pairCount =
    ProcessInfo.processInfo.environment["YAGURA_ENGINE_PAIRS"].flatMap { Int($0) } ?? 100_000
  private static let seed = ProcessInfo.processInfo.environment["YAGURA_ENGINE_SEED"].flatMap { UInt64($0) } ?? 1

  @Test func withTheOracleOnRandomRules() {
    var pairs = 0
    var hits = 0
    var seed = AgreementTests.seed
    while pairs < AgreementTests.pairCount {
      var random = RandomRules(numbers: SeededNumbers(seed: seed))
      let entries = (0..<60).map { random.entry(rule: $0 / 2) }
      let rules = CompiledRules(entries)
      #expect(rules.refusals.isEmpty)
      var matcher = RuleMatcher(rules)
      for _ in 0..<40 {
        let (record, values) = random.event()
        let expected = AgreementTests.expected(entries, record, values)
        matcher.match(record)
        let found = matcher.matches()
        if found != expected {
          AgreementTests.report(entries, record, found, expected, seed)
          return
        }
        hits += expected.count
        pairs += entries.count
      }
      #expect(matcher.takeGivenUp().isEmpty)
      seed += 1
    }
    // Neither everything nor nothing matches, or the comparison would say little.
    #expect(hits > pairs / 40 && hits < pairs / 3, "seed \(AgreementTests.seed): \(hits) of \(pairs)")
  }

  private static func expected(
    _ entries: [RuleEntry], _ record: EventRecord, _ values: [(field: String, value: Oracle.Value)]
  ) -> [Int] {
    let oracle = Oracle(event: values)
    let matched = entries.filter { entry in
      (entry.routes.isEmpty || entry.routes.contains { applies($0, values) }) && oracle.holds(entry.expression)
    }
    return Array(Set(matched.map { $0.rule })).sorted()
  }

  /// A route looks at the first value of each of the three: that is the one of System. An event without a provider goes
  /// every provider's way.
  private static func applies(_ route: EventRoute, _ values: [(field: String, value: Oracle.Value)]) -> Bool {
    func first(_ field: String) -> String? { values.first { $0.field == field }?.value.text }
    func same(_ one: String, _ two: String?) -> Bool { two.map { Oracle.fold($0) == Oracle.fold(one) } ?? false }
    return same(route.channel, first("Channel"))
      && (route.provider.map { same($0, first("Provider_Name")) } ?? true
        || !values.contains { $0.field == "Provider_Name" })
      && (route.eventIDs.map { ids in ids.contains { same(String($0), first("EventID")) } } ?? true)
  }

  private static func report(
    _ entries: [RuleEntry], _ record: EventRecord, _ found: [Int], _ expected: [Int], _ seed: UInt64
  ) {
    let rule = Set(found).symmetricDifference(expected).min() ?? -1
    Issue.record(
      """
      seed \(seed), rule \(rule): engine \(found.contains(rule)), oracle \(expected.contains(rule))
      \(entries.filter { $0.rule == rule })
      \(record)
      """)
  }
}
