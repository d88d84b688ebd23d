import Foundation
import TestSupport
import Testing

private let folder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("Examples/case")

@Suite struct ExampleCaseTests {
  /// With `YAGURA_UPDATE_EXAMPLES=1` the files are written anew first.
  @Test func theBundledCaseIsWhatTheGeneratorWrites() throws {
    let files = try ExampleCase.files()
    if ProcessInfo.processInfo.environment["YAGURA_UPDATE_EXAMPLES"] == "1" {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for file in files { try Data(file.bytes).write(to: folder.appendingPathComponent(file.name)) }
    }
    for file in files {
      let bundled = try Data(contentsOf: folder.appendingPathComponent(file.name))
      #expect(bundled == Data(file.bytes), "\(file.name): run again with YAGURA_UPDATE_EXAMPLES=1 if it was meant")
    }
    let present = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".evtx") }
    #expect(Set(present) == Set(files.map(\.name)))
  }

  @Test func theBundledCaseStaysSmall() throws {
    let byteCount = try ExampleCase.files().reduce(0) { $0 + $1.bytes.count }
    #expect(byteCount < 1_000_000)
  }
}
