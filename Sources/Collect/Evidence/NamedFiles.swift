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
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  /// - Parameter suffixes: Endings of the files wanted below folders, in small letters; a file that is named itself may
  ///   be called anything.
  public init(suffixes: [String], maximumByteCount: Int) {
    self.suffixes = suffixes
    self.maximumByteCount = maximumByteCount
  }

  /// Hands out the file, or all files below the folder in byte order of their paths.
  public mutating func read(_ path: String, _ body: (Result<File, Problem>) -> Void) {
    visit(FilePath(path), isFolder: nil, depth: 0, body)
  }

  /// Tells the fault of a path, so that the walk goes on with the others.
  /// - Parameter isFolder: Nil for the path that was given, which is looked at.
  private mutating func visit(
    _ path: FilePath, isFolder: Bool?, depth: Int, _ body: (Result<File, Problem>) -> Void
  ) {
    do throws(SystemFault) {
      var isList = isFolder ?? false
      if isFolder == nil { isList = try FileStatus(path: path).isFolder }
      if isList {
        try list(path, depth: depth, body)
      } else {
        try readFile(path, isGiven: isFolder == nil, body)
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
      guard entry.isFolder || isWanted(entry.name) else { continue }
      visit(path.appending(entry.name), isFolder: entry.isFolder, depth: depth + 1, body)
    }
  }

  private func isWanted(_ name: [UInt8]) -> Bool {
    suffixes.contains { suffix in
      name.count >= suffix.utf8.count
        && zip(name.suffix(suffix.utf8.count), suffix.utf8).allSatisfy { byte, wanted in
          byte == wanted || (byte &- 65 < 26 && byte | 32 == wanted)
        }
    }
  }

  // MARK: Files

  /// What is no file is passed over in folders; a name that was given may be that of a pipe.
  private mutating func readFile(
    _ path: FilePath, isGiven: Bool, _ body: (Result<File, Problem>) -> Void
  ) throws(SystemFault) {
    let waiting = isGiven ? 0 : O_NONBLOCK
    let number = path.withCString { open($0, O_RDONLY | O_CLOEXEC | O_NOCTTY | waiting) }
    guard number >= 0 else { throw .last }
    let descriptor = OwnedDescriptor(number)
    let status = try FileStatus(of: number)
    guard isGiven || status.isRegular else { return }
    guard let bytes = try contents(of: descriptor, status) else {
      return body(.failure(Problem(path: path.text, reason: "too-large")))
    }
    body(.success(File(path: path.text, bytes: bytes)))
  }

  /// Nil when there is more than the limit; pipes are read to their end.
  private mutating func contents(of file: OwnedDescriptor, _ status: FileStatus) throws(SystemFault) -> [UInt8]? {
    var bytes: [UInt8] = []
    while true {
      let count = buffer.withUnsafeMutableBytes { Glibc.read(file.number, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .last }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      if bytes.count > maximumByteCount { return nil }
      // One call is enough for a file that is as long as it says.
      if status.isRegular, bytes.count == status.byteCount { return bytes }
    }
  }
}
