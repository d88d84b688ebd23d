import Foundation
import Testing

/// `yagura hunt`: forms of the result, levels, suppressions, exit codes.
@Suite struct HuntTests {
  let folder: TemporaryFolder
  let log: String
  let rule: String

  init() throws {
    folder = try TemporaryFolder()
    log = try folder.write("logs/a.evtx", HuntSample.log())
    rule = try folder.write("rules/word.yml", HuntSample.rule())
  }

  // MARK: Forms

  @Test func thePageSaysWhatWhereAndWhatToDo() throws {
    let english = try Tool.hunt(log, "--rules", rule)
    #expect(english.status == 0 && english.errors.isEmpty, "\(english.errors)")
    #expect(english.text.contains("1 file, 5 records, 2024-05-14 09:30 – 2024-05-14 09:34 UTC"))
    #expect(english.text.contains("Findings  high 2"))
    #expect(english.text.contains("1. HIGH  A Word"))
    #expect(english.text.contains("a.evtx records 2, 4"), "\(english.text)")
    #expect(english.text.contains("T1047, wmi-worm"))
    let japanese = try Tool.hunt(log, "--rules", rule, environment: ["LANG": "ja_JP.UTF-8"])
    #expect(japanese.text.contains("1. 高  言葉") && japanese.text.contains("レコード 2, 4"), "\(japanese.text)")
    let nothing = try Tool.hunt(log, "--rules", rule, "--min-level", "critical")
    #expect(nothing.status == 0 && nothing.text.contains("not that nothing happened"))
  }

  @Test func linesHaveTheKeysOfTheContractAndEndWithASummary() throws {
    let run = try Tool.hunt(log, "--rules", rule, "--format", "jsonl")
    let lines = try run.records
    #expect(lines.count == 3 && run.status == 0)
    let keys = [
      "type", "id", "detector", "title", "level", "behaviour", "attack", "time", "host", "user", "summary", "evidence",
      "fields", "explanation", "response", "tactics", "titleJa",
    ]
    #expect(lines[0].keys == keys && lines[1].keys == keys)
    #expect(lines[0].text("detector") == "sigma:\(HuntSample.ruleID)" && lines[0].text("level") == "high")
    #expect(lines[0].text("time") == "2024-05-14T09:31:00.1234560Z")
    #expect(lines[0].text("user") == #"CORP\h.sato"#)
    let evidence = try #require((lines[0]["evidence"] as? [[String: Any]])?.first)
    #expect(evidence["recordId"] as? Int == 2 && evidence["file"] as? String == log)
    #expect((lines[0]["fields"] as? [String: Any])?["Text"] as? String == "an evil word")
    #expect(lines[2].text("type") == "summary" && lines[2].number("records") == 5)
    #expect((lines[2]["findings"] as? [String: Int])?["high"] == 2)
    // The identifier depends on rule and record, not on the place of the file.
    let copy = try folder.write("other/b.evtx", folder.read("logs/a.evtx"))
    #expect(try Tool.hunt(copy, "--rules", rule, "--format", "jsonl").records[0].text("id") == lines[0].text("id"))
  }

  @Test(arguments: ["1", "8"])
  func aPatternThatTakesTooLongIsSaidWhateverTheForm(threads: String) throws {
    let hard = String(repeating: "x", count: 5000) + " yb"
    let log = try folder.write("hard.evtx", HuntSample.log(["xxy", hard, "none", hard]))
    let rule = try folder.write("hard.yml", HuntSample.rule(value: "(x+x+)+y", modifier: "re"))
    let page = try Tool.hunt(log, "--rules", rule, "--threads", threads)
    #expect(page.text.contains("A Word: not checked on 2 events") && page.text.contains("high 1"), "\(page.text)")
    let lines = try Tool.hunt(log, "--rules", rule, "--format", "jsonl", "--threads", threads)
    #expect(lines.errors.contains("A Word: not checked on 2 events"), "\(lines.errors)")
    let told = try #require(lines.records.last?["givenUp"] as? [[String: Any]])
    #expect(told.count == 1 && told[0]["events"] as? Int == 2)
    #expect(told[0]["detector"] as? String == "sigma:\(HuntSample.ruleID)")
    // None where all was checked.
    let easy = try Tool.hunt(self.log, "--rules", rule, "--format", "jsonl", "--threads", threads)
    #expect((try easy.records.last?["givenUp"] as? [Any])?.isEmpty == true)
  }

