import Glibc

/// The entries of one folder, in byte order of their paths.
///
/// A folder sorts as if its name ended in `/`, so that a walk yields whole paths in byte order. Only the folders on the
/// way to the current one are in memory.
struct FolderListing {
  struct Entry {
    var name: [UInt8]
    var isFolder: Bool
  }

  let path: FilePath
  let identity: FolderIdentity
  private let entries: [Entry]
  private var index = 0

  init(path: FilePath) throws(SystemFault) {
    self.path = path
    guard let stream = path.withCString({ opendir($0) }) else { throw .last }
    defer { closedir(stream) }
    identity = try FileStatus(of: dirfd(stream)).identity
    entries = try Self.entries(of: stream).sorted { Self.isBefore($0, $1) }
  }

  mutating func next() -> Entry? {
    guard index < entries.count else { return nil }
    defer { index += 1 }
    return entries[index]
  }

  private static func entries(of stream: OpaquePointer) throws(SystemFault) -> [Entry] {
    var entries: [Entry] = []
    while true {
      errno = 0
      guard let record = readdir(stream) else {
        guard errno == 0 else { throw .last }
        return entries
      }
      let start = UnsafeRawPointer(record).advanced(by: MemoryLayout<dirent>.offset(of: \.d_name) ?? 0)
      let text = start.assumingMemoryBound(to: CChar.self)
      let name = [UInt8](UnsafeRawBufferPointer(start: text, count: strlen(text)))
      guard name != [0x2E], name != [0x2E, 0x2E] else { continue }
      entries.append(Entry(name: name, isFolder: isFolder(text, type: Int(record.pointee.d_type), in: stream)))
    }
  }

  /// Links and file systems that do not tell the type need a look at the file itself.
  private static func isFolder(_ name: UnsafePointer<CChar>, type: Int, in stream: OpaquePointer) -> Bool {
    guard type == Int(DT_LNK) || type == Int(DT_UNKNOWN) else { return type == Int(DT_DIR) }
    var status = stat()
    return fstatat(dirfd(stream), name, &status, 0) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func isBefore(_ left: Entry, _ right: Entry) -> Bool {
    var index = 0
    while let one = left.unit(index), let other = right.unit(index) {
      if one != other { return one < other }
      index += 1
    }
    return left.unit(index) == nil && right.unit(index) != nil
  }
}

extension FolderListing.Entry {
  /// A byte of the path that the entry continues; nil behind its end.
  fileprivate func unit(_ index: Int) -> UInt8? {
    index < name.count ? name[index] : index == name.count && isFolder ? UInt8(ascii: "/") : nil
  }
}
