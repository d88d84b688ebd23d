import Foundation
import Testing

/// `yagura rules`.
@Suite struct RulesTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("rules/word.yml", HuntSample.rule())
  }

  private func rules(_ arguments: String...) throws -> Tool.Outcome { try Tool.run(["rules"] + arguments) }

  // MARK: check, list, coverage

  @Test func aRefusedRuleIsToldWithPathLineAndReason() throws {
    let bad = try folder.write(
      "rules/bad.yml", HuntSample.rule(id: "0f7d7d1a-6d64-4d9f-9f0e-0e1b4b6ab1c9", modifier: "sounds"))
    let run = try rules("check", folder.path("rules"))
    #expect(run.status == 0)
    let lines = try run.records
    #expect(lines.map { $0.text("status") } == ["refused", "ok"])
    #expect(lines[0].keys == ["path", "id", "title", "status", "reason", "line", "code", "column"])
    #expect(lines[0].text("path") == bad && lines[0].number("line") == 8, "\(lines[0].text)")
    #expect(lines[0].text("code") == "unknown-modifier" && lines[0].text("reason")?.contains("sounds") == true)
    #expect(lines[1].keys == ["path", "id", "title", "status", "reason", "line"])
    #expect(lines[1].text("id") == HuntSample.ruleID)
    #expect(run.errors.contains("1 rule usable, 1 refused"), "\(run.errors)")
  }

  @Test func fixturesBesideRulesAreNoRules() throws {
    try folder.write("rules/info.yml", "id: x\n")
    #expect(try rules("check", folder.path("rules")).lines.count == 1)
  }

  @Test func theBuiltInRulesAreAllUsable() throws {
    let lines = try rules("check").records
    #expect(lines.count > 290 && lines.allSatisfy { $0.text("status") == "ok" })
    #expect(try rules("list", "--format", "jsonl").records.count == lines.count)
    #expect(try rules("list").lines.count == lines.count)
    #expect(try Tool.run(["rules", "list", folder.path("rules"), "--lang", "ja"]).text.contains("言葉"))
  }

  @Test func coverageIsALayerOfTheNavigator() throws {
    let layer = try JSONLine(rules("coverage").text)
    #expect(layer.text("domain") == "enterprise-attack")
    #expect((layer["versions"] as? [String: String])?["layer"] == "4.5")
    let techniques = try #require(layer["techniques"] as? [[String: Any]])
    let ids = techniques.compactMap { $0["techniqueID"] as? String }
    #expect(ids.count == Set(ids).count && ids.contains("T1047") && ids.contains("T1546.003"))
    #expect(techniques.allSatisfy { ($0["score"] as? Int ?? 0) > 0 })
    let own = try JSONLine(rules("coverage", folder.path("rules")).text)
    #expect((own["techniques"] as? [[String: Any]])?.count == 1)
  }

  // MARK: test

  private func fixture(_ tests: String, rule: String = HuntSample.ruleID) -> String {
    "id: 5b2f1c7e-0000-4000-8000-000000000001\nrule_metadata: [{id: \(rule), title: A Word}]\nregression_tests_info:\n"
      + tests
  }

  private func test(_ name: String, count: String, text: String) -> String {
    """
      - name: \(name)
        type: events
        \(count)
        events:
          - channel: System
            provider: Yagura-Test
            eventId: 7
            time: 2026-10-06T00:00:00Z
            computer: A
            data: {Text: \(text)}

    """
  }

  private func run(_ arguments: String...) throws -> Tool.Outcome {
    try Tool.run(
      ["rules", "test", folder.path("fixtures"), "--no-builtin-rules", "--rules", folder.path("rules")] + arguments)
  }

  @Test func testsThatHoldAreOnlyCounted() throws {
    try folder.write(
      "fixtures/a/info.yml",
      fixture(
        test("Positive", count: "match_count: 1", text: "evil")
          + test("Negative", count: "match_count: 0", text: "good")
          + test("Any", count: "provider: x", text: "evil")))
    let run = try run()
    #expect(run.status == 0 && run.output.isEmpty)
    #expect(run.errors == "3 tests passed, 0 failed\n")
  }

  @Test func aTestThatFailsIsALineWithWhatWasExpected() throws {
    let path = try folder.write(
      "fixtures/a/info.yml",
      fixture(
        test("Positive", count: "match_count: 2", text: "evil")
          + test("Negative", count: "match_count: 0", text: "evil")
          + test("Any", count: "provider: x", text: "good")))
    let text = try run()
    #expect(text.status == 1 && text.errors == "0 tests passed, 3 failed\n")
    #expect(text.lines[0] == "\(path): Positive (\(HuntSample.ruleID)): expected 2, found 1")
    let lines = try run("--format", "jsonl").records
    #expect(lines.map { $0.number("found") } == [1, 1, 0])
    #expect(lines[0].keys == ["fixture", "test", "rule", "expected", "found", "reason"])
    #expect(lines[0].number("expected") == 2 && lines[2]["expected"] is NSNull)
  }

  @Test func recordedLogsAreFoundAboveTheFixture() throws {
    try folder.write("regression_data/word/evil.evtx", HuntSample.log())
    func write(_ path: String) throws {
      try folder.write(
        "fixtures/word/info.yml", fixture("  - {name: Positive, type: evtx, match_count: 2, path: \(path)}\n"))
    }
    try write("regression_data/word/evil.evtx")
    #expect(try run().status == 0)
    for path in [
      "regression_data/absent.evtx", "../regression_data/word/evil.evtx", folder.path("regression_data/word/evil.evtx"),
    ] {
      try write(path)
      let run = try run()
      #expect(run.status == 1 && run.text.contains("there is no file"), "\(run.text)")
    }
  }

  @Test func whatCannotBeTestedIsAFailureWithItsReason() throws {
    try folder.write("fixtures/a/info.yml", "id: x\nregression_tests_info: {}\n")
    try folder.write(
      "fixtures/b/info.yml", fixture(test("P", count: "match_count: 0", text: "x"), rule: "of-another-set"))
    let run = try run()
    #expect(run.status == 1 && run.lines.count == 2)
    #expect(run.lines[0].contains("a/info.yml:2:") && run.lines[1].contains("not among those loaded"), "\(run.text)")
  }

  @Test func withoutFixturesItSaysWhereItLooked() throws {
    let none = try Tool.run(["rules", "test", folder.path("rules")])
    #expect(none.status == 2 && none.errors.contains("info.yml"))
    let here = try Shell.output("cd '\(folder.path)' && '\(Tool.path)' rules test 2>&1; echo $?")
    #expect(here.contains("There is no Rules/Regression here") && here.hasSuffix("2\n"), "\(here)")
  }
}
