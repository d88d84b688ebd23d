import Sigma
import TestSupport
import Testing
import WindowsFormats

struct ConditionTests {
  /// Selections a, b, sel_x, sel_y and _hidden are true when the event has them as fields.
  private func holds(_ condition: String, _ names: String) throws -> Bool {
    let selections = ["a", "b", "sel_x", "sel_y", "_hidden"].map { "\($0):\n  \($0)|exists: true" }
    let text = ruleText((selections + ["condition: \(condition)"]).joined(separator: "\n"))
    let event = Dictionary(uniqueKeysWithValues: names.split(separator: " ").map { (String($0), [EventValue.null]) })
    return SigmaOracle().matches(try expression(text), event)
  }

  @Test(arguments: [
    ("a or b and sel_x", "a", "b"),
    ("(a or b) and sel_x", "b sel_x", "a"),
    ("not a and b", "b", "a b"),
    ("not (a and b)", "a", "a b"),
    ("not not a", "a", "b"),
    ("not a or b", "a b", "a"),
    ("1 of sel_*", "sel_y", "a"),
    ("any of sel_*", "sel_x", "b"),
    ("all of sel_*", "sel_x sel_y", "sel_x"),
    ("not 1 of sel_*", "a", "sel_x"),
    ("all of them", "a b sel_x sel_y", "a b sel_x _hidden"),
    ("1 of them", "b", "_hidden"),
    ("1 of _*", "_hidden", "a"),
    ("1 of *_x", "sel_x", "sel_y"),
    ("1 of s*l*y", "sel_y", "sel_x"),
    ("1 of *", "a", "_hidden"),
    ("1 of a", "a", "b"),
    ("_hidden", "_hidden", "a"),
    ("[a, b and sel_x]", "b sel_x", "b"),
    ("((a))and(b)", "a b", "a"),
  ])
  func resolvesSelections(_ condition: String, _ matching: String, _ other: String) throws {
    #expect(try holds(condition, matching))
    #expect(try !holds(condition, other))
  }

  @Test(arguments: [
    ("a | count() > 3", "legacy-aggregation"), ("a and c", "unknown-selection"), ("1 of c*", "unknown-selection"),
    ("A", "unknown-selection"), ("a AND b", "operator-not-lower-case"), ("NOT a", "operator-not-lower-case"),
    ("2 of sel_*", "unsupported-quantifier"), ("none of them", "unsupported-quantifier"), ("a b", "invalid-condition"),
    ("(a", "invalid-condition"), ("a)", "invalid-condition"), ("and a", "invalid-condition"),
    ("a or", "invalid-condition"),
    ("not", "invalid-condition"), ("sel_*", "invalid-condition"), ("()", "invalid-condition"),
    ("1 of", "invalid-condition"),
    ("all of (a)", "invalid-condition"), ("''", "invalid-condition"), ("[]", "missing-key"), ("null", "wrong-type"),
    ("{a: b}", "wrong-type"),
  ])
  func refusesWhatDoesNotParse(_ condition: String, _ reason: String) {
    #expect(refusal(condition: condition) == reason)
  }

  @Test
  func namesWhatIsUnknownOrUnused() {
    let file = parse(ruleText("a: {f: 1}\nb: {f: 2}\ncondition: a and nope"))
    #expect(file.refusals.first?.subject == "nope")
    #expect(file.refusals.first?.location.line == 7)
    let unused = parse(ruleText("a: {f: 1}\nb: {f: 2}\ncondition: a"))
    #expect(unused.warnings.map(\.reason) == [.unusedSelection] && unused.warnings.first?.subject == "b")
    #expect(parse(ruleText("a: {f: 1}\nb: {f: 2}\ncondition: 1 of them")).warnings.isEmpty)
  }

  @Test
  func takesQuantifiersAsNamesWithoutOf() throws {
    let text = ruleText(
      "all: {f: 1}\nany: {f: 2}\nof: {f: 3}\nnotepad: {f: 4}\ncondition: all and any or of and notepad")
    #expect(refusal(text) == nil)
  }

  @Test
  func refusesLegacyKeys() {
    #expect(refusal(ruleText("a: {f: 1}\ntimeframe: 5m\ncondition: a")) == "legacy-timeframe")
    #expect(refusal(ruleText("a: {f: 1}")) == "missing-key")
    #expect(refusal(ruleText("condition: a")) == "empty-selection")
  }

  @Test
  func limitsDepthLengthAndSize() {
    let depth = SigmaLimits().maximumConditionDepth
    func nested(_ count: Int) -> String {
      String(repeating: "(", count: count) + "a" + String(repeating: ")", count: count)
    }
    #expect(refusal(condition: nested(depth)) == nil)
    #expect(refusal(condition: nested(depth + 1)) == "too-deep")
    #expect(refusal(condition: String(repeating: "not ", count: depth) + "a") == nil)
    #expect(refusal(condition: String(repeating: "not ", count: depth + 1) + "a") == "too-deep")
    #expect(refusal(condition: nested(100_000)) == "condition-too-long")
    var limits = SigmaLimits()
    limits.maximumExpressionSize = 4
    func size(_ condition: String) -> SigmaDiagnostic.Reason? {
      parse(ruleText("a: {f: [1, 2]}\ncondition: \(condition)"), limits: limits).refusals.first?.reason
    }
    #expect(size("a") == nil)
    #expect(size("a or a") == .expressionTooLarge)
  }
}
