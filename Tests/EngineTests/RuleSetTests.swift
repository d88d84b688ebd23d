import Detection
import Sigma
import TestSupport
import Testing
import WindowsFormats

/// Rule sets as a whole: routes, order, what is refused, and what an event may cost.
@Suite struct RuleSetTests {
  private func record(_ channel: String?, _ provider: String?, _ eventID: UInt32?, _ text: String = "x") -> EventRecord
  {
    var record = EventRecord(recordID: .number(1))
    record.channel = channel
    record.provider = provider
    record.eventID = eventID
    record.data = [EventField("Text", .string(text))]
    return record
  }

  private func contains(_ text: String) -> Expression {
    .field("Text", .text(TextPattern([.anyRun, .literal(text), .anyRun])))
  }

  @Test func routesChooseTheEvents() {
    let rules = CompiledRules([
      RuleEntry(rule: 0, routes: [EventRoute("security", eventIDs: [1, 2])], expression: .always),
      RuleEntry(rule: 1, routes: [EventRoute("Security", provider: "a")], expression: .always),
      RuleEntry(rule: 2, routes: [], expression: .always),
      RuleEntry(rule: 3, routes: [EventRoute("Security", eventIDs: [])], expression: .always),
      RuleEntry(
        rule: 4, routes: [EventRoute("System"), EventRoute("Security", eventIDs: [3])],
        expression: .always),
    ])
    let matching = Matching(rules)
    #expect(matching.rules(for: record("SECURITY", "b", 2)) == [0, 2])
    #expect(matching.rules(for: record("Security", "A", 3)) == [1, 2, 4])
    #expect(matching.rules(for: record("System", "a", 1)) == [2, 4])
    #expect(matching.rules(for: record(nil, nil, nil)) == [2])
  }

  @Test func entriesOfARuleAreAlternatives() {
    let rules = CompiledRules([
      RuleEntry(rule: 5, routes: [EventRoute("A")], expression: contains("one")),
      RuleEntry(rule: 5, routes: [EventRoute("B")], expression: contains("two")),
      RuleEntry(rule: 5, routes: [], expression: contains("on")),
    ])
    #expect(rules.ruleCount == 1 && rules.entryCount == 3)
    let matching = Matching(rules)
    #expect(matching.rules(for: record("A", nil, nil, "one two")) == [5])
    #expect(matching.rules(for: record("A", nil, nil, "two")) == [])
  }

  @Test func matchesComeInTheOrderOfRulesWhateverTheOrderOfEntriesAndText() {
    let words = (0..<300).map { "word\($0 * 7919 % 1000)," }
    let entries = words.enumerated().map { RuleEntry(rule: $0.offset, routes: [], expression: contains($0.element)) }
    let matching = Matching(CompiledRules(entries.reversed()))
    #expect(matching.rules(for: record("A", nil, nil, words.shuffled().joined())) == Array(0..<300))
  }

  @Test func listsOfThousandsAreOneQuestion() {
    let hashes = (0..<4432).map { String(UInt64($0) &* 0x9E37_79B9_7F4A_7C15, radix: 16) }
    let list = Expression.any(hashes.map { .field("Text", .text(TextPattern(literal: $0))) })
    let rules = CompiledRules([RuleEntry(rule: 0, routes: [], expression: list)])
    #expect(rules.conditionCount == 1 && rules.unfilteredEntryCount == 0)
    let matching = Matching(rules)
    #expect(hashes.allSatisfy { matching.rules(for: record("A", nil, nil, $0.uppercased())) == [0] })
    #expect(matching.rules(for: record("A", nil, nil, "zz")) == [])
  }

  @Test func anotherEventIdRulesAnEntryOut() {
    let onlyOne = Expression.all([.field("EventID", .text(TextPattern(literal: "1102"))), .not(contains("never"))])
    let matching = Matching(
      CompiledRules([RuleEntry(rule: 0, routes: [EventRoute("Security")], expression: onlyOne)]))
    #expect(matching.rules(for: record("Security", nil, 4688)) == [])
    #expect(matching.evaluatedCount == 0)
    #expect(matching.rules(for: record("Security", nil, 1102)) == [0])
    // A second field of the name is a value like the first.
    var odd = record("Security", nil, 4688)
    odd.data.append(EventField("EventID", .unsigned(1102)))
    #expect(matching.rules(for: odd) == [0])
  }

