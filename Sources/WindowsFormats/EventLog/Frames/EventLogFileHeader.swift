/// The file header of an EVTX log: one block of 4096 bytes, the first 128 in use.
///
/// | offset | size | field |
/// |---|---|---|
/// | 0 | 8 | signature `ElfFile\0` |
/// | 8, 16 | 8, 8 | first and last chunk number |
/// | 24 | 8 | next record identifier |
/// | 32 | 4 | header size (128) |
/// | 36, 38 | 2, 2 | minor and major version: 3.0 (Vista), 3.1, 3.2 (Windows 10 2004 and later) |
/// | 40 | 2 | size of the header block (4096) |
/// | 42 | 2 | number of chunks; 16 bits, so it is wrong in large logs |
/// | 120 | 4 | flags: 1 dirty, 2 full, 4 no CRC32 |
/// | 124 | 4 | CRC-32 of the first 120 bytes |
///
/// Source: libyal, "Windows XML Event Log (EVTX) format", section 2. Nothing here decides what is read: chunks are
/// found by their place and signature, so that a wrong header costs a diagnostic and no record.
public struct EventLogFileHeader: Hashable, Sendable {
  public static let byteCount = 128
  public static let signature: UInt64 = 0x0065_6C69_4666_6C45

  public var firstChunk: UInt64
  public var lastChunk: UInt64
  public var nextRecordID: UInt64
  public var majorVersion: UInt16
  public var minorVersion: UInt16
  /// Where the first chunk begins, in bytes from the start of the file.
  public var blockSize: Int
  public var chunkCount: UInt16
  public var flags: UInt32
  public var storedChecksum: UInt32
  public var computedChecksum: UInt32

  /// The log was not closed properly: the header may lag behind the chunks.
  public var isDirty: Bool { flags & 1 != 0 }
  public var isFull: Bool { flags & 2 != 0 }

  /// - Throws: `.truncated` for less than 128 bytes, `.invalidSignature`.
  public init(parsing view: ByteView) throws(ParseError) {
    guard view.contains(offset: 0, length: EventLogFileHeader.byteCount) else {
      throw ParseError(.truncated, .eventLogFileHeader, offset: view.count)
    }
    guard view.u64(0) == EventLogFileHeader.signature else {
      throw ParseError(.invalidSignature, .eventLogFileHeader, offset: 0)
    }
    firstChunk = view.u64(8) ?? 0
    lastChunk = view.u64(16) ?? 0
    nextRecordID = view.u64(24) ?? 0
    minorVersion = view.u16(36) ?? 0
    majorVersion = view.u16(38) ?? 0
    let stated = Int(view.u16(40) ?? 0)
    blockSize = stated >= EventLogFileHeader.byteCount ? stated : 4096
    chunkCount = view.u16(42) ?? 0
    flags = view.u32(120) ?? 0
    storedChecksum = view.u32(124) ?? 0
    computedChecksum = view.slice(0, 120).map(CRC32.of) ?? 0
  }

  /// Where the header contradicts itself; the file is read all the same.
  public var diagnostics: [ParseError] {
    var found: [ParseError] = []
    if storedChecksum != computedChecksum {
      found.append(ParseError(.checksumMismatch, .eventLogFileHeader, offset: 124))
    }
    if majorVersion != 3 || minorVersion > 2 { found.append(ParseError(.unsupported, .eventLogFileHeader, offset: 36)) }
    if blockSize != 4096 { found.append(ParseError(.invalidValue, .eventLogFileHeader, offset: 40)) }
    return found
  }
}
