import Foundation
import TestSupport
import Testing

@testable import WindowsFormats

/// Inputs that once stopped a fuzz target, read again by everything that reads a chunk.
@Suite struct KeptFailureTests {
  private static func files(_ target: String) -> [URL] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("FuzzTesting/FailCases/\(target)")
    let found = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return found.sorted { $0.path < $1.path }
  }

  @Test func everyKeptChunkIsReadTheSameByBothPaths() throws {
    let files = KeptFailureTests.files("chunk")
    #expect(files.count >= 2)
    for file in files {
      let chunk = [UInt8](try Data(contentsOf: file))
      withExactCopy(of: chunk) { bytes in
        var json = EventLogChunkReader(output: .jsonLines)
        var tree = EventLogChunkReader(output: .jsonLines)
        var slots = EventSlotReader()
        json.begin(file: "log")
        _ = json.load(bytes, at: 0, isDirty: true)
        _ = tree.load(bytes, at: 0, isDirty: true)
        slots.load(bytes)
        while let record = json.nextRecord() {
          json.clearOutput()
          let isRendered = json.render(record)
          if slots.read(record) {
            for index in 0..<slots.count { _ = slots.text(of: slots[index]) }
          }
          guard isRendered, let value = tree.eventRecord(record) else { continue }
          var line = ByteSink()
          value.appendJSONLine(file: "log", to: &line)
          let fast = json.withOutput { String(decoding: $0, as: UTF8.self) }
          #expect(
            LineComparison.difference(fast: fast, slow: line.string()) == nil, "\(file.lastPathComponent)")
        }
      }
    }
  }
}
