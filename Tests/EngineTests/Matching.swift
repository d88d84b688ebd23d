import Detection
import WindowsFormats

/// A matcher that expectations can speak of.
final class Matching {
  private var matcher: RuleMatcher

  init(_ rules: CompiledRules) { matcher = RuleMatcher(rules) }

  /// The rules that match a record, in the order in which the matcher tells them.
  func rules(for record: EventRecord) -> [Int] {
    let isMatch = matcher.match(record)
    let rules = matcher.matches()
    return isMatch == !rules.isEmpty ? rules : [-1]
  }

  func takeGivenUp() -> [Int] { matcher.takeGivenUp().map { $0.rule } }

  var evaluatedCount: Int { matcher.evaluatedCount }
}
