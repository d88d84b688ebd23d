#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import WindowsFormats

/// An EVTX log that is being written: chunks whose header changed are read again, and records behind the last one seen
/// are new. When the log wraps, a chunk begins with another record, and all of it is new.
final class FollowedLog: FollowedFile {
  private struct Seen: Equatable {
    var firstID: UInt64
    var lastID: UInt64
    var freeSpace: UInt32
  }

  private var chunks: [Int: Seen] = [:]
  private var reader: EventLogChunkReader
  private let isXML: Bool
  /// Polls for which a record that cannot be read may still be on its way.
  private static let patience = 8
  private var patienceLeft = FollowedLog.patience

  init(_ evidence: Evidence, _ export: EventExport) {
    isXML = export.format == .xml
    reader = EventLogChunkReader(output: isXML ? .xml : .jsonLines)
    super.init(path: evidence.path, export: export)
    reader.begin(file: path)
  }

  override func restart() { chunks = [:] }

  override func readNew(_ deliver: (EventBlock) -> Bool) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return true }
    defer { close(descriptor) }
    isWaiting = false
    let block = EventBlock()
    return withUnsafeTemporaryAllocation(byteCount: EventLogChunk.byteCount, alignment: 64) { buffer in
      var offset = 4096
      while true {
        let count = pread(descriptor, buffer.baseAddress, EventLogChunk.byteCount, off_t(offset))
        guard count > 0 else { return true }
        readNew(UnsafeRawBufferPointer(rebasing: buffer[0..<count]), at: offset, into: block)
        if !deliver(block) { return false }
        block.reset()
        offset += EventLogChunk.byteCount
      }
    }
  }

  private func readNew(_ bytes: UnsafeRawBufferPointer, at offset: Int, into block: EventBlock) {
    let view = ByteView(bytes)
    guard let header = try? EventLogChunkHeader(parsing: view) else { return }
    let known = chunks[offset]
    if let known, known.lastID == header.lastRecordID, known.freeSpace == header.freeSpaceOffset,
      known.firstID == header.firstRecordID
    {
      return
    }
    let after = known.flatMap { $0.firstID == header.firstRecordID ? $0.lastID : nil }
    _ = reader.load(bytes, at: offset, isDirty: true)
    var last = after ?? 0
    while let record = reader.nextRecord() {
      if let after, record.recordID <= after { continue }
      if !append(record, to: block) {
        // While it may still be on its way, so may those behind it; later it costs itself only.
        if patienceLeft > 0 { break }
        continue
      }
      last = record.recordID
    }
    finish(header, at: offset, last: last, into: block)
  }

  /// False when the record is not whole (yet).
  private func append(_ record: EventLogRecordHeader, to block: EventBlock) -> Bool {
    guard let value = reader.eventRecord(record) else { return false }
    block.counts.records += 1
    guard export.filter.accepts(value) else { return true }
    block.counts.written += 1
    reader.exchangeOutput(with: &block.text)
    reader.render(record)
    reader.exchangeOutput(with: &block.text)
    return true
  }

  /// A fault in a log that is just being written is given time to go away before it is told.
  private func finish(_ header: EventLogChunkHeader, at offset: Int, last: UInt64, into block: EventBlock) {
    let faults = reader.takeDiagnostics().filter { EventFault.losesRecords($0.error) }
    if !faults.isEmpty && patienceLeft > 0 {
      patienceLeft -= 1
      isWaiting = true
      // Not the header's numbers: so the chunk counts as changed at the next poll.
      chunks[offset] = Seen(firstID: header.firstRecordID, lastID: last, freeSpace: 0)
      return
    }
    patienceLeft = FollowedLog.patience
    block.faults += faults.map { EventFault($0, file: path) }
    block.counts.badRecords += faults.count
    chunks[offset] = Seen(
      firstID: header.firstRecordID, lastID: max(last, header.lastRecordID), freeSpace: header.freeSpaceOffset)
  }
}
