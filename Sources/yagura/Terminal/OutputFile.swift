#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where results go: standard output or a file.
struct OutputFile {
  let descriptor: Int32
  private let name: String
  private(set) var isBroken = false
  /// Why not everything could be written; nil also when the reader of a pipe went away, as `head` does.
  private(set) var failure: OutputError?

  private init(descriptor: Int32 = 1, name: String = Say.standardOutput.text) {
    self.descriptor = descriptor
    self.name = name
  }

  init(path: String?) throws(OutputError) {
    guard let path, path != "-" else {
      self.init()
      return
    }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw OutputError(path: path, reason: String(cString: strerror(errno))) }
    self.init(descriptor: descriptor, name: path)
  }

  /// Whether the path is a file with content that is given as evidence or lies below a folder that is given.
  static func isEvidence(_ path: String, among paths: [String]) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0, let output = resolved(path)
    else { return false }
    return paths.contains { given in
      guard given != "-", let place = resolved(given) else { return false }
      return output == place || output.hasPrefix(place == "/" ? place : place + "/")
    }
  }

  /// The path without links, `.` and `..`.
  private static func resolved(_ path: String) -> String? {
    guard let text = realpath(path, nil) else { return nil }
    defer { free(text) }
    return String(cString: text)
  }

  /// False when the other side is gone or the disk is full.
  mutating func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard !isBroken, !Terminal.writeAll(bytes, to: descriptor) else { return !isBroken }
    isBroken = true
    if errno != EPIPE { failure = OutputError(path: name, reason: String(cString: strerror(errno))) }
    return false
  }

  mutating func write(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
  }
}

struct OutputError: Error {
  var path: String
  var reason: String
}
