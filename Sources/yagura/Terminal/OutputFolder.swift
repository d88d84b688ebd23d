#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Folders and files that a command makes. What is there already is never written over.
enum OutputFolder {
  /// Makes a folder; one that is there and empty will do.
  static func create(_ path: String) throws(OutputError) {
    if mkdir(path, 0o700) == 0 { return }
    guard errno == EEXIST, let folder = opendir(path) else { throw OutputError(path: path, reason: reason) }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let isDots = withUnsafeBytes(of: entry.pointee.d_name) { name in
        name[0] == 46 && (name[1] == 0 || name[1] == 46 && name[2] == 0)
      }
      if !isDots { throw OutputError(path: path, reason: Say.folderNotEmpty.text) }
    }
  }

  static func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw OutputError(path: path, reason: reason) }
    let isWritten = bytes.withUnsafeBytes { Terminal.writeAll($0, to: descriptor) }
    let failure = reason
    guard close(descriptor) == 0, isWritten else { throw OutputError(path: path, reason: failure) }
  }

  private static var reason: String { String(cString: strerror(errno)) }
}

/// Small files that a command reads whole.
enum InputFile {
  /// At most one byte more than the limit, so that whoever reads them sees that it is too much.
  static func read(_ path: String, atMost limit: Int) throws(OutputError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw OutputError(path: path, reason: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= limit {
      let count = block.withUnsafeMutableBytes { buffer in
        #if canImport(Glibc)
          Glibc.read(descriptor, buffer.baseAddress, min(buffer.count, limit + 1 - bytes.count))
        #else
          Darwin.read(descriptor, buffer.baseAddress, min(buffer.count, limit + 1 - bytes.count))
        #endif
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw OutputError(path: path, reason: String(cString: strerror(errno)))
      }
      if count == 0 { break }
      bytes += block[..<count]
    }
    return bytes
  }
}
