import Glibc

/// A folder of this user's own for files that can be made anew. Whatever goes wrong, there is no file: that costs time
/// and nothing else.
struct CacheFolder: Sendable {
  /// A file above it is not read, and not written.
  static let maximumFileByteCount = 128 << 20
  /// Files that are kept: those used last.
  static let maximumFileCount = 8
  static let maximumByteCount = 512 << 20
  /// Files of a writer that was stopped are removed after so many seconds.
  static let abandonedAfterSeconds = 3600

  let path: String

  /// Hands out a file's bytes, and notes that it was used; nil when there is none that can be trusted, or by `body`.
  func read<Result>(_ name: String, _ body: (UnsafeRawBufferPointer) -> Result?) -> Result? {
    guard let folder = open(makesFolder: false) else { return nil }
    defer { close(folder) }
    // Without blocking: the name may be that of a pipe.
    let file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    guard let status = CacheFolder.ownStatus(of: file, kind: S_IFREG), status.st_size > 0,
      status.st_size <= CacheFolder.maximumFileByteCount
    else { return nil }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(status.st_size), alignment: 16)
    defer { buffer.deallocate() }
    guard CacheFolder.fill(buffer, from: file), let result = body(UnsafeRawBufferPointer(buffer)) else { return nil }
    futimens(file, nil)
    return result
  }

  /// Writes a file under another name and renames it, so that readers see all of it or none, whoever else writes.
  func write(_ bytes: [UInt8], to name: String) {
    guard bytes.count <= CacheFolder.maximumFileByteCount, let folder = open(makesFolder: true) else { return }
    defer { close(folder) }
    let temporary = "\(CacheFolder.temporaryPrefix)\(getpid())-\(UInt64.random(in: 0 ... .max))"
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let file = openat(folder, temporary, flags, 0o600)
    guard file >= 0 else { return }
    let isWritten = bytes.withUnsafeBytes { CacheFolder.writeAll($0, to: file) }
    guard close(file) == 0, isWritten, renameat(folder, temporary, folder, name) == 0 else {
      unlinkat(folder, temporary, 0)
      return
    }
    removeOldFiles(in: folder)
  }

  static let temporaryPrefix = "new-"

  // MARK: Trust

  /// The folder, when it is this user's and nobody else may write to it.
  private func open(makesFolder: Bool) -> Int32? {
    if makesFolder { makeFolders() }
    let folder = path.withCString { Glibc.open($0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
    guard folder >= 0 else { return nil }
    if CacheFolder.ownStatus(of: folder, kind: S_IFDIR) != nil { return folder }
    close(folder)
    return nil
  }

  private static func ownStatus(of descriptor: Int32, kind: mode_t) -> stat? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == kind, status.st_uid == geteuid(),
      status.st_mode & (S_IWGRP | S_IWOTH) == 0
    else { return nil }
    return status
  }

  /// The folder and the one above it, which may both be missing in a new account (XDG Base Directory Specification).
  private func makeFolders() {
    guard mkdir(path, 0o700) != 0, errno == ENOENT, let end = path.lastIndex(of: "/"), end > path.startIndex else {
      return
    }
    if mkdir(String(path[..<end]), 0o700) == 0 { mkdir(path, 0o700) }
  }

  // MARK: Bytes

  private static func fill(_ buffer: UnsafeMutableRawBufferPointer, from file: Int32) -> Bool {
    var done = 0
    while done < buffer.count {
      let count = Glibc.read(file, buffer.baseAddress?.advanced(by: done), buffer.count - done)
      if count < 0 && errno == EINTR { continue }
      // Shorter than it said: somebody is changing it.
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  private static func writeAll(_ bytes: UnsafeRawBufferPointer, to file: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(file, bytes.baseAddress?.advanced(by: done), bytes.count - done)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }
}
