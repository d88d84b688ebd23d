import Glibc

extension CacheFolder {
  private struct Kept {
    var name: String
    var byteCount: Int
    /// When it was used last, in seconds and nanoseconds.
    var used: (Int, Int)
  }

  /// Removes what is too much: files used longest ago, and what writers left that were stopped. Only names that the
  /// cache gives are looked at.
  func removeOldFiles(in folder: Int32) {
    var byteCount = 0
    let files = names(in: folder).compactMap { kept($0, in: folder) }.sorted { $0.used > $1.used }
    let now = time(nil)
    var count = 0
    for file in files {
      if file.name.hasPrefix(CacheFolder.temporaryPrefix) {
        if now - file.used.0 > CacheFolder.abandonedAfterSeconds { unlinkat(folder, file.name, 0) }
        continue
      }
      count += 1
      byteCount += file.byteCount
      // The newest stays, whatever its size: it was just written.
      guard count > 1, count > CacheFolder.maximumFileCount || byteCount > CacheFolder.maximumByteCount else {
        continue
      }
      unlinkat(folder, file.name, 0)
    }
  }

  private func kept(_ name: String, in folder: Int32) -> Kept? {
    let isOurs = name.hasPrefix("rules-") && name.hasSuffix(".cache") || name.hasPrefix(CacheFolder.temporaryPrefix)
    var status = stat()
    guard isOurs, fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    let used = status.st_mtim
    return Kept(name: name, byteCount: Int(status.st_size), used: (used.tv_sec, used.tv_nsec))
  }

  private func names(in folder: Int32) -> [String] {
    let copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = fdopendir(copy) else {
      if copy >= 0 { close(copy) }
      return []
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let record = readdir(stream) {
      let start = UnsafeRawPointer(record).advanced(by: MemoryLayout<dirent>.offset(of: \.d_name) ?? 0)
      names.append(String(cString: start.assumingMemoryBound(to: CChar.self)))
    }
    return names
  }
}
