import Sigma
import WindowsFormats

@testable import Detection

/// All that a book says, in a form that can be compared.
struct BookImage: Equatable {
  struct Hit: Equatable {
    var findings: [UInt8]
    var ends: [Int]
    var matches: [CorrelationMatch]
    var suppressed: Int
  }

  var hits: [Hit?]
  var rules: [[UInt8]]
  var refused: [SigmaDiagnostic]
  var warnings: [SigmaDiagnostic]
  var missing: [RuleCoverage]

  init(_ book: RuleBook) {
    hits = BookImage.hunt(book)
    let all = book.rules + book.correlations.rules + book.notAboutEventLogs
    rules = all.map { BookImage.text(of: $0) }
    refused = book.refused
    warnings = book.warnings
    var coverage = EvidenceCoverage()
    coverage.note(channel: "Security", provider: "Microsoft-Windows-Security-Auditing", eventID: 4624)
    missing = all.map { coverage.coverage(of: $0.placement) }
  }

  /// As bytes: texts that Unicode holds to be equivalent are not the same.
  private static func text(of rule: HuntRule) -> [UInt8] {
    let custom = rule.metadata.custom.sorted { $0.key < $1.key }
    var rule = rule
    rule.metadata.custom = [:]
    return Array((String(reflecting: rule) + String(reflecting: custom)).utf8)
  }

  static func hunt(_ book: RuleBook) -> [Hit?] {
    let hunter = RuleHunter(book)
    return SampleRules.events.map { record in
      guard hunter.matches(record) else { return nil }
      let hit = [UInt8]([1, 2, 3]).withUnsafeBytes { hunter.hit(record, file: "f", offset: 7, bytes: $0) }
      return hit.map {
        Hit(findings: $0.findings, ends: $0.findingEnds, matches: $0.matches, suppressed: $0.suppressedCount)
      }
    }
  }
}

enum Sample {
  static let settings: RuleBook.Settings = {
    var settings = RuleBook.Settings()
    let text = """
      - rule: 7c0e4a52-0000-4000-8000-000000000003
        fields: {ScriptBlockText: 'x*'}
        reason: A test
      """
    settings.suppressions = (try? SuppressionList(parsing: Array(text.utf8), path: "suppress.yml")) ?? SuppressionList()
    return settings
  }()

  static var contents: RuleBookContents { RuleBookContents(files: SampleRules.files, settings: settings) }

  static func decode(_ body: [UInt8]) -> RuleBookContents? {
    body.withUnsafeBytes { try? RuleBookContents(decoding: ByteView($0)) }
  }

  static func key(_ files: [SampleRules.File] = SampleRules.files, program: String = "p") -> RuleCacheKey {
    RuleCacheKey(files: files, settings: settings, program: program)
  }

  static func load(_ bytes: [UInt8], for key: RuleCacheKey = key()) -> RuleBookContents? {
    bytes.withUnsafeBytes { RuleCache.decode($0, for: key) }
  }
}
