import Sigma
import TestSupport
import WindowsFormats

/// A rule around a detection whose lines begin at the margin.
func ruleText(_ detection: String, head: String = "title: Sample") -> String {
  """
  \(head)
  logsource:
    product: windows
  detection:

  """ + detection.split(separator: "\n").map { "  " + $0 + "\n" }.joined()
}

/// A rule with one selection that is one line: `Image|endswith: 'x'`, or a flow collection.
func ruleText(item: String) -> String {
  ruleText("s:\n  \(item)\ncondition: s")
}

struct NotARule: Error {
  var reasons: [String]
}

func parse(_ text: String, placeholders: [String: [String]] = [:], limits: SigmaLimits = SigmaLimits()) -> SigmaFile {
  SigmaParser(placeholders: SigmaPlaceholders(placeholders), limits: limits).parse(text, path: "sample.yml")
}

func expression(_ text: String, placeholders: [String: [String]] = [:]) throws -> Expression {
  let file = parse(text, placeholders: placeholders)
  guard case .success(.rule(let rule)) = file.documents.first else {
    throw NotARule(reasons: file.refusals.map(\.reason.rawValue))
  }
  return rule.expression
}

/// What the only item of a rule asks.
func expression(item: String, placeholders: [String: [String]] = [:]) throws -> Expression {
  try expression(ruleText(item: item), placeholders: placeholders)
}

/// Why a rule is refused; nil when it is not.
func refusal(_ text: String) -> String? { parse(text).refusals.first?.reason.rawValue }
func refusal(item: String) -> String? { refusal(ruleText(item: item)) }
func refusal(condition: String) -> String? {
  refusal(ruleText("a: {f: 1}\nb: {f: 2}\nsel_x: {f: 3}\nsel_y: {f: 4}\n_hidden: {f: 5}\ncondition: \(condition)"))
}
func warnings(item: String) -> [String] { parse(ruleText(item: item)).warnings.map(\.reason.rawValue) }

/// Whether an item matches an event whose fields are texts; `f` is the field that most samples speak of.
func matches(item: String, _ fields: [String: String]) throws -> Bool {
  SigmaOracle().matches(try expression(item: item), fields.mapValues { [.string($0)] })
}
func matches(item: String, _ text: String) throws -> Bool { try matches(item: item, ["f": text]) }
