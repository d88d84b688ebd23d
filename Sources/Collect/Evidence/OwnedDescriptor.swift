import Glibc

/// A file descriptor with one owner, closed when nobody holds it any more.
final class OwnedDescriptor: Sendable {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close(number) }

  /// Reads up to `buffer.count` bytes at `offset` into the buffer; fewer only at the end of the file or after an error.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
    var done = 0
    while done < buffer.count {
      let count = pread(number, buffer.baseAddress?.advanced(by: done), buffer.count - done, off_t(offset + done))
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { break }
      done += count
    }
    return done
  }
}

/// An error number of the operating system.
public struct SystemFault: Error {
  let number: Int32

  /// The fault of the call that just failed.
  static var last: SystemFault { SystemFault(number: errno) }

  /// A word for it, the same on every system and in every language.
  public var word: String {
    switch number {
    case ENOENT, ENOTDIR: "not-found"
    case EACCES, EPERM: "permission-denied"
    case ELOOP: "too-many-links"
    case ENAMETOOLONG: "name-too-long"
    case EMFILE, ENFILE: "too-many-open-files"
    case ENOSPC, EDQUOT: "no-space"
    case EIO: "input-output-error"
    case ENXIO, ENODEV: "no-device"
    default: "errno-\(number)"
    }
  }
}

/// Metadata of an open file or of a name.
struct FileStatus {
  private let status: stat

  init(of descriptor: Int32) throws(SystemFault) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last }
    self.status = status
  }

  /// Follows links.
  init(path: FilePath) throws(SystemFault) {
    var status = stat()
    guard path.withCString({ stat($0, &status) }) == 0 else { throw .last }
    self.status = status
  }

  var isRegular: Bool { status.st_mode & S_IFMT == S_IFREG }
  var isFolder: Bool { status.st_mode & S_IFMT == S_IFDIR }
  var isBlockDevice: Bool { status.st_mode & S_IFMT == S_IFBLK }
  var byteCount: Int { Int(status.st_size) }
  var identity: FolderIdentity { FolderIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino)) }

  /// Nanoseconds since 1970-01-01 UTC; nil outside of ±292 years.
  var modificationTimeNanoseconds: Int64? {
    nanosecondsSince1970(seconds: Int64(status.st_mtim.tv_sec), nanoseconds: Int64(status.st_mtim.tv_nsec))
  }
}

/// What tells one folder from another whatever path led to it.
struct FolderIdentity: Hashable {
  let device: UInt64
  let inode: UInt64
}

func nanosecondsSince1970(seconds: Int64, nanoseconds: Int64) -> Int64? {
  let (scaled, overflowed) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
  let (sum, overflowedAgain) = scaled.addingReportingOverflow(nanoseconds)
  return overflowed || overflowedAgain ? nil : sum
}

/// A path as the file system has it: bytes, which need not be UTF-8.
struct FilePath {
  private var bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  /// For people and for output: invalid UTF-8 becomes U+FFFD.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The last component, repaired like `text`.
  var name: String {
    let start = bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    return String(decoding: bytes[start...], as: UTF8.self)
  }

  func appending(_ name: [UInt8]) -> FilePath {
    var longer = self
    if longer.bytes.last != UInt8(ascii: "/") { longer.bytes.append(UInt8(ascii: "/")) }
    longer.bytes += name
    return longer
  }

  func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    (bytes + [0]).withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        characters.baseAddress.map(body) ?? body("")
      }
    }
  }
}
