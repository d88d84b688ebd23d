import Foundation
import Testing

@testable import WindowsFormats

/// Inputs that once stopped a fuzz target, read again by the same checks.
@Suite struct KeptFailureTests {
  private static func files(_ target: String) -> [URL] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("FuzzTesting/FailCases/\(target)")
    let found = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return found.sorted { $0.path < $1.path }
  }

  /// Runs `check` over every input of a target; what it finds fails the test, with the input's name.
  private func replay(_ target: String, _ check: ([UInt8], @escaping FindingReport) -> Void) throws {
    let files = KeptFailureTests.files(target)
    #expect(files.isEmpty == false)
    for file in files {
      check([UInt8](try Data(contentsOf: file))) { text, parts in
        Issue.record("\(target)/\(file.lastPathComponent): \(text)\n\(parts.joined(separator: "\n"))")
      }
    }
  }

  @Test func keptChunksAreReadTheSameByAllReaders() throws {
    try replay("chunk") { input, report in
      var check = ChunkCheck(report: report)
      withExactCopy(of: input) { check.run($0, isDirty: input.count % 2 == 1) }
      withExactCopy(of: input) { check.run($0, isDirty: input.count % 2 == 0) }
    }
  }

  @Test func keptTemplatesAreReadTheSameByAllReaders() throws {
    try replay("template") { input, report in
      var check = ChunkCheck(report: report)
      guard let chunk = input.withUnsafeBufferPointer({ TemplateChunk.bytes(of: $0) }) else {
        return report("the input is none of this target", [])
      }
      withExactCopy(of: chunk) { check.run($0, isDirty: false) }
    }
  }

  @Test func keptSlackIsRecoveredTheSameInAllForms() throws {
    try replay("recovery") { input, report in
      var check = RecoveryCheck(report: report)
      withExactCopy(of: input) { check.run($0) }
    }
  }
}
