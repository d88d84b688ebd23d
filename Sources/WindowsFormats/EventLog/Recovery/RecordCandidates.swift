/// Record frames anywhere in a chunk, by what cannot be chance: signature, size and its copy, a time in the life of
/// the format, and a BinXML fragment header.
struct RecordCandidates {
  /// 2000-01-01 and 2100-01-01 as FILETIME. EVTX exists since 2006; clocks are wrong sometimes, but not by centuries.
  static let plausibleTimes: Range<UInt64> = 125_911_584_000_000_000..<157_469_184_000_000_000

  private var at: Int
  private let end: Int

  init(from start: Int, to end: Int) {
    at = start
    self.end = end
  }

  mutating func next(_ chunk: ByteView) -> EventLogRecordHeader? {
    while at &+ EventLogRecordHeader.minimumByteCount <= end {
      guard let offset = chunk.firstIndex(ofSignature: EventLogRecordHeader.signature, from: at, to: end) else { break }
      at = offset &+ 4
      if let record = RecordCandidates.record(chunk, at: offset, limit: end) { return record }
    }
    at = end
    return nil
  }

  static func record(_ chunk: ByteView, at offset: Int, limit: Int) -> EventLogRecordHeader? {
    guard let record = try? EventLogRecordHeader(parsing: chunk, at: offset, limit: limit),
      record.hasMatchingSizeCopy(chunk), plausibleTimes.contains(record.fileTime), record.recordID > 0,
      record.size >= 40, chunk.u32(offset &+ EventLogRecordHeader.byteCount) == 0x0001_010F
    else { return nil }
    return record
  }
}
