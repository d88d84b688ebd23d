import Sigma
import TestSupport
import Testing
import WindowsFormats

struct SelectionTests {
  private func matches(_ selection: String, _ fields: [String: String]) throws -> Bool {
    let expression = try expression(ruleText("s: \(selection)\ncondition: s"))
    return SigmaOracle().matches(expression, fields.mapValues { [.string($0)] })
  }

  private func refusal(_ selection: String) -> String? {
    SigmaTests.refusal(ruleText("s: \(selection)\ncondition: s"))
  }

  @Test
  func takesMapsAsAndAndListsOfMapsAsOr() throws {
    #expect(try matches("{f: a, g: b}", ["f": "a", "g": "b"]))
    #expect(try !matches("{f: a, g: b}", ["f": "a"]))
    #expect(try matches("[{f: a}, {g: b, h: c}]", ["g": "b", "h": "c"]))
    #expect(try !matches("[{f: a}, {g: b, h: c}]", ["g": "b"]))
    #expect(try matches("{f: [a, b]}", ["f": "b"]))
    #expect(try matches("[{f: a}, word]", ["x": "some words"]))
  }

  @Test
  func looksForKeywordsWithinEachValue() throws {
    #expect(try matches("[mimi, katz]", ["x": "MIMIKATZ.exe"]))
    #expect(try !matches("[mimi, katz]", ["x": "mi", "y": "mi"]))
    #expect(try matches("{'|all': [mimi, katz]}", ["x": "mimi", "y": "katz"]))
    #expect(try !matches("{'|all': [mimi, katz]}", ["x": "mimi"]))
    #expect(try matches("{'|startswith': mimi}", ["x": "mimikatz"]))
    #expect(try !matches("{'|startswith': katz}", ["x": "mimikatz"]))
    #expect(try matches("{'|re': 'k.t'}", ["x": "mimikatz"]))
    #expect(try matches("4688", ["x": "event 4688"]))
    #expect(try expression(ruleText("s: [a]\ncondition: s")).hasKeywords)
    #expect(
      try expression(ruleText("s: [a]\ncondition: s"))
        == .keyword(.text(TextPattern([.anyRun, .literal("a"), .anyRun]))))
  }

  @Test(arguments: [
    ("{}", "empty-selection"), ("[]", "empty-selection"), ("null", "empty-selection"), ("[null]", "empty-selection"),
    ("[[a]]", "unsupported-nesting"), ("[{f: a}, [b]]", "unsupported-nesting"), ("{f: {g: 1}}", "unsupported-nesting"),
    ("{f: [[a]]}", "unsupported-nesting"), ("{f: [{g: 1}]}", "unsupported-nesting"), ("[a, null]", "needs-field"),
    ("{f: 1, f: 2}", "duplicate-key"), ("{'|gt': 1}", "needs-field"), ("{'|fieldref': g}", "needs-field"),
    ("{[a]: b}", "unsupported-key"), ("[{}]", "empty-selection"),
  ])
  func refusesWhatMeansNothing(_ selection: String, _ reason: String) {
    #expect(refusal(selection) == reason)
  }

  @Test
  func namesThePlaceOfTheFault() throws {
    let text = ruleText("a:\n  Image: x\n  CommandLine|contains:\n    - ok\n    - 5\ncondition: a")
    let location = try #require(parse(text).refusals.first?.location)
    #expect(location == SigmaLocation(path: "sample.yml", line: 9, column: 9))
  }

  @Test
  func expandsAliasesAndMergeKeys() throws {
    let text = ruleText("a: &a\n  f: 1\n  g: 2\nb:\n  <<: *a\n  g: 3\ncondition: b and a")
    let expected = ruleText("a: {f: 1, g: 2}\nb: {g: 3, f: 1}\ncondition: b and a")
    #expect(try expression(text) == expression(expected))
  }
}
