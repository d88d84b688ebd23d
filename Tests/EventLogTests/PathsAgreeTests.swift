import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@testable import WindowsFormats

/// Compiled lines, values, slots and XML of the same record say the same.
@Suite struct PathsAgreeTests {
  private func check(_ chunk: [UInt8], records: Int? = nil, _ place: String = "") throws {
    let read = ReadChunk(chunk)
    #expect(read.differences == [], "\(place)")
    #expect(read.diagnostics.isEmpty, "\(place): \(read.diagnostics)")
    if let records { #expect(read.lines.count == records, "\(place)") }
    #expect(read.slots.count == read.lines.count && read.xml.count == read.lines.count, "\(place)")
    for line in read.lines { #expect((try? JSONSerialization.jsonObject(with: Data(line.utf8))) != nil, "\(line)") }
    for text in read.xml { #expect(XMLParser(data: Data(text.utf8)).parse(), "\(text)") }
    for (record, slots) in zip(read.records, read.slots) { try check(slots, of: record) }
  }

  /// Each plain field of the record is among the slots, under its name and with its text.
  private func check(_ slots: [(field: String, text: String)], of record: EventRecord) throws {
    for field in record.data {
      let texts = slots.filter { $0.field == field.name }.map(\.text)
      switch field.value {
      case .array(let values): #expect(texts == values.compactMap(\.text), "\(field.name)")
      case .object: break
      default: #expect(texts.contains(field.value.text ?? ""), "\(field.name)")
      }
    }
  }

  @Test func forWrittenEvents() throws {
    var traced = SampleEvents.everyValue
    traced.terminatesStrings = true
    let events =
      try SampleEvents.everyDefinition() + [SampleEvents.everyValue, traced]
      + SampleEvents.arrays.map { SampleEvents.plain([.init($0.name, $0.value)]) }
    let quirks: [EventLogWriter.Quirks] = [
      [], .omitsNameHashes, [.omitsNameTable, .omitsTemplateTable], .repeatsDefinitions,
    ]
    for quirk in quirks {
      for chunk in try WrittenChunks.of(events, quirks: quirk) { try check(chunk) }
    }
  }

  @Test func forOddPayloads() throws {
    for origin in [Event.Origin.tracing, .service, .classic] {
      let payloads: [EventLogWriter.Payload] = [
        .none, .eventData([]), .eventData([.init(nil, "unnamed"), .init(nil, .uint32(7)), .init("named", "日本")]),
        .eventData([.init("a", "1"), .init("a", .uint32(2))], binary: [1, 2, 0xFF]),
        .classicEventData(["a", "b", "ç"], binary: [0xAB]),
        .userData(
          .init(
            "Root", namespace: "urn:yagura:test", attributes: [.init("kind", "nested")],
            [.init("Deep", [.init("Deeper", .sid(.localSystem))]), .init("Plain", "text"), .init("Plain", "again")])),
      ]
      for payload in payloads {
        var event = SampleEvents.text("")
        (event.origin, event.qualifiers, event.payload) = (origin, 16_384, payload)
        try check(try WrittenChunks.of([event, event])[0], records: 2)
      }
    }
  }

  @Test func forEveryToken() throws {
    for (root, values) in OddRecords.all {
      try check(try WrittenChunks.of(root, values), records: 1, "\(root)")
      let bare = try WrittenChunks.of { try $0.append(.element(root), time: SampleEvents.time) }[0]
      if values.isEmpty { try check(bare, records: 1, "without a template: \(root)") }
    }
  }

  /// A sample of the logs of real machines, where they are present.
  @Test(.enabled(if: SharedCorpora.exist)) func forRealLogs() throws {
    let root = try #require(SharedCorpora.root).appendingPathComponent("logs")
    let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: [.fileSizeKey]))
      .compactMap { $0 as? URL }.filter { $0.path.hasSuffix(".evtx.gz") }.sorted { $0.path < $1.path }
    var (logs, records) = (0, 0)
    for file in files where logs < 250 {
      let size = try file.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
      guard size < 60_000, let log = unpacked(file) else { continue }
      logs += 1
      for start in stride(from: 4096, to: log.count - 511, by: EventLogChunk.byteCount) {
        let read = ReadChunk(Array(log[start..<min(start + EventLogChunk.byteCount, log.count)]), at: start)
        records += read.lines.count
        #expect(read.differences == [], "\(file.lastPathComponent) at \(start)")
        #expect(read.slots.count == read.lines.count, "\(file.lastPathComponent) at \(start)")
        for text in read.xml where !XMLParser(data: Data(text.utf8)).parse() {
          Issue.record("not well-formed: \(file.lastPathComponent): \(text)")
        }
      }
    }
    print("fast and slow path agree on \(records) records of \(logs) logs")
    #expect(records > 1000)
  }

  private func unpacked(_ file: URL) -> [UInt8]? {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", file.path]
    process.standardOutput = pipe
    guard (try? process.run()) != nil else { return nil }
    let bytes = [UInt8](pipe.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    return process.terminationStatus == 0 ? bytes : nil
  }
}
