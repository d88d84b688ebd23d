import Testing
import TestSupport
import WindowsFormats

@testable import Assurance

/// Fixtures of rules, and the logs that are written from recipes.
@Suite struct FixtureTests {
  private func fixture(_ text: String) throws(RecipeError) -> RegressionFixture {
    try RegressionFixture(parsing: Array(text.utf8), file: "info.yml")
  }

  private static let event = """
    {channel: Yagura/Test, provider: Yagura-Test, eventId: 7, time: 2026-10-06T00:00:00Z, computer: A, data: {x: 1}}
    """

  @Test func readsEventsAndPathsWithTheirCounts() throws {
    let fixture = try fixture(
      """
      id: 5b2f1c7e-0000-4000-8000-000000000001
      description: two forms
      date: 2026-11-25
      author: Yagura
      rule_metadata:
          - id: 5b2f1c7e-0000-4000-8000-000000000002
            title: A rule
      regression_tests_info:
          - {name: Positive Detection Test, type: events, match_count: 2, events: [\(Self.event), \(Self.event)]}
          - {name: Negative Detection Test, type: events, match_count: 0, events: []}
          - {name: Positive Detection Test, type: evtx, provider: Microsoft-Windows-Sysmon, path: regression_data/x.evtx}
      """)
    #expect(fixture.rules == [.init(id: "5b2f1c7e-0000-4000-8000-000000000002", title: "A rule")])
    #expect(
      fixture.tests.map(\.name) == ["Positive Detection Test", "Negative Detection Test", "Positive Detection Test"])
    #expect(fixture.tests.map(\.matchCount) == [2, 0, nil])
    #expect(fixture.tests.map(\.place.line) == [9, 10, 11])
    guard case .events(let events) = fixture.tests[0].input else { throw Unexpected() }
    #expect(events.count == 2)
    #expect(fixture.tests[2].input == .file(path: "regression_data/x.evtx", type: "evtx"))
  }

  @Test(arguments: [
    ("{name: N, type: events, match_count: -1, events: []}", RecipeError.Code.wrongValue),
    ("{name: N, type: events, match_count: 1}", .missing), ("{name: N, type: evtx}", .missing),
    ("{name: N, type: events, events: {}}", .notAList), ("{name: N, type: events, events: [{}]}", .missing),
    ("text", .notAMap),
  ])
  func faultOfATestHasItsPlace(test: String, code: RecipeError.Code) {
    let error = #expect(throws: RecipeError.self) {
      try fixture("id: x\nregression_tests_info:\n  - \(test)")
    }
    #expect(error?.code == code)
    #expect(error?.place.line == 3)
  }

  @Test func recordsOfALogAreInOrderOfTime() throws {
    var events: [EventLogWriter.Event] = []
    for (channel, time, id) in [("B/Operational", 3, 1), ("A", 2, 2), ("B/Operational", 1, 3), ("A", 2, 4)] {
      let text = Self.event.replacing("Yagura/Test", with: channel).replacing("00:00:00Z", with: "00:00:0\(time)Z")
      events.append(
        try EventRecipe(parsing: Array(text.replacing("x: 1", with: "x: \(id)").utf8), file: "e").event)
    }
    let files = try RecipeLog.files(of: events)
    #expect(files.map(\.name) == ["A.evtx", "B%4Operational.evtx"])
    #expect(files.map { ReadLog($0.bytes).records.map { $0.data["x"]?.text } } == [["2", "4"], ["3", "1"]])
  }

  @Test(arguments: [
    ("Microsoft-Windows-Sysmon/Operational", "Microsoft-Windows-Sysmon%4Operational.evtx"),
    ("../../etc/passwd", "..%4..%4etc%4passwd.evtx"), (#"a\b:c"#, "a_b_c.evtx"), ("a\u{0}b\n", "a_b_.evtx"),
  ])
  func channelNamesStayInTheirFolder(channel: String, name: String) {
    #expect(RecipeLog.fileName(of: channel) == name)
  }

  private struct Unexpected: Error {}
}
