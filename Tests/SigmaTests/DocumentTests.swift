import Sigma
import TestSupport
import Testing

struct DocumentTests {
  private let detection = "detection:\n  s: {f: 1}\n  condition: s\n"

  @Test
  func readsMetadata() throws {
    let text = """
      title: Sample
      id: 0E95725D-7320-415D-80F7-004DA920FC11
      name: sample
      status: test
      description: |
        Two
        lines
      author: A, B
      date: 2024-01-02
      modified: 2024/02/03
      references: [r1, r2]
      tags:
        - attack.t1047
      falsepositives: none known
      level: High
      fields: [Image]
      explanation: {ja: 説明, en: text}
      related:
        - {id: x, type: derived}
      logsource: {category: Process_Creation, product: windows, definition: d}

      """ + detection
    guard case .success(.rule(let rule)) = parse(text).documents.first else { throw NotARule(reasons: []) }
    let metadata = rule.metadata
    #expect(metadata.id == "0e95725d-7320-415d-80f7-004da920fc11" && metadata.name == "sample")
    #expect(metadata.status == .test && metadata.level == .high && metadata.description == "Two\nlines\n")
    #expect(metadata.date == "2024-01-02" && metadata.modified == "2024/02/03" && metadata.author == "A, B")
    #expect(metadata.references == ["r1", "r2"] && metadata.tags == ["attack.t1047"] && rule.fields == ["Image"])
    #expect(metadata.falsePositives == ["none known"])
    #expect(
      metadata.custom == [
        "explanation.ja": "説明", "explanation.en": "text", "related.0.id": "x", "related.0.type": "derived",
      ])
    #expect(rule.logSource == SigmaLogSource(category: "process_creation", product: "windows"))
    #expect(metadata.location == SigmaLocation(path: "sample.yml", line: 1, column: 1))
    #expect(parse(text).warnings.isEmpty)
  }

  @Test
  func warnsOfDoubtfulMetadataAndGoesOn() {
    let text =
      "title: \(String(repeating: "x", count: 257))\nid: 5\nstatus: new\nlevel: huge\ndate: today\ntags: [[a]]\n"
    let file = parse(text + "logsource: {product: windows}\n" + detection)
    #expect(file.accepted.count == 1)
    #expect(
      file.warnings.map(\.reason.rawValue) == [
        "title-too-long", "invalid-id", "unknown-status", "unknown-level", "invalid-date", "wrong-type",
      ])
  }

  @Test
  func refusesDocumentsThatLackTheirParts() {
    let source = "logsource: {product: windows}\n"
    #expect(refusal(source + detection) == "missing-key")
    #expect(refusal("title: x\n" + detection) == "missing-key")
    #expect(refusal("title: x\n" + source) == "missing-key")
    #expect(refusal("title: [x]\n" + source + detection) == "wrong-type")
    #expect(refusal("title: x\nlogsource: {}\n" + detection) == "empty-log-source")
    #expect(refusal("title: x\nlogsource: {product: [a]}\n" + detection) == "wrong-type")
    #expect(refusal("title: x\nlogsource: a\n" + detection) == "wrong-type")
    #expect(refusal("title: x\n" + source + "detection: [a]\n") == "wrong-type")
    #expect(refusal("- a\n") == "not-a-map")
  }

  @Test
  func refusesCollectionsOfOldRules() {
    for action in ["global", "reset", "repeat", "other"] {
      #expect(refusal("action: \(action)\n" + ruleText(item: "f: 1")) == "unsupported-action")
    }
  }

  @Test
  func readsTheOtherDocumentsOfAFile() throws {
    let good = ruleText(item: "f: 1")
    let text = "# comment\n---\n" + good + "---\nx: [\n---\n" + good + "...\n" + good + "---\n- a\n---\n"
    let file = parse(text)
    #expect(file.documents.count == 5 && file.accepted.count == 3)
    #expect(file.refusals.map(\.reason) == [.invalidYAML, .notAMap])
    #expect(file.accepted.map(\.metadata.location.line) == [3, 13, 21])
    #expect(parse("").documents.isEmpty && parse("---\n# nothing\n").documents.isEmpty)
    #expect(parse(text.replacing("\n", with: "\r\n")).accepted.map(\.metadata.location.line) == [3, 13, 21])
    #expect(parse("\u{FEFF}" + good).accepted.count == 1)
  }

  @Test
  func namesTheLineOfWhatIsNotYAML() {
    let bytes = Array(ruleText(item: "f: 1").utf8)
    let file = SigmaParser().parse(bytes + [0xFF] + Array("\n---\n".utf8) + bytes, path: "x.yml")
    #expect(file.refusals.map(\.reason) == [.notUTF8] && file.refusals.first?.location.line == 8)
    #expect(file.accepted.count == 1)
    #expect(SigmaParser().parse([0xFF, 0xFE] + bytes, path: "x.yml").refusals.map(\.reason) == [.notUTF8])
    let control = parse(ruleText(item: "f: 1") + "x: a\u{0}\n").refusals.first
    #expect(control?.reason == .invalidYAML && control?.location.line == 8)
  }
}
