internal import CArchive
import Glibc

/// One container, read member by member through libarchive.
///
/// Only the format that the signature announced is enabled, so that the library cannot take a text file for one of the
/// formats that anything matches. Used by one thread.
final class ArchiveReader {
  /// As diagnostics name the container; members append `!name` unless the format has no names.
  let path: String
  let format: ContainerFormat
  /// Of the container itself, for members that have none.
  let modificationTimeNanoseconds: Int64?
  /// Headers seen so far, broken ones included.
  private(set) var memberCount = 0
  /// Whether the directory at the end of a zip is missing, so that its members are read from the front.
  private(set) var isSalvaged = false
  /// Bytes unpacked so far, holes included, and packed bytes that they came from.
  private(set) var produced = 0
  private(set) var consumed = 0
  /// Where the current member ends, as far as it was read.
  private(set) var memberByteCount = 0

  private let descriptor: OwnedDescriptor
  private let name: String
  private var handle: OpaquePointer?
  private var lastPosition = 0
  private var isAbandoned = false
  private let locale: TextLocale

  init(_ candidate: Candidate, format: ContainerFormat, locale: TextLocale) throws(ArchiveFault) {
    path = candidate.path
    name = candidate.name
    modificationTimeNanoseconds = candidate.modificationTimeNanoseconds
    descriptor = candidate.descriptor
    self.format = format
    self.locale = locale
    do throws(ArchiveFault) {
      try open(format)
    } catch {
      guard format == .zip else { throw error }
      isSalvaged = true
      try open(format)
    }
  }

  deinit { archive_read_free(handle) }

  /// What a header says about the member that follows.
  struct Member {
    /// The path to show.
    var path: String
    /// Last component of the name, for recognition.
    var name: String
    /// Whether the member has bytes of its own: no folder, no link, no device.
    var isFile: Bool
    var isEncrypted: Bool
    var modificationTimeNanoseconds: Int64?
  }

  /// A run of unpacked bytes, valid until the reader is used again.
  struct Block {
    var bytes: UnsafeRawBufferPointer
    /// Where in the member it belongs; what lies between blocks is a hole.
    var offset: Int
    /// How much longer the member has become by it.
    var growth: Int
    /// Set when the member is damaged from here on.
    var fault: ArchiveFault?
  }

  /// Nothing more can be read: `nextMember()` returns nil from now on.
  func abandon() {
    isAbandoned = true
    isSalvaged = false
  }

  /// The next header; nil after the last.
  func nextMember() throws(ArchiveFault) -> Member? {
    guard !isAbandoned else { return nil }
    var entry: OpaquePointer?
    let status = locale.use { archive_read_next_header(handle, &entry) }
    memberCount += 1
    memberByteCount = 0
    notePosition(isHeader: true)
    switch status {
    case ARCHIVE_EOF: return nil
    case ARCHIVE_OK, ARCHIVE_WARN: return locale.use { describe(entry) }
    default: throw headerFault(status)
    }
  }

  /// The next bytes of the current member; nil after the last.
  func nextBlock() throws(ArchiveFault) -> Block? {
    var bytes: UnsafeRawPointer?
    var count = 0
    var offset: Int64 = 0
    let status = archive_read_data_block(handle, &bytes, &count, &offset)
    notePosition(isHeader: false)
    // Only a tar says where a hole at the end of a sparse file ends.
    if status == ARCHIVE_EOF && (!format.isTar || offset <= memberByteCount) { return nil }
    // A checksum that fails at the end comes with the last bytes.
    let fault = status == ARCHIVE_OK || status == ARCHIVE_EOF ? nil : fault(status)
    if let fault, bytes == nil || count == 0 { throw fault }
    let (end, overflowed) = Int(offset).addingReportingOverflow(count)
    guard offset >= 0, !overflowed else {
      throw ArchiveFault(code: .damaged, detail: "offset-out-of-range", endsContainer: true)
    }
    let growth = max(0, end - memberByteCount)
    memberByteCount += growth
    produced = produced.addingReportingOverflow(growth).partialValue
    return Block(
      bytes: UnsafeRawBufferPointer(start: bytes, count: count), offset: Int(offset), growth: growth, fault: fault)
  }

