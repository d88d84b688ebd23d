import Foundation
import TestSupport

/// The rules of SigmaHQ as they were published on one day, unpacked once for all tests; nil where they are not.
enum RuleCorpus {
  struct RuleFile {
    /// Below the archive's own folder.
    var path: String
    var bytes: [UInt8]
  }

  static let files: [RuleFile] = unpacked() ?? []
  static var exists: Bool { archive != nil }

  private static let archive: URL? = SharedCorpora.root.flatMap { root in
    let archive = root.appendingPathComponent("sigma/sigmahq-8eaafff.tar.gz")
    return FileManager.default.fileExists(atPath: archive.path) ? archive : nil
  }

  private static func unpacked() -> [RuleFile]? {
    guard let archive else { return nil }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sigma-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let tar = Process()
      tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      tar.arguments = ["tar", "-xzf", archive.path, "-C", folder.path]
      try tar.run()
      tar.waitUntilExit()
      let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      return try paths.filter { $0.hasSuffix(".yml") && $0.contains("rules") }.sorted().map { path in
        RuleFile(path: path, bytes: [UInt8](try Data(contentsOf: folder.appendingPathComponent(path))))
      }
    } catch {
      return nil
    }
  }
}
