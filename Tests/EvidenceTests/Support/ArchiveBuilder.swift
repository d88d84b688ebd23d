import CArchive
import Glibc

/// Writes archives through the same library that reads them, so that no test needs a tool or a file kept in binary.
struct ArchiveBuilder {
  struct Member {
    var name: [UInt8]
    var bytes: [UInt8]
    /// Zeros that follow `bytes`; written in pieces, so a bomb costs no memory.
    var zeroCount = 0
    /// Whether the zeros are a hole of a sparse file.
    var isSparse = false

    init(_ name: String, _ bytes: [UInt8], zeroCount: Int = 0, isSparse: Bool = false) {
      self.init(name: Array(name.utf8), bytes, zeroCount: zeroCount, isSparse: isSparse)
    }

    init(name: [UInt8], _ bytes: [UInt8], zeroCount: Int = 0, isSparse: Bool = false) {
      self.name = name
      self.bytes = bytes
      self.zeroCount = zeroCount
      self.isSparse = isSparse
    }
  }

  var format: Int32
  var filter: Int32?
  var passphrase: String?
  /// Without it names are bytes of no known encoding, as old zip programs write them.
  var namesAreUTF8 = true
  var options = ""

  static let zip = ArchiveBuilder(format: ARCHIVE_FORMAT_ZIP)
  static let sevenZip = ArchiveBuilder(format: ARCHIVE_FORMAT_7ZIP)
  static let tar = ArchiveBuilder(format: ARCHIVE_FORMAT_TAR_PAX_RESTRICTED)

  static func compressed(_ filter: Int32, _ bytes: [UInt8], zeroCount: Int = 0) throws -> [UInt8] {
    try ArchiveBuilder(format: ARCHIVE_FORMAT_RAW, filter: filter).build([Member("data", bytes, zeroCount: zeroCount)])
  }

  struct Failure: Error, CustomStringConvertible { var description: String }

  func build(_ members: [Member]) throws -> [UInt8] {
    let descriptor = memfd_create("archive", 0)
    defer { close(descriptor) }
    let archive = archive_write_new()
    defer { archive_write_free(archive) }
    let locale = namesAreUTF8 ? newlocale(1, "C.UTF-8", nil) : nil
    let before = locale.map { uselocale($0) }
    defer { if let before { _ = uselocale(before) } }

    func check(_ status: Int32) throws {
      guard status < ARCHIVE_WARN else { return }
      throw Failure(description: archive_error_string(archive).map { String(cString: $0) } ?? "unknown")
    }
    try check(archive_write_set_format(archive, format))
    if let filter { try check(archive_write_add_filter(archive, filter)) }
    if !options.isEmpty { try check(archive_write_set_options(archive, options)) }
    if let passphrase { try check(archive_write_set_passphrase(archive, passphrase)) }
    archive_write_set_bytes_in_last_block(archive, 1)
    guard archive_write_open_fd(archive, descriptor) == ARCHIVE_OK else { throw Failure(description: "open") }
    for member in members { try write(member, to: archive) }
    guard archive_write_close(archive) == ARCHIVE_OK else { throw Failure(description: "close") }

    var result = [UInt8](repeating: 0, count: Int(lseek(descriptor, 0, SEEK_END)))
    let count = result.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    guard count == result.count else { throw Failure(description: "read") }
    return result
  }

  private func write(_ member: Member, to archive: OpaquePointer?) throws {
    let entry = archive_entry_new()
    defer { archive_entry_free(entry) }
    (member.name + [0]).withUnsafeBufferPointer { name in
      name.withMemoryRebound(to: CChar.self) { archive_entry_copy_pathname(entry, $0.baseAddress) }
    }
    archive_entry_set_filetype(entry, member.name.last == 0x2F ? 0o040_000 : 0o100_000)
    archive_entry_set_perm(entry, 0o644)
    archive_entry_set_size(entry, Int64(member.bytes.count + member.zeroCount))
    archive_entry_set_mtime(entry, 1_600_000_000, 0)
    if member.isSparse { archive_entry_sparse_add_entry(entry, 0, Int64(member.bytes.count)) }
    guard archive_write_header(archive, entry) >= ARCHIVE_WARN else {
      throw Failure(description: archive_error_string(archive).map { String(cString: $0) } ?? "header")
    }
    _ = member.bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
    let zeros = [UInt8](repeating: 0, count: 1 << 20)
    var left = member.zeroCount
    while left > 0 {
      let count = zeros.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, min($0.count, left)) }
      guard count > 0 else { throw Failure(description: "data") }
      left -= count
    }
  }
}