  @Test func theEvidenceOfAFindingCanBeDerivedAnew() throws {
    let line = try Tool.hunt(log, "--rules", rule, "--format", "jsonl").records[0]
    let evidence = try #require((line["evidence"] as? [[String: Any]])?.first)
    let place = Logs.records(of: try folder.read("logs/a.evtx"))[1]
    #expect(evidence["offset"] as? Int == place.lowerBound)
    #expect((evidence["sha256"] as? String)?.count == 64)
    let alone = try folder.write("record", Array(try folder.read("logs/a.evtx")[place]))
    let digest = try Shell.output("sha256sum '\(alone)'")
    #expect(digest.hasPrefix(evidence["sha256"] as? String ?? "?"))
  }

  @Test func cellsFollowTheStandard() throws {
    let rows = try CSV.rows(Tool.hunt(log, "--rules", rule, "--format", "csv").text)
    #expect(rows.count == 3 && rows[0] == HuntSample.columns)
    #expect(rows.allSatisfy { $0.count == HuntSample.columns.count })
    #expect(rows[1][2] == "A Word" && rows[1][12] == "2" && rows[2][12] == "4")
    #expect(rows[1][17].contains("Text=an evil word"))
  }

  @Test func timesketchGetsWhatItRequires() throws {
    let lines = try Tool.hunt(log, "--rules", rule, "--format", "timesketch").records
    #expect(lines.count == 2)
    for line in lines {
      #expect(line.keys.prefix(3) == ["message", "datetime", "timestamp_desc"])
      #expect(line.text("hostname") == "WKS01.corp.example" && line.text("event_id") == "1000")
      #expect((line["tag"] as? [String])?.contains("T1047") == true)
    }
    #expect(lines[0].text("message")?.hasPrefix("[high] A Word: ") == true)
    #expect(lines[0].text("field_Text") == "an evil word")
  }

