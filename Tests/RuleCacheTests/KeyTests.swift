import Sigma
import Testing

@testable import Detection

/// Whatever a rule book depends on makes another key.
@Suite struct KeyTests {
  private let files = SampleRules.files

  private func key(_ files: [SampleRules.File], program: String = "p") -> RuleCacheKey {
    RuleCacheKey(files: files, settings: RuleBook.Settings(), program: program)
  }

  private func key(
    _ files: [SampleRules.File], _ change: (inout RuleBook.Settings) throws -> Void
  ) rethrows -> RuleCacheKey {
    var settings = RuleBook.Settings()
    try change(&settings)
    return RuleCacheKey(files: files, settings: settings, program: "p")
  }

  @Test func sameInputHasTheSameKey() {
    #expect(key(files) == key(files))
    #expect(key(files).hexadecimal.utf8.count == 64)
  }

  @Test func filesThatDifferHaveOtherKeys() {
    var changed = files
    changed[0].text[40] ^= 1
    var renamed = files
    renamed[0].path = "other.yml"
    var moved = files
    moved.swapAt(0, 1)
    // The same bytes, cut another way.
    var cut = files
    cut[0].path.removeLast()
    cut[0].text.insert(UInt8(ascii: "l"), at: 0)
    let keys = [
      files, changed, renamed, moved, cut, Array(files.dropLast()), files + [SampleRules.file("new.yml", "")],
    ].map { key($0) }
    #expect(Set(keys).count == keys.count)
  }

  @Test func settingsAndProgramsThatDifferHaveOtherKeys() throws {
    func suppressions(_ text: String) throws -> SuppressionList {
      try SuppressionList(parsing: Array(text.utf8), path: "s.yml")
    }
    let keys = [
      key(files), key(files, program: "q"), key(files) { $0.polarity = .requires },
      key(files) { $0.placeholders = SigmaPlaceholders(["a": ["b", "c"]]) },
      key(files) { $0.placeholders = SigmaPlaceholders(["a": ["b"], "c": []]) },
      try key(files) { $0.levels = try LevelTable(parsing: Array("a: low".utf8), path: "l.yml") },
      try key(files) { $0.levels = try LevelTable(parsing: Array("a: high".utf8), path: "l.yml") },
      try key(files) { $0.suppressions = try suppressions("- {rule: a, reason: b}") },
      try key(files) { $0.suppressions = try suppressions("- {rule: a, reason: b, fields: {c: d}}") },
      try key(files) { $0.suppressions = try suppressions("- {rule: a, reason: b, fields: {c: 'd*'}}") },
      try key(files) { $0.suppressions = try suppressions("- {rule: a, reason: b, fields: {c: 'd?'}}") },
    ]
    #expect(Set(keys).count == keys.count)
  }

  /// An entry that has run out is not active any more, and what is active is the same as without it.
  @Test func suppressionThatExpiredMakesAnotherKey() throws {
    let list = try SuppressionList(parsing: Array("- {rule: a, reason: b, expires: 2026-11-25}".utf8), path: "s.yml")
    let today = key(files) { $0.suppressions = list.active(on: "2026-11-25") }
    let tomorrow = key(files) { $0.suppressions = list.active(on: "2026-11-26") }
    #expect(today != tomorrow && tomorrow == key(files))
  }

  @Test func fileOfAnotherKeyIsNotTaken() {
    let bytes = RuleCache.encode(Sample.contents, for: Sample.key())
    #expect(Sample.load(bytes) != nil)
    #expect(Sample.load(bytes, for: Sample.key(program: "next version")) == nil)
  }
}
