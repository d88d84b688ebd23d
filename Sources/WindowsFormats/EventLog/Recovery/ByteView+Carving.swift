/// Chunks and records in raw data.
extension ByteView {
  /// The first chunk signature that begins in the range.
  public func firstChunk(from start: Int, to end: Int) -> Int? {
    var at = start
    let low = UInt32(truncatingIfNeeded: EventLogChunk.signature)
    while let found = firstIndex(ofSignature: low, from: at, to: min(end &+ 3, count)) {
      if u64(found) == EventLogChunk.signature { return found }
      at = found &+ 1
    }
    return nil
  }

  /// The first record that begins in the range and whose frame is whole; it may end behind the range.
  public func firstRecord(from start: Int, to end: Int) -> EventLogRecordHeader? {
    var at = start
    while let found = firstIndex(ofSignature: EventLogRecordHeader.signature, from: at, to: min(end &+ 3, count)) {
      if let record = RecordCandidates.record(self, at: found, limit: count) { return record }
      at = found &+ 1
    }
    return nil
  }
}