  @Test func refusesARuleWhoseExpressionIsNone() throws {
    let rules = CompiledRules([
      RuleEntry(rule: 1, routes: [], expression: contains("x")),
      RuleEntry(rule: 2, routes: [], expression: contains("x")),
      RuleEntry(rule: 2, routes: [], expression: .field("Text", .regularExpression(RegularExpression("ab(c")))),
    ])
    let refusal = try #require(rules.refusals.first)
    #expect(rules.refusals.count == 1 && refusal.rule == 2)
    guard case .regularExpression("ab(c", let offset, let message) = refusal.reason else {
      Issue.record("\(refusal)")
      return
    }
    #expect(offset == 4 && message.contains("parenthes"))
    let matching = Matching(rules)
    #expect(matching.rules(for: record("A", nil, nil)) == [1])
  }

  @Test func refusesWhatIsNestedTooDeep() {
    func nested(_ depth: Int) -> Expression {
      (0..<depth).reduce(contains("x")) { part, level in level % 2 == 0 ? .all([part, .always]) : .not(part) }
    }
    let limit = EngineLimits.expressionDepth
    let entries = [limit - 1, limit, 10_000].enumerated().map {
      RuleEntry(rule: $0.offset, routes: [], expression: nested($0.element))
    }
    let rules = CompiledRules(entries)
    #expect(rules.refusals.map(\.rule) == [1, 2] && rules.refusals.allSatisfy { $0.reason == .nestedTooDeep })
  }

  @Test func searchesThatTakeTooLongAreTold() {
    let slow = RegularExpression("(x+x+)+y")
    let wild = TextPattern(
      [.anyRun] + (0..<60).flatMap { _ in [.literal("aa"), .anyCharacter, .anyRun] } + [.literal("b")])
    let matching = Matching(
      CompiledRules([
        RuleEntry(rule: 3, routes: [], expression: .field("Text", .regularExpression(slow))),
        RuleEntry(rule: 4, routes: [], expression: .field("Text", .text(wild))),
      ]))
    #expect(matching.rules(for: record("A", nil, nil, "xxxxy")) == [3] && matching.takeGivenUp() == [])
    let time = threadTime {
      #expect(matching.rules(for: record("A", nil, nil, String(repeating: "x", count: 5000) + " yb")) == [])
    }
    #expect(time < .seconds(5))
    #expect(matching.takeGivenUp() == [3])
    #expect(matching.takeGivenUp() == [])
  }

  @Test func patternsThatTakeTooManyStepsAreTold() {
    let pattern = TextPattern([.anyRun, .anyCharacter, .anyCharacter, .anyCharacter, .literal("a")])
    let matching = Matching(CompiledRules([RuleEntry(rule: 4, routes: [], expression: .field("Text", .text(pattern)))]))
    #expect(matching.rules(for: record("A", nil, nil, String(repeating: "b", count: 60_000) + "a")) == [4])
    #expect(matching.takeGivenUp() == [])
    let text = String(repeating: "b", count: EngineLimits.wildcardSteps) + "a"
    #expect(matching.rules(for: record("A", nil, nil, text)) == [])
    #expect(matching.takeGivenUp() == [4])
  }

  @Test func longValuesAreLinear() {
    let matching = Matching(
      CompiledRules((0..<200).map { RuleEntry(rule: $0, routes: [], expression: contains("aaaaaaa\($0)")) }))
    let time = threadTime {
      #expect(matching.rules(for: record("A", nil, nil, String(repeating: "a", count: 1 << 20))) == [])
      #expect(matching.rules(for: record("A", nil, nil, String(repeating: "é", count: 1 << 20) + "AAAAAAA7")) == [7])
    }
    #expect(time < .seconds(10))
  }
}
