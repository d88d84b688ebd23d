internal import CArchive
import Glibc

/// Where a member goes while it is unpacked: memory first, an unlinked temporary file once it has grown.
///
/// Nothing of it has a name, so nothing is left behind however the process ends.
public final class SpoolFile {
  /// Bytes kept in memory before a temporary file takes over. Most logs of a collection are smaller.
  static let memoryByteCount = 4 << 20

  internal private(set) var descriptor: OwnedDescriptor
  /// End of what was written; holes count.
  public private(set) var byteCount = 0
  private var isInMemory: Bool
  private let folder: String?

  /// - Parameter folder: for the temporary file; else `TMPDIR`, else `/var/tmp`, because `/tmp` is often memory.
  public init(folder: String?) throws(SystemFault) {
    self.folder = folder
    let memory = memfd_create("evidence", 1 /* MFD_CLOEXEC */)
    isInMemory = memory >= 0
    descriptor = isInMemory ? OwnedDescriptor(memory) : try Self.temporaryFile(in: folder)
  }

  /// Writes bytes at `offset`. No bytes behind the end make the file that long, the gap being zeros.
  public func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(SystemFault) {
    let (end, overflowed) = offset.addingReportingOverflow(bytes.count)
    guard offset >= 0, !overflowed else { throw SystemFault(number: EFBIG) }
    if isInMemory && end > Self.memoryByteCount { try moveToDisk() }
    if bytes.count > 0 {
      try Self.writeAll(bytes, to: descriptor, at: offset)
    } else if end > byteCount {
      guard ftruncate(descriptor.number, off_t(end)) == 0 else { throw .last }
    }
    byteCount = max(byteCount, end)
  }

  /// Reads up to the buffer's size; returns how many bytes came.
  public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
    descriptor.read(into: buffer, at: offset)
  }

  /// Writes everything that the file is to hold.
  func write(_ bytes: [UInt8]) throws(SystemFault) {
    // `withUnsafeBytes` rethrows without the type.
    let fault: SystemFault? = bytes.withUnsafeBytes { buffer in
      do throws(SystemFault) {
        try write(buffer, at: 0)
        return nil
      } catch {
        return error
      }
    }
    if let fault { throw fault }
  }

  private func moveToDisk() throws(SystemFault) {
    let file = try Self.temporaryFile(in: folder)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    var done = 0
    while done < byteCount {
      let count = descriptor.read(into: buffer, at: done)
      guard count > 0 else { throw SystemFault(number: EIO) }
      try Self.writeAll(UnsafeRawBufferPointer(rebasing: buffer[..<min(count, byteCount - done)]), to: file, at: done)
      done += count
    }
    descriptor = file
    isInMemory = false
  }

  private static func writeAll(
    _ bytes: UnsafeRawBufferPointer, to descriptor: OwnedDescriptor, at offset: Int
  ) throws(SystemFault) {
    var done = 0
    while done < bytes.count {
      let count = pwrite(
        descriptor.number, bytes.baseAddress?.advanced(by: done), bytes.count - done, off_t(offset + done))
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .last }
      done += count
    }
  }

  private static func temporaryFile(in folder: String?) throws(SystemFault) -> OwnedDescriptor {
    let environment = getenv("TMPDIR").map { String(cString: $0) }
    var fault = SystemFault(number: ENOENT)
    for candidate in [folder, environment, "/var/tmp", "/tmp"].compactMap({ $0 }) where !candidate.isEmpty {
      do throws(SystemFault) { return try unlinkedFile(in: candidate) } catch { fault = error }
      // A folder that the user named is not left for another one behind their back.
      if candidate == folder { break }
    }
    throw fault
  }

  private static func unlinkedFile(in folder: String) throws(SystemFault) -> OwnedDescriptor {
    let temporary: Int32 = 0o20_000_000 | O_DIRECTORY  // O_TMPFILE, a macro that Swift cannot import
    let nameless = open(folder, O_RDWR | O_CLOEXEC | temporary, 0o600)
    if nameless >= 0 { return OwnedDescriptor(nameless) }

    // Not every file system knows O_TMPFILE.
    var template = Array("\(folder)/evidence-XXXXXX".utf8CString)
    let named = mkstemp(&template)
    guard named >= 0 else { throw .last }
    unlink(template)
    _ = fcntl(named, F_SETFD, FD_CLOEXEC)
    return OwnedDescriptor(named)
  }
}
