/// Record frames anywhere in a chunk, by what cannot be chance: signature, size and its copy, a time in the life of
/// the format, and a BinXML fragment header.
struct RecordCandidates {
  /// 2000-01-01 and 2100-01-01 as FILETIME. EVTX exists since 2006; clocks are wrong sometimes, but not by centuries.
  static let plausibleTimes: Range<UInt64> = 125_911_584_000_000_000..<157_469_184_000_000_000

  private var at: Int
  private let end: Int
  private let live: LiveRecords

  init(from start: Int, to end: Int, live: LiveRecords) {
    at = start
    self.end = end
    self.live = live
  }

  mutating func next(_ chunk: ByteView) -> EventLogRecordHeader? {
    while at &+ EventLogRecordHeader.minimumByteCount <= end {
      guard let offset = chunk.firstIndex(ofSignature: EventLogRecordHeader.signature, from: at, to: end) else { break }
      at = offset &+ 4
      if let record = RecordCandidates.record(chunk, at: offset, limit: end) ?? swallowed(chunk, at: offset) {
        return record
      }
    }
    at = end
    return nil
  }

  /// A record that a live one was made to swallow: tools that unlink records write the new size of the one before over
  /// the copy of its size, at the end that both then share.
  private func swallowed(_ chunk: ByteView, at offset: Int) -> EventLogRecordHeader? {
    guard let record = RecordCandidates.frame(chunk, at: offset, limit: end),
      let owner = live.enclosing(offset, chunk), owner.lowerBound < offset,
      owner.upperBound == offset &+ record.size
    else { return nil }
    return record
  }

  static func record(_ chunk: ByteView, at offset: Int, limit: Int) -> EventLogRecordHeader? {
    guard let record = frame(chunk, at: offset, limit: limit), record.hasMatchingSizeCopy(chunk) else { return nil }
    return record
  }

  private static func frame(_ chunk: ByteView, at offset: Int, limit: Int) -> EventLogRecordHeader? {
    guard let record = try? EventLogRecordHeader(parsing: chunk, at: offset, limit: limit),
      plausibleTimes.contains(record.fileTime), record.recordID > 0,
      record.size >= 40, chunk.u32(offset &+ EventLogRecordHeader.byteCount) == 0x0001_010F
    else { return nil }
    return record
  }
}
