#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where results go: standard output or a file.
struct OutputFile {
  let descriptor: Int32
  private(set) var isBroken = false

  static let standardOutput = OutputFile(descriptor: 1)

  private init(descriptor: Int32) { self.descriptor = descriptor }

  init(path: String?) throws(OutputError) {
    guard let path, path != "-" else {
      self = .standardOutput
      return
    }
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw OutputError(path: path, reason: String(cString: strerror(errno))) }
  }

  /// False when the other side is gone or the disk is full.
  mutating func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if !isBroken, !Terminal.writeAll(bytes, to: descriptor) { isBroken = true }
    return !isBroken
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
