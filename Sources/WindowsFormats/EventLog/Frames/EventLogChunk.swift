/// A chunk of an EVTX log: 64 KiB that stand for themselves, with their own names and templates.
public enum EventLogChunk {
  /// Size of every chunk.
  public static let byteCount = 65_536
  /// Size of the header with its tables of names and templates; records follow.
  public static let headerByteCount = 512
  public static let signature: UInt64 = 0x006B_6E68_4366_6C45
}

/// The chunk header.
///
/// | offset | size | field |
/// |---|---|---|
/// | 0 | 8 | signature `ElfChnk\0` |
/// | 8, 16 | 8, 8 | first and last record number |
/// | 24, 32 | 8, 8 | first and last record identifier |
/// | 40 | 4 | header size (128) |
/// | 44 | 4 | offset of the last record |
/// | 48 | 4 | offset of the free space |
/// | 52 | 4 | CRC-32 of the records: 512 up to the free space |
/// | 120 | 4 | flags |
/// | 124 | 4 | CRC-32 of bytes 0–119 and 128–511 |
/// | 128 | 256 | 64 offsets of name lists |
/// | 384 | 128 | 32 offsets of template lists |
///
/// Source: libyal, "Windows XML Event Log (EVTX) format", section 3.
public struct EventLogChunkHeader: Hashable, Sendable {
  public var firstRecordNumber: UInt64
  public var lastRecordNumber: UInt64
  public var firstRecordID: UInt64
  public var lastRecordID: UInt64
  public var lastRecordOffset: UInt32
  public var freeSpaceOffset: UInt32
  public var storedRecordsChecksum: UInt32
  public var flags: UInt32
  public var storedChecksum: UInt32
  public var computedChecksum: UInt32

  /// - Throws: `.truncated` for less than 512 bytes, `.invalidSignature`. Offsets are within the chunk.
  public init(parsing view: ByteView) throws(ParseError) {
    guard view.contains(offset: 0, length: EventLogChunk.headerByteCount) else {
      throw ParseError(.truncated, .eventLogChunkHeader, offset: view.count)
    }
    guard view.u64(0) == EventLogChunk.signature else {
      throw ParseError(.invalidSignature, .eventLogChunkHeader, offset: 0)
    }
    firstRecordNumber = view.u64(8) ?? 0
    lastRecordNumber = view.u64(16) ?? 0
    firstRecordID = view.u64(24) ?? 0
    lastRecordID = view.u64(32) ?? 0
    lastRecordOffset = view.u32(44) ?? 0
    freeSpaceOffset = view.u32(48) ?? 0
    storedRecordsChecksum = view.u32(52) ?? 0
    flags = view.u32(120) ?? 0
    storedChecksum = view.u32(124) ?? 0
    var checksum = CRC32()
    if let head = view.slice(0, 120), let tables = view.slice(128, 384) {
      checksum.add(head)
      checksum.add(tables)
    }
    computedChecksum = checksum.value
  }

  public var hasValidChecksum: Bool { storedChecksum == computedChecksum }

  /// Writers may leave the checksums out (flag 4 of the header's flags).
  var hasChecksums: Bool { flags & 4 == 0 }
}
