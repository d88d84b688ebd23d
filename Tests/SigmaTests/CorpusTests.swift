import Sigma
import TestSupport
import Testing

/// All rules of SigmaHQ, for all platforms.
@Suite(.enabled(if: RuleCorpus.exists))
struct CorpusTests {
  @Test
  func takesEveryRuleButThoseWithUnknownPlaceholders() {
    var accepted: [SigmaDocument] = []
    var refusals: [SigmaDiagnostic] = []
    var windowsRules = 0
    for file in RuleCorpus.files {
      let result = SigmaParser().parse(file.bytes, path: file.path)
      accepted += result.accepted
      refusals += result.refusals
      #expect(result.warnings.isEmpty, "\(file.path)")
      for case .rule(let rule) in result.accepted where rule.logSource.product == "windows" { windowsRules += 1 }
    }
    #expect(accepted.count == 3_755 && windowsRules > 2_800)
    #expect(refusals.count == 25 && refusals.allSatisfy { $0.reason == .unresolvedPlaceholder })
    let set = SigmaRuleSet(accepted)
    #expect(set.rules.count == 3_755 && set.diagnostics.isEmpty)
  }

  @Test
  func takesRulesWithPlaceholdersOnceTheyAreKnown() {
    let files = RuleCorpus.files.filter { $0.path.contains("rules-placeholder") }
    var placeholders: [String: [String]] = [:]
    // A refusal names the first placeholder of a file; the next one is known when that has a value.
    var count = -1
    while placeholders.count > count {
      count = placeholders.count
      let parser = SigmaParser(placeholders: SigmaPlaceholders(placeholders))
      for refusal in files.flatMap({ parser.parse($0.bytes, path: $0.path).refusals }) {
        placeholders[String(refusal.subject.dropFirst("expand: ".count))] = ["one", "two*"]
      }
    }
    #expect(placeholders.count > 10)
    let parser = SigmaParser(placeholders: SigmaPlaceholders(placeholders))
    for file in files {
      #expect(parser.parse(file.bytes, path: file.path).refusals.isEmpty, "\(file.path)")
    }
  }
}
