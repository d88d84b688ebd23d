import Foundation
import Testing
import WindowsFormats

@testable import Assurance

/// The fixtures of the rule pack, in `Rules/Regression`.
@Suite struct RulePackFixtureTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Rules/Regression")

  private static let files: [URL] = {
    let found = FileManager.default.enumerator(at: folder.resolvingSymlinksInPath(), includingPropertiesForKeys: nil)
    return (found?.allObjects ?? []).compactMap { $0 as? URL }.filter { $0.lastPathComponent == "info.yml" }
      .sorted { $0.path < $1.path }
  }()

  /// Each can be read, and what it describes can be written as logs and read back.
  @Test func everyFixtureCanBeWrittenAndRead() throws {
    for file in Self.files {
      do {
        let name = file.path.split(separator: "/").suffix(3).joined(separator: "/")
        let fixture = try RegressionFixture(parsing: [UInt8](try Data(contentsOf: file)), file: name)
        #expect(!fixture.tests.isEmpty && !fixture.rules.isEmpty, "\(name)")
        for test in fixture.tests {
          guard case .events(let events) = test.input else { continue }
          let logs = try RecipeLog.files(of: events).map { ReadLog($0.bytes) }
          #expect(logs.map(\.records.count).reduce(0, +) == events.count, "\(test.place)")
          #expect(logs.map(\.faults).reduce(0, +) == 0, "\(test.place)")
        }
      } catch {
        Issue.record(error)
      }
    }
  }
}
