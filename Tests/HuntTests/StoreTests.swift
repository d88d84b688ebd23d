import Testing
import WindowsFormats

@testable import Detection
@testable import yagura

/// Findings as bytes, and on their way into order of time.
@Suite struct StoreTests {
  private static let book = RuleBook(files: [
    (
      "r.yml",
      Array(
        "title: R\nid: 0f7d7d1a-6d64-4d9f-9f0e-0e1b4b6ab1c2\nlogsource: {product: windows, service: security}\ndetection: {a: {EventID: 1}, condition: a}\n"
          .utf8)
    )
  ])

  private func body(_ id: String, _ time: String, file: String = "a.evtx") -> FindingBody {
    var body = FindingBody(rule: 0, id: id, time: time, host: "WKS07", user: #"CORP\h.sato"#)
    body.summary = "端末 ✓"
    body.fields = [FindingField(name: "CommandLine", value: "cmd.exe /c"), FindingField(name: "", value: "")]
    body.evidence = [
      EventEvidence(
        file: file, recordID: .number(.max), channel: "Security", eventID: 4688, offset: 4096, sha256: "ab"),
      EventEvidence(
        file: file, recordID: .ordinal(3), channel: "", eventID: 0, offset: 0, sha256: "", isRecovered: true),
    ]
    return body
  }

  @Test func everyPrefixOfAnEncodedFindingIsRefusedOrEqual() {
    let original = body("id", "2026-10-06T10:00:00Z")
    var sink = ByteSink()
    original.encode(to: &sink)
    sink.withBytes { bytes in
      #expect(FindingBody(decoding: ByteView(bytes)) == original)
      for length in 0..<bytes.count {
        #expect(FindingBody(decoding: ByteView(UnsafeRawBufferPointer(rebasing: bytes[..<length]))) == nil, "\(length)")
      }
    }
  }

  @Test func everyFlippedByteOfAnEncodedFindingIsSurvived() {
    var sink = ByteSink()
    body("id", "2026-10-06T10:00:00Z").encode(to: &sink)
    var bytes = sink.withBytes { Array($0) }
    for index in bytes.indices {
      for flip in [0x01, 0x80, 0xFF] as [UInt8] {
        bytes[index] ^= flip
        bytes.withUnsafeBytes { _ = FindingBody(decoding: ByteView($0)) }
        bytes[index] ^= flip
      }
    }
  }

  @Test func everyPrefixOfAnEncodedMatchIsRefusedOrEqual() {
    let original = CorrelationMatch(
      rule: 7, time: .max, values: ["a", nil, ""], host: "H", user: "",
      evidence: EventEvidence(
        file: "f", recordID: .number(0), channel: "c", eventID: .max, offset: .max, sha256: "s"))
    var sink = ByteSink()
    original.encode(to: &sink)
    sink.withBytes { bytes in
      #expect(CorrelationMatch(decoding: ByteView(bytes)) == original)
      for length in 0..<bytes.count {
        let prefix = UnsafeRawBufferPointer(rebasing: bytes[..<length])
        #expect(CorrelationMatch(decoding: ByteView(prefix)) == nil, "\(length)")
      }
    }
  }

  private func stored(_ bodies: [FindingBody]) throws -> [Finding] {
    let store = try FindingStore(Self.book)
    for body in bodies { try store.add(body) }
    var findings: [Finding] = []
    try store.forEach { finding in
      findings.append(finding)
      return true
    }
    return findings
  }

  @Test func findingsComeInOrderOfTimeThoseWithoutOneFirst() throws {
    let findings = try stored([
      body("c", "2026-10-06T10:00:00.0000002Z"), body("a", "2026-10-06T10:00:00.0000001Z"), body("none", ""),
      body("b", "2026-10-06T10:00:00.0000001Z"),
    ])
    #expect(findings.map(\.id) == ["none", "a", "b", "c"])
    #expect(findings.allSatisfy { $0.title.en == "R" && $0.detector == "sigma:0f7d7d1a-6d64-4d9f-9f0e-0e1b4b6ab1c2" })
  }

  @Test func aCopyIsOneFindingWithBothPlaces() throws {
    let time = "2026-10-06T10:00:00Z"
    let findings = try stored([
      body("same", time), body("other", time), body("same", time, file: "copy.evtx"), body("same", time),
    ])
    #expect(findings.map(\.id) == ["same", "other"])
    #expect(findings[0].evidence.map(\.file) == ["a.evtx", "a.evtx", "copy.evtx", "copy.evtx"])
  }
}
