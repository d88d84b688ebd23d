internal import Assurance
internal import Collect
internal import Detection
internal import Sigma
internal import WindowsFormats

/// Runs the tests of a fixture: makes or finds the events, hunts in them, and counts the findings of the tested rule.
struct FixtureRun {
  /// What came of one test.
  struct Result {
    var fixture: String
    var test: String
    var rule: String
    /// Nil: one or more.
    var expected: Int?
    var found: Int
    /// Why the test could not be run; nil when it could.
    var problem: Text?

    var isPassed: Bool {
      guard problem == nil else { return false }
      return expected.map { $0 == found } ?? (found > 0)
    }
  }

  private let book: RuleBook
  private let detectors: [String: String]

  init(_ book: RuleBook) {
    self.book = book
    var detectors: [String: String] = [:]
    for rule in book.rules + book.correlations.rules {
      if let id = rule.metadata.id { detectors[id.lowercased()] = rule.detector }
    }
    self.detectors = detectors
  }

  /// The results of all tests of a fixture; one with a problem when the file cannot be understood.
  func results(of file: NamedFiles.File) throws(SystemFault) -> [Result] {
    let fixture: RegressionFixture
    do throws(RecipeError) {
      fixture = try RegressionFixture(parsing: file.bytes, file: file.path)
    } catch {
      return [Result(fixture: file.path, test: "", rule: "", expected: nil, found: 0, problem: Say.recipe(error))]
    }
    var results: [Result] = []
    for test in fixture.tests {
      let input = FixtureRun.input(of: test, fixture: file.path)
      let counts = try counts(input)
      for rule in fixture.rules {
        let detector = detectors[rule.id.lowercased()]
        results.append(
          Result(
            fixture: file.path, test: test.name, rule: rule.id, expected: test.matchCount,
            found: detector.flatMap { counts[$0] } ?? 0,
            problem: detector == nil ? Say.testedRuleMissing : input.problem))
      }
    }
    return results
  }

  private enum Input {
    case logs([EvidenceWalker.Contents])
    case path(String)
    case unusable(Text)

    var problem: Text? {
      if case .unusable(let problem) = self { problem } else { nil }
    }
  }

  private static func input(of test: RegressionFixture.Test, fixture: String) -> Input {
    switch test.input {
    case .events(let events):
      guard let files = try? RecipeLog.files(of: events) else { return .unusable(Say.testNotWritable) }
      return .logs(files.map { EvidenceWalker.Contents(name: $0.name, bytes: $0.bytes) })
    case .file(let path, _):
      guard let place = place(of: path, fixture: fixture) else {
        return .unusable(Say.testFileMissing(Terminal.visible(path)))
      }
      return .path(place)
    }
  }

  /// Findings by detector.
  private func counts(_ input: Input) throws(SystemFault) -> [String: Int] {
    let hunt = try EvidenceHunt(book, EvidenceHunt.Options())
    switch input {
    case .logs(let logs): try hunt.read(logs)
    case .path(let path): try hunt.read([path], feed: { _ in }, observe: { _ in })
    case .unusable: return [:]
    }
    try hunt.correlate()
    var counts: [String: Int] = [:]
    try hunt.findings.forEach { finding in
      counts[finding.detector, default: 0] += 1
      return true
    }
    return counts
  }

  /// The file of a test: its path counts from a folder above the fixture, as in a checkout of SigmaHQ, or it lies beside
  /// the fixture. A path that leads out of these is none.
  private static func place(of path: String, fixture: String) -> String? {
    let parts = path.split(separator: "/")
    guard !path.hasPrefix("/"), !parts.contains(".."), let name = parts.last else { return nil }
    var folder = fixture.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    var candidates = [(folder + [name]).joined(separator: "/")]
    while true {
      candidates.append((folder + [path[...]]).joined(separator: "/"))
      guard folder.popLast() != nil else { break }
    }
    return candidates.first { EvidenceSize.isFile($0) }
  }
}