  @Test(arguments: ["text", "jsonl", "csv", "timesketch"])
  func textOfTheEvidenceReachesNoTerminalAsAnEscape(format: String) throws {
    let hostile = try folder.write(
      "hostile.evtx", HuntSample.log(["evil \u{1B}[31m \u{9B}2J \u{7} \u{202E}x", "=evil\u{0}\r\n\u{1B}]0;t\u{7}"]))
    let title = try folder.write("t.yml", HuntSample.rule(title: #""T\x1b[2J""#))
    let run = try Tool.hunt(hostile, "--rules", title, "--format", format)
    #expect(run.status == 0 && run.text.contains("evil"))
    for stream in [run.text, run.errors] {
      for scalar in stream.unicodeScalars {
        #expect(![0x00, 0x07, 0x1B].contains(scalar.value), "\(format)")
        #expect(format != "text" || !((0x7F..<0xA0).contains(scalar.value) || scalar.value == 0x202E))
      }
    }
  }

  @Test(arguments: ["text", "jsonl", "csv", "timesketch"])
  func theNumberOfThreadsChangesNothing(format: String) throws {
    for index in 0..<12 {
      try folder.write(
        "many/\(index).evtx", HuntSample.log((0..<900).map { $0 % 50 == index ? "evil \($0)" : "\($0)" }))
    }
    let correlation = try folder.write("rules/two.yml", HuntSample.correlation)
    func output(_ threads: Int) throws -> String {
      let run = try Tool.hunt(
        folder.path("many"), "--rules", rule, "--rules", correlation, "--format", format, "--threads", "\(threads)")
      #expect(run.status == 0)
      return run.text.replacing(/"seconds":[0-9.]+/, with: "")
    }
    let one = try output(1)
    #expect(one.utf8.count > 500)
    for threads in [2, 8] { #expect(try output(threads) == one) }
  }

  @Test func aCorrelationIsFoundOverFilesAndACopyCountsOnce() throws {
    let correlation = try folder.write("rules/two.yml", HuntSample.correlation)
    try folder.write("one/a.evtx", HuntSample.log(["evil", "x"]))
    func correlations(_ path: String) throws -> [JSONLine] {
      try Tool.hunt(path, "--rules", rule, "--rules", correlation, "--format", "jsonl").records
        .filter { $0.text("detector")?.hasPrefix("correlation:") == true }
    }
    let found = try correlations(log)
    #expect(found.count == 1 && found[0].text("level") == "critical")
    #expect((found[0]["evidence"] as? [[String: Any]])?.compactMap { $0["recordId"] as? Int } == [2, 4])
    #expect(try correlations(folder.path("one")).isEmpty)
    try folder.write("one/copy.evtx", folder.read("one/a.evtx"))
    #expect(try correlations(folder.path("one")).isEmpty)
  }

  // MARK: Exit codes

  @Test func exitCodesSayWhatCameOut() throws {
    #expect(try Tool.hunt(log, "--rules", rule).status == 0)
    #expect(try Tool.hunt(log, "--rules", rule, "--fail-level", "high").status == 1)
    #expect(try Tool.hunt(log, "--rules", rule, "--fail-level", "critical").status == 0)
    #expect(try Tool.hunt(log, "--rules", rule, "--fail-level", "grave").status == 2)
    #expect(try Tool.hunt(log, folder.path("absent"), "--rules", rule).status == 3)
    let absent = try Tool.hunt(folder.path("absent"), "--rules", rule)
    #expect(absent.status == 4 && absent.text.isEmpty && absent.errors.contains("not-found"), "\(absent.errors)")
    #expect(try Tool.hunt(folder.write("empty.evtx", ""), "--rules", rule).status == 4)
    #expect(try Tool.hunt(log, "--rules", rule, "--output", "/dev/full").status == 74)
  }

  @Test func wrongArgumentsAreToldWithCodeTwo() throws {
    for arguments in [
      [log], [log, "--rules", folder.path("absent")], [log, "--rules", rule, "--format", "yaml"],
      [log, "--rules", rule, "--after", "yesterday"], [log, "--rules", rule, "--threads", "0"],
      [log, "--rules", rule, "--output", log], [log, "--rules", rule, "--min-level", "none"], ["--rules", rule],
      [log, "--rules", rule, "--levels", folder.path("absent")],
    ] {
      let run = try Tool.run(["hunt", "--no-builtin-rules"] + arguments)
      #expect(run.status == 2 && run.output.isEmpty && !run.errors.isEmpty, "\(arguments): \(run.errors)")
    }
  }

  @Test func recordsOutsideTheSpanAreNotHuntedIn() throws {
    let run = try Tool.hunt(
      log, "--rules", rule, "--format", "jsonl", "--after", "2024-05-14T09:32:00Z", "--before", "2024-05-14T09:34:00Z")
    #expect(try run.records.compactMap { $0.text("summary") }.count == 1)
  }

  // MARK: Settings

  private func findings(_ options: String...) throws -> [JSONLine] {
    let run = try Tool.run(["hunt", "--no-builtin-rules", log, "--rules", rule, "--format", "jsonl"] + options)
    #expect(run.status == 0, "\(run.errors)")
    return try run.records
  }

  @Test func aSuppressionCountsUntilItsLastDay() throws {
    func list(_ expires: String) throws -> String {
      try folder.write(
        "known.yml", "- rule: \(HuntSample.ruleID)\n  fields: {Text: '*again'}\n  reason: known\n\(expires)")
    }
    let left = try findings("--suppress", list(""))
    #expect(left.count == 2 && left.last?.number("suppressed") == 1)
    #expect(try findings("--suppress", list("  expires: 2999-12-31\n")).count == 2)
    let expired = try findings("--suppress", list("  expires: 2024-05-14\n"))
    #expect(expired.count == 3 && expired.last?.number("suppressed") == 0)
    #expect(try findings("--suppress", folder.write("k.yml", "- {rule: A_WORD, reason: all}")).count == 1)
  }

  @Test func aWrongSettingIsToldWithItsPlace() throws {
    let list = try folder.write("known.yml", "- rule: a\n  reason: b\n  expires: soon\n")
    let run = try Tool.hunt(log, "--rules", rule, "--suppress", list)
    #expect(run.status == 2 && run.errors.contains("known.yml:3:"), "\(run.errors)")
  }

  @Test func levelsOfTheUserWin() throws {
    let table = try folder.write("levels.yml", "\(HuntSample.ruleID.uppercased()): low\n")
    #expect(try findings("--levels", table).first?.text("level") == "low")
    #expect(try findings("--levels", table, "--min-level", "medium").count == 1)
  }

  @Test func placeholdersGetTheirValues() throws {
    try folder.write("rules/word.yml", HuntSample.rule(value: "%words%", modifier: "contains|expand"))
    let refused = try Tool.hunt(log, "--rules", rule)
    #expect(refused.status == 2)
    #expect(try findings("--placeholders", folder.write("p.yml", "words: [again, two]\n")).count == 3)
  }

  @Test func aRefusedRuleDoesNotStopTheOthers() throws {
    try folder.write("rules/bad.yml", "title: Bad\n")
    let run = try Tool.hunt(log, "--rules", folder.path("rules"), "--format", "jsonl")
    #expect(run.status == 0)
    let rules = try #require(try run.records.last?["rules"] as? [String: Int])
    #expect(rules["loaded"] == 1 && rules["refused"] == 1)
  }

  // MARK: The bundled evidence

  @Test func theBuiltInRulesFindTheIntrusionOfTheExample() throws {
    let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Examples/case").path
    let run = try Tool.run(["hunt", example, "--fail-level", "critical"])
    #expect(run.status == 1)
    #expect(run.text.contains("Semi-Interactive WMI Shell With Output Redirected to a Share"))
    #expect(run.text.contains("T1546.003"))
  }
}
