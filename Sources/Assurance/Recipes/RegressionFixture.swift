public import WindowsFormats

/// The tests of a rule: `info.yml` beside it, in the form of SigmaHQ's regression data.
///
///     id: …
///     rule_metadata: [{id: …, title: …}]
///     regression_tests_info:
///       - {name: Positive Detection Test, type: events, match_count: 1, events: [recipe, …]}
///       - {name: Positive Detection Test, type: evtx, match_count: 1, path: regression_data/….evtx}
///
/// `type: events` is Yagura's own: the log is written from the recipes when the test runs.
public struct RegressionFixture: Hashable, Sendable {
  public var id: String
  public var description: String
  /// Identifiers and titles of the rules that are tested; usually one.
  public var rules: [Rule]
  public var tests: [Test]

  public struct Rule: Hashable, Sendable {
    public var id: String
    public var title: String

    public init(id: String, title: String) {
      self.id = id
      self.title = title
    }
  }

  public struct Test: Hashable, Sendable {
    public var name: String
    /// Findings that the rule must have, exactly; nil, where the file does not say, is one or more.
    public var matchCount: Int?
    public var input: Input
    public var place: RecipePlace

    public init(name: String, matchCount: Int?, input: Input, place: RecipePlace) {
      self.name = name
      self.matchCount = matchCount
      self.input = input
      self.place = place
    }
  }

  public enum Input: Hashable, Sendable {
    case events([EventLogWriter.Event])
    /// A file in the format of `type`, by its path as the fixture has it.
    case file(path: String, type: String)
  }

  /// - Throws: `RecipeError` with the place of what is wrong.
  public init(parsing bytes: [UInt8], file: String) throws(RecipeError) {
    let map = try RecipeReader(file: file).read(bytes).map()
    id = try map.text("id")
    description = try map.text(ifPresent: "description") ?? ""
    rules = []
    for node in try map.list("rule_metadata") {
      let rule = try node.map()
      rules.append(Rule(id: try rule.text("id"), title: try rule.text(ifPresent: "title") ?? ""))
    }
    tests = []
    for node in try map.required("regression_tests_info").list() { tests.append(try Test(node)) }
  }
}

extension RegressionFixture.Test {
  init(_ node: RecipeNode) throws(RecipeError) {
    let map = try node.map()
    place = node.place
    name = try map.text("name")
    matchCount = try map.integer("match_count")
    if let matchCount, matchCount < 0 { throw try map.required("match_count").error(.wrongValue, "\(matchCount)") }
    let type = try map.text("type")
    guard type == "events" else {
      input = .file(path: try map.text("path"), type: type)
      return
    }
    let nodes = try map.required("events").list()
    guard nodes.count <= RecipeLimits.eventsPerTest else { throw node.error(.tooMany, "events") }
    var events: [EventLogWriter.Event] = []
    for node in nodes { events.append(try EventRecipe(node).event) }
    input = .events(events)
  }
}
