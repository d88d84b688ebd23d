/// The frame of a record: signature, size, identifier and time; BinXML; the size again.
///
/// | offset | size | field |
/// |---|---|---|
/// | 0 | 4 | signature `2a 2a 00 00` |
/// | 4 | 4 | size of the record with both frames |
/// | 8 | 8 | record identifier |
/// | 16 | 8 | time written, FILETIME |
/// | 24 | size − 28 | BinXML |
/// | size − 4 | 4 | size |
///
/// Source: libyal, "Windows XML Event Log (EVTX) format", section 4.
public struct EventLogRecordHeader: Hashable, Sendable {
  public static let signature: UInt32 = 0x0000_2A2A
  public static let byteCount = 24
  /// Frames and nothing between them.
  static let minimumByteCount = 28

  /// Offset of the signature in the chunk.
  public var offset: Int
  /// Size in bytes with both frames.
  public var size: Int
  public var recordID: UInt64
  /// FILETIME: 100-nanosecond intervals since 1601.
  public var fileTime: UInt64

  /// Where the BinXML stands in the chunk.
  var content: Range<Int> { offset &+ EventLogRecordHeader.byteCount..<offset &+ size &- 4 }

  /// Reads the frame at `offset` of a chunk.
  ///
  /// - Throws: `.invalidSignature`; `.truncated` when the record does not end within the view; `.invalidValue` when its
  ///   size is too small. A size copy that differs is not refused here: see `hasMatchingSizeCopy`.
  @inline(__always)
  init(parsing view: ByteView, at offset: Int, limit: Int) throws(ParseError) {
    guard view.u32(offset) == EventLogRecordHeader.signature else {
      throw ParseError(.invalidSignature, .eventLogRecord, offset: offset)
    }
    guard let size = view.u32(offset &+ 4), let recordID = view.u64(offset &+ 8), let time = view.u64(offset &+ 16)
    else { throw ParseError(.truncated, .eventLogRecord, offset: offset) }
    guard size >= EventLogRecordHeader.minimumByteCount else {
      throw ParseError(.invalidValue, .eventLogRecord, offset: offset &+ 4)
    }
    guard Int(size) <= limit &- offset else { throw ParseError(.truncated, .eventLogRecord, offset: offset &+ 4) }
    self.offset = offset
    self.size = Int(size)
    self.recordID = recordID
    fileTime = time
  }

  @inline(__always)
  func hasMatchingSizeCopy(_ view: ByteView) -> Bool { view.u32(offset &+ size &- 4) == UInt32(size) }
}
