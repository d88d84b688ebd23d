/// Steps from record to record through a chunk.
///
/// The chunk header says where the free space begins, and behind that stand records of earlier uses of the chunk, which
/// are not live. But that number is wrong in logs that were not closed, and zero or huge in some that were damaged:
/// then records are followed as long as they carry on the numbering.
struct RecordWalk {
  /// What may be done beyond the letter of the header.
  enum Tolerance {
    case none
    /// Records that carry on the numbering count although they stand in the stated free space.
    case consecutive
  }
  enum Step {
    case record(EventLogRecordHeader)
    case fault(ParseError)
    case end
  }

  private var at: Int
  /// Where live records end: the stated free space.
  private let end: Int
  private let tolerance: Tolerance
  private var previousID: UInt64?

  init(at: Int, end: Int, tolerance: Tolerance) {
    self.at = at
    self.end = end
    self.tolerance = tolerance
  }

  init(_ header: EventLogChunkHeader, _ chunk: ByteView, isDirty: Bool) {
    let stated = Int(header.freeSpaceOffset)
    let isPossible = (EventLogChunk.headerByteCount...EventLogChunk.byteCount).contains(stated)
    let isTrusted = isPossible && (header.hasValidChecksum || !header.hasChecksums)
    self.init(
      at: EventLogChunk.headerByteCount, end: isPossible ? min(stated, chunk.count) : EventLogChunk.headerByteCount,
      tolerance: isTrusted && !isDirty ? .none : .consecutive)
  }

  mutating func next(_ chunk: ByteView) -> Step {
    if at >= end { return nextBeyond(chunk) }
    do {
      var record = try EventLogRecordHeader(parsing: chunk, at: at, limit: chunk.count)
      if !record.hasMatchingSizeCopy(chunk) && !isFollowed(record, chunk) {
        // Size and copy differ and nothing begins where the record should end: it ends where the next one begins.
        record.size = max(resynchronised(chunk, from: at + 28) - at, EventLogRecordHeader.minimumByteCount)
      }
      at += record.size
      previousID = record.recordID
      return .record(record)
    } catch {
      // Nothing but zeros up to the stated end: the header promises too much, no record is lost.
      if chunk.isZero(at, min(end, chunk.count) - at) {
        at = end
        return .end
      }
      at = resynchronised(chunk, from: at + 4)
      return .fault(error)
    }
  }

  private func isFollowed(_ record: EventLogRecordHeader, _ chunk: ByteView) -> Bool {
    let next = record.offset + record.size
    return next == end || chunk.u32(next) == EventLogRecordHeader.signature
  }

  private mutating func nextBeyond(_ chunk: ByteView) -> Step {
    guard tolerance == .consecutive,
      let record = try? EventLogRecordHeader(parsing: chunk, at: at, limit: chunk.count),
      record.hasMatchingSizeCopy(chunk),
      previousID.map({ record.recordID == $0 &+ 1 }) ?? true
    else { return .end }
    at += record.size
    previousID = record.recordID
    return .record(record)
  }

  /// The next place before the free space where a whole record could begin; the free space when there is none.
  private func resynchronised(_ chunk: ByteView, from start: Int) -> Int {
    var candidate = start
    while candidate < end {
      if chunk.u32(candidate) == EventLogRecordHeader.signature,
        let record = try? EventLogRecordHeader(parsing: chunk, at: candidate, limit: chunk.count),
        record.hasMatchingSizeCopy(chunk)
      {
        return candidate
      }
      candidate += 4
    }
    return end
  }
}
