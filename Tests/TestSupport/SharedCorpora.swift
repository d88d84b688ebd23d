public import Foundation

/// The corpora that the project's own checks use where they are present; a user's machine has none.
public enum SharedCorpora {
  /// `YAGURA_CORPORA`, else `../shared/corpora` beside the working copy; nil when neither exists.
  public static let root: URL? = {
    let environment = ProcessInfo.processInfo.environment["YAGURA_CORPORA"]
    let beside = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("shared/corpora")
    let folder = environment.map { URL(fileURLWithPath: $0) } ?? beside
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  public static var exist: Bool { root != nil }
}
