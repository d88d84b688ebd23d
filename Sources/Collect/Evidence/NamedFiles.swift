import Glibc

/// Whole files that a user names, or that stand below folders that the user names: rules, settings.
public struct NamedFiles {
  public struct File: Sendable {
    public var path: String
    public var bytes: [UInt8]
  }

  /// Why a path gave nothing: `reason` is a word as in `EvidenceDiagnostic`.
  public struct Problem: Error, Hashable, Sendable {
    public var path: String
    public var reason: String
  }

  /// Files below a folder; what lies deeper than this is a loop of links.
  static let maximumDepth = 64

  private let suffixes: [String]
  private let maximumByteCount: Int
  private var visited: Set<FolderIdentity> = []

  /// - Parameter suffixes: Endings of the files wanted below folders; a file that is named itself may be called anything.
  public init(suffixes: [String], maximumByteCount: Int) {
    self.suffixes = suffixes
    self.maximumByteCount = maximumByteCount
  }

  /// Hands out the file, or all files below the folder in byte order of their paths.
  public mutating func read(_ path: String, _ body: (Result<File, Problem>) -> Void) {
    read(FilePath(path), isGiven: true, depth: 0, body)
  }

  private mutating func read(
    _ path: FilePath, isGiven: Bool, depth: Int, _ body: (Result<File, Problem>) -> Void
  ) {
    do throws(SystemFault) {
      let status = try FileStatus(path: path)
      if status.isFolder {
        try list(path, depth: depth, body)
      } else if isGiven || (status.isRegular && suffixes.contains { path.name.lowercased().hasSuffix($0) }) {
        body(try contents(of: path).map { .success($0) } ?? .failure(Problem(path: path.text, reason: "too-large")))
      }
    } catch {
      body(.failure(Problem(path: path.text, reason: error.word)))
    }
  }

  private mutating func list(
    _ path: FilePath, depth: Int, _ body: (Result<File, Problem>) -> Void
  ) throws(SystemFault) {
    guard depth < NamedFiles.maximumDepth else { throw SystemFault(number: ELOOP) }
    var folder = try FolderListing(path: path)
    guard visited.insert(folder.identity).inserted else { return }
    while let entry = folder.next() {
      // Hidden folders hold version control, not rules.
      if entry.name.first == UInt8(ascii: ".") { continue }
      read(path.appending(entry.name), isGiven: false, depth: depth + 1, body)
    }
  }

  /// Nil when the file is larger than the limit; pipes are read to their end.
  private func contents(of path: FilePath) throws(SystemFault) -> File? {
    let number = path.withCString { open($0, O_RDONLY | O_CLOEXEC | O_NOCTTY) }
    guard number >= 0 else { throw .last }
    let descriptor = OwnedDescriptor(number)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor.number, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .last }
      if count == 0 { return File(path: path.text, bytes: bytes) }
      bytes += buffer[..<count]
      if bytes.count > maximumByteCount { return nil }
    }
  }
}
