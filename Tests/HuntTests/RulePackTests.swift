import Assurance
import Detection
import Foundation
import Sigma
import Testing

@testable import Collect
@testable import yagura

/// The project's own rules: each finds what its fixture says, and says what it means.
@Suite struct RulePackTests {
  private static let rules = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Rules")

  private static let book = RuleBook(files: BuiltinRules.files.map { ("builtin/\($0.path)", $0.text) })

  private static var fixtures: [NamedFiles.File] {
    var files: [NamedFiles.File] = []
    var reader = NamedFiles(suffixes: ["info.yml"], maximumByteCount: 4 << 20)
    reader.read(rules.appendingPathComponent("Regression").path) { file in
      if case .success(let file) = file { files.append(file) }
    }
    return files
  }

  @Test func everyFixtureFindsWhatItSays() throws {
    let tests = FixtureRun(Self.book)
    var passed = 0
    for file in Self.fixtures {
      for result in try tests.results(of: file) {
        passed += 1
        #expect(result.isPassed, "\(result)")
      }
    }
    #expect(passed > 600)
  }

  @Test func everyRuleCanBeUsedAndHasAFixtureWithBothCases() throws {
    #expect(Self.book.refused.isEmpty, "\(Self.book.refused)")
    #expect(Self.book.notAboutEventLogs.isEmpty)
    var tested: Set<String> = []
    for file in Self.fixtures {
      let fixture = try RegressionFixture(parsing: file.bytes, file: file.path)
      #expect(fixture.tests.contains { $0.matchCount != 0 }, "\(file.path)")
      #expect(fixture.tests.contains { $0.matchCount == 0 }, "\(file.path)")
      tested.formUnion(fixture.rules.map(\.id))
    }
    let rules = Self.book.rules + Self.book.correlations.rules
    #expect(rules.count == BuiltinRules.files.count)
    for rule in rules { #expect(tested.contains(rule.metadata.id ?? ""), "\(rule.metadata.location.path)") }
  }

  @Test func everyRuleSpeaksBothLanguages() {
    for rule in Self.book.rules + Self.book.correlations.rules {
      let place = rule.metadata.location.path
      for text in [rule.title, rule.explanation, rule.response] {
        #expect(!text.en.isEmpty && !text.ja.isEmpty, "\(place)")
        #expect(text.ja.unicodeScalars.contains { $0.value > 0x3000 }, "\(place): \(text.ja)")
        #expect(text.en.unicodeScalars.allSatisfy { $0.value < 0x3000 }, "\(place): \(text.en)")
      }
      #expect(rule.metadata.custom["yagura.explanation.en"] != nil, "\(place)")
    }
  }

  @Test func everyRuleNamesBehavioursAndTechniquesThatExist() {
    for rule in Self.book.rules + Self.book.correlations.rules {
      let place = rule.metadata.location.path
      #expect(!rule.behaviours.isEmpty && !rule.attack.isEmpty, "\(place)")
      for id in rule.behaviours { #expect(Behaviour(id: id) != nil, "\(place): \(id)") }
    }
    #expect(Behaviour(id: "wmi-of-another-world") == nil)
    #expect(Behaviour.all.count == 85)
    #expect(Behaviour.all.allSatisfy { !$0.title.en.isEmpty && !$0.title.ja.isEmpty })
  }
}