  /// Passes over the rest of the member where that needs no unpacking; false where the caller has to read it through.
  func skip() -> Bool {
    guard format == .zip, !isSalvaged else { return format == .tar }
    archive_read_data_skip(handle)
    return true
  }

  private func notePosition(isHeader: Bool) {
    let position = Int(archive_filter_bytes(handle, -1))
    // Where headers are reached by seeking, the way there is no packed data.
    if !(isHeader && format.seeks) { consumed += max(0, position - lastPosition) }
    lastPosition = position
  }

  private func open(_ format: ContainerFormat) throws(ArchiveFault) {
    archive_read_free(handle)
    handle = archive_read_new()
    guard let handle else { throw ArchiveFault(code: .unreadable, detail: "out-of-memory", endsContainer: true) }
    enable(format, on: handle)
    guard lseek(descriptor.number, 0, SEEK_SET) == 0 else {
      throw ArchiveFault(code: .unreadable, detail: SystemFault.last.word, endsContainer: true)
    }
    let status = locale.use { archive_read_open_fd(handle, descriptor.number, 1 << 16) }
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN else { throw fault(status) }
  }

  private func enable(_ format: ContainerFormat, on handle: OpaquePointer) {
    switch format {
    case .zip where isSalvaged: archive_read_support_format_zip_streamable(handle)
    case .zip: archive_read_support_format_zip_seekable(handle)
    case .sevenZip: archive_read_support_format_7zip(handle)
    case .tar: archive_read_support_format_tar(handle)
    case .compressed(let compression):
      archive_read_append_filter(handle, compression.filterCode)
      archive_read_support_format_raw(handle)
    case .compressedTar(let compression):
      archive_read_append_filter(handle, compression.filterCode)
      archive_read_support_format_tar(handle)
    }
  }

  private func describe(_ entry: OpaquePointer?) -> Member {
    var isNameless = false
    if case .compressed = format { isNameless = true }
    let stored = isNameless ? "" : MemberName.text(of: entry, index: memberCount)
    let type = archive_entry_filetype(entry)
    let isLink = archive_entry_hardlink(entry) != nil || archive_entry_symlink(entry) != nil
    let time =
      archive_entry_mtime_is_set(entry) != 0
      ? nanosecondsSince1970(
        seconds: Int64(archive_entry_mtime(entry)), nanoseconds: Int64(archive_entry_mtime_nsec(entry))) : nil
    return Member(
      path: isNameless ? path : "\(path)!\(stored)",
      name: isNameless ? MemberName.withoutCompression(name) : MemberName.lastComponent(of: stored),
      isFile: (type == S_IFREG || type == 0) && !isLink && !MemberName.isFolder(stored),
      isEncrypted: archive_entry_is_encrypted(entry) != 0,
      modificationTimeNanoseconds: time ?? modificationTimeNanoseconds)
  }

  /// A fault outside of members: an encrypted directory shows itself here.
  ///
  /// Only after a successful open: where no format matched, the library would ask one behind the last.
  private func headerFault(_ status: Int32) -> ArchiveFault {
    var fault = fault(status)
    if archive_read_has_encrypted_entries(handle) > 0 { fault.code = .encrypted }
    return fault
  }

  private func fault(_ status: Int32) -> ArchiveFault {
    let detail = archive_error_string(handle).map { String(cString: $0) } ?? "damaged"
    return ArchiveFault(code: .damaged, detail: detail, endsContainer: status == ARCHIVE_FATAL)
  }
}

/// What the archive library refused to read.
struct ArchiveFault: Error {
  var code: EvidenceDiagnostic.Code
  var detail: String
  /// Whether nothing more can be read from the container.
  var endsContainer: Bool
}

extension ContainerFormat.Compression {
  var filterCode: Int32 {
    switch self {
    case .gzip: ARCHIVE_FILTER_GZIP
    case .bzip2: ARCHIVE_FILTER_BZIP2
    case .xz: ARCHIVE_FILTER_XZ
    case .zstandard: ARCHIVE_FILTER_ZSTD
    }
  }
}
