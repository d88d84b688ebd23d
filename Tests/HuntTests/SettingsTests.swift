import Collect
import Foundation
import Sigma
import Testing
import WindowsFormats

/// Files that a user writes beside rules: levels and suppressions; and how files are found.
@Suite struct SettingsTests {
  private func levels(_ text: String) throws(SigmaDiagnostic) -> LevelTable {
    try LevelTable(parsing: Array(text.utf8), path: "levels.yml")
  }

  private func suppressions(_ text: String) throws(SigmaDiagnostic) -> SuppressionList {
    try SuppressionList(parsing: Array(text.utf8), path: "known.yml")
  }

  @Test func levelsAreFoundByIdOrNameInAnyLetterCase() throws {
    let table = try levels("ABC-1: low\nmy_rule: critical\n")
    #expect(table["abc-1"] == .low && table["MY_RULE"] == .critical && table["other"] == nil)
  }

  @Test(arguments: [
    ("a: low\nb: grave\n", "unknown-level", 2), ("- a\n", "wrong-type", 1), ("a: [low]\n", "wrong-type", 1),
    // The YAML library tells where the map begins that has the key twice.
    ("a: low\na: high\n", "duplicate-key", 1), ("a: low\n  b: [\n", "invalid-yaml", 2),
  ])
  func whatIsNoLevelIsToldWithItsPlace(text: String, reason: String, line: Int) {
    let error = #expect(throws: SigmaDiagnostic.self) { try levels(text) }
    #expect(error?.reason.rawValue == reason)
    #expect(error?.location.path == "levels.yml" && error?.location.line == line, "\(String(describing: error))")
  }

  @Test func aSuppressionSaysRuleValuesReasonAndLastDay() throws {
    let list = try suppressions(
      """
      - rule: ABC
        fields: {Computer: 'WKS07*', User: ['CORP\\a', 'CORP\\b']}
        reason: known
        expires: 2027-03-31
      - {rule: other, reason: always}
      """)
    #expect(list.entries.map(\.rule) == ["abc", "other"])
    #expect(list.entries[0].fields["User"]?.count == 2)
    #expect(list.active(on: "2027-03-31").entries.count == 2)
    #expect(list.active(on: "2027-04-01").entries.map(\.rule) == ["other"])
  }

  @Test(arguments: [
    ("- rule: a\n", "missing-key", 1), ("- reason: a\n", "missing-key", 1), ("rule: a\n", "wrong-type", 1),
    ("- rule: a\n  reason: b\n  until: 2027-01-01\n", "unsupported-key", 3),
    ("- rule: a\n  reason: b\n  expires: soon\n", "invalid-date", 3),
    ("- rule: a\n  reason: b\n- text\n", "wrong-type", 3),
  ])
  func whatIsWrongInASuppressionIsToldWithItsPlace(text: String, reason: String, line: Int) {
    let error = #expect(throws: SigmaDiagnostic.self) { try suppressions(text) }
    #expect(error?.reason.rawValue == reason)
    #expect(error?.location.path == "known.yml" && error?.location.line == line, "\(String(describing: error))")
  }

  // MARK: Files

  @Test func filesBelowAFolderComeInOrderAndOnlyThoseWanted() throws {
    let folder = try Folder(["b/2.yml", "b/1.YML", "a.yaml", "note.txt", ".git/hidden.yml"])
    #expect(folder.read() == ["a.yaml", "b/1.YML", "b/2.yml"])
    #expect(folder.read("note.txt") == ["note.txt"])
    #expect(folder.read("absent") == ["not-found"])
  }

  @Test func linksInACircleEndAndLargeFilesAreTold() throws {
    let folder = try Folder(["a.yml"])
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/loop", withDestinationPath: folder.path)
    #expect(folder.read() == ["a.yml"])
    #expect(folder.read(limit: 3) == ["too-large"])
    #expect(folder.read(limit: 4) == ["a.yml"])
  }

  /// A folder with files of four bytes.
  private final class Folder {
    let path: String

    init(_ names: [String]) throws {
      path = FileManager.default.temporaryDirectory.appendingPathComponent("yagura-\(UUID().uuidString)").path
      for name in names {
        let file = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("a: b".utf8).write(to: file)
      }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func read(_ name: String = "", limit: Int = 100) -> [String] {
      var reader = NamedFiles(suffixes: [".yml", ".yaml"], maximumByteCount: limit)
      var names: [String] = []
      reader.read(name.isEmpty ? path : "\(path)/\(name)") { file in
        switch file {
        case .success(let file): names.append(String(file.path.dropFirst(path.count + 1)))
        case .failure(let problem): names.append(problem.reason)
        }
      }
      return names
    }
  }

  // MARK: Cells

  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("=1+1", "'=1+1"),
    ("@SUM(A1)", "'@SUM(A1)"), ("-1,2", "\"'-1,2\""), ("a\r\nb", "\"a\r\nb\""), ("\u{1B}[2J", "␛[2J"),
    ("＝1", "'＝1"), ("\tx", "\"'\tx\""), ("端末", "端末"),
  ])
  func cellsAreQuotedAndNoFormulas(text: String, cell: String) {
    var sink = ByteSink()
    CSVCell.append(text, to: &sink)
    #expect(sink.string() == cell)
  }
}
