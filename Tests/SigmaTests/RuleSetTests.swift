import Sigma
import TestSupport
import Testing

struct RuleSetTests {
  private func rule(_ name: String, id: String? = nil, service: String = "wmi") -> String {
    let head = "title: \(name)\nname: \(name)\n" + (id.map { "id: \($0)\n" } ?? "")
    return head
      + "logsource: {product: windows, service: \(service)}\ndetection: {s: {f: \(name)}, condition: s}\n---\n"
  }
  private func correlation(_ name: String, _ rules: String, _ more: String = "") -> String {
    """
    title: \(name)
    name: \(name)
    correlation: {type: event_count, rules: [\(rules)], timespan: 5m, condition: {gte: 2}\(more)}
    ---

    """
  }
  private func filter(_ rules: String, _ condition: String, service: String = "wmi") -> String {
    """
    title: F
    logsource: {product: windows, service: \(service)}
    filter: {rules: \(rules), s: {u: adm}, condition: \(condition)}
    ---

    """
  }
  private func set(_ text: String, _ polarity: FilterPolarity = .excludes) -> SigmaRuleSet {
    SigmaRuleSet(parse(text).accepted, filterPolarity: polarity)
  }
  private func reasons(_ set: SigmaRuleSet) -> [String] { set.diagnostics.map(\.reason.rawValue) }

  @Test
  func resolvesReferencesByIDAndName() throws {
    let id = "0e95725d-7320-415d-80f7-004da920fc11"
    let set = set(
      correlation("outer", "inner, a") + correlation("inner", "\(id.uppercased()), a", ", aliases: {x: {b: F}}")
        + rule("a") + rule("b", id: id))
    #expect(set.diagnostics.isEmpty && set.rules.map(\.metadata.title) == ["a", "b"])
    #expect(set.correlations.map(\.correlation.metadata.title) == ["inner", "outer"])
    #expect(set.correlations.map(\.references) == [[.rule(1), .rule(0)], [.correlation(0), .rule(0)]])
    #expect(set.correlations[0].correlation.aliases == ["x": [id.uppercased(): "F"]])
  }

  @Test
  func refusesUnknownRulesAndCircles() {
    #expect(reasons(set(correlation("c", "nobody"))) == ["unknown-rule"])
    #expect(
      reasons(set(correlation("c", "a", ", aliases: {x: {b: F}}") + rule("a") + rule("b"))) == ["rule-not-listed"])
    #expect(reasons(set(correlation("c", "c"))) == ["correlation-cycle"])
    let circle = set(
      correlation("c", "d") + correlation("d", "e") + correlation("e", "c") + correlation("g", "a") + rule("a"))
    #expect(reasons(circle) == ["correlation-cycle", "correlation-cycle", "correlation-cycle"])
    #expect(circle.correlations.map(\.correlation.metadata.title) == ["g"])
    let chain = set(correlation("c", "d") + correlation("d", "nobody"))
    #expect(reasons(chain) == ["unknown-rule", "unknown-rule"] && chain.correlations.isEmpty)
  }

  @Test
  func refusesTheSecondOfTwoIDs() {
    let id = "0e95725d-7320-415d-80f7-004da920fc11"
    let doubled = set(rule("a", id: id) + rule("b", id: id))
    #expect(reasons(doubled) == ["duplicate-id"] && doubled.rules.map(\.metadata.title) == ["a"])
    let named = set(rule("a") + rule("a", service: "x") + correlation("c", "a"))
    #expect(reasons(named) == ["duplicate-name"] && named.correlations.map(\.references) == [[.rule(0)]])
  }

  @Test
  func saysWhichRulesReportOnTheirOwn() {
    let set = set(
      rule("a") + rule("b") + rule("c") + correlation("x", "a, b") + correlation("y", "b, x", ", generate: true"))
    #expect((0..<3).map { set.reportsOnItsOwn(.rule($0)) } == [false, true, true])
    #expect(set.reportsOnItsOwn(.correlation(0)) && set.reportsOnItsOwn(.correlation(1)))
  }

  @Test
  func appliesFiltersInBothPolarities() throws {
    let rules = rule("a") + rule("b", service: "sysmon")
    let adm = Expression.field("u", .text(TextPattern(literal: "adm")))
    let plain = set(rules).rules
    let excluding = set(rules + filter("any", "s"))
    #expect(excluding.rules[0].expression == .all([plain[0].expression, .not(adm)]) && excluding.rules[1] == plain[1])
    #expect(excluding.diagnostics.isEmpty)
    let requiring = set(rules + filter("[a]", "not s"), .requires)
    #expect(requiring.rules[0].expression == .all([plain[0].expression, .not(adm)]) && requiring.diagnostics.isEmpty)
    #expect(reasons(set(rules + filter("[a]", "not s"))) == ["doubtful-filter-polarity"])
    #expect(reasons(set(rules + filter("[a]", "s"), .requires)) == ["doubtful-filter-polarity"])
  }

  @Test
  func appliesFiltersOnlyWhereTheyBelong() {
    #expect(reasons(set(rule("a") + filter("[nobody]", "s"))) == ["unknown-rule"])
    let outside = set(rule("a") + filter("a", "s", service: "sysmon"))
    #expect(reasons(outside) == ["filter-outside-log-source"] && outside.rules == set(rule("a")).rules)
    #expect(refusal("title: F\nlogsource: {product: windows}\nfilter: {s: {u: adm}, condition: s}\n") == "missing-key")
    #expect(refusal("title: F\nlogsource: {product: windows}\nfilter: {rules: any, s: {u: adm}}\n") == "missing-key")
    #expect(refusal("title: F\nfilter: {rules: any, s: {u: adm}, condition: s}\n") == "missing-key")
  }
}
