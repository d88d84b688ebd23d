/// Reads one chunk after the other: finds the records, checks what can be checked, renders what is asked for.
///
/// Chunks are independent of each other, so each worker thread has a reader of its own. Faults become `diagnostics`;
/// the record behind the faulty one is read all the same.
public struct EventLogChunkReader: ~Copyable {
  public enum Output: Sendable {
    /// Canonical JSON lines.
    case jsonLines
    /// One `<Event>` element a line.
    case xml
  }

  /// Faults met since they were last taken.
  public private(set) var diagnostics: [EventLogDiagnostic] = []
  /// The header of the chunk being read; nil when it is damaged.
  public private(set) var header: EventLogChunkHeader?
  var renderer: RecordRenderer
  var chunk = ByteView(UnsafeRawBufferPointer(start: nil, count: 0))
  /// Absolute offset of the chunk in its file.
  var chunkOffset = 0
  /// Where live records stand in the chunk, and those that failed to render: recovery starts from these.
  public private(set) var liveRanges: [Range<Int>] = []
  public private(set) var failedRecords: [EventLogRecordHeader] = []
  private var diagnosticsOfChunk = 0
  private var walk = RecordWalk(at: 0, end: 0, tolerance: .none)

  /// Faults kept of one chunk: a destroyed chunk would otherwise report each of its bytes.
  static let maximumDiagnosticsPerChunk = 200

  public init(output: Output) { renderer = RecordRenderer(output: output == .xml ? .xml : .jsonLines) }

  /// Says which file the next chunks are from: the `file` of their lines.
  public mutating func begin(file: String) {
    renderer.beginFile(file)
  }

  /// Loads a chunk. The bytes must stay in place until the next call or the end of the reader.
  ///
  /// - Parameters:
  ///   - bytes: 64 KiB, or what is left of the file.
  ///   - offset: Absolute offset of the chunk in its file.
  ///   - isDirty: Whether the file says that it was not closed: then records may follow the stated free space.
  /// - Returns: Whether there is a chunk header; without one there are no live records.
  public mutating func load(_ bytes: UnsafeRawBufferPointer, at offset: Int, isDirty: Bool) -> Bool {
    chunk = ByteView(UnsafeRawBufferPointer(rebasing: bytes.prefix(EventLogChunk.byteCount)))
    chunkOffset = offset
    diagnosticsOfChunk = 0
    liveRanges.removeAll(keepingCapacity: true)
    failedRecords.removeAll(keepingCapacity: true)
    renderer.load(chunk)
    walk = RecordWalk(at: 0, end: 0, tolerance: .none)
    do {
      let header = try EventLogChunkHeader(parsing: chunk)
      self.header = header
      walk = RecordWalk(header, chunk, isDirty: isDirty)
      verify(header)
      return true
    } catch {
      header = nil
      report(error)
      return false
    }
  }

  private mutating func verify(_ header: EventLogChunkHeader) {
    if chunk.count < EventLogChunk.byteCount {
      report(ParseError(.truncated, .eventLogChunk, offset: chunk.count))
    }
    if header.freeSpaceOffset < EventLogChunk.headerByteCount || Int(header.freeSpaceOffset) > EventLogChunk.byteCount {
      report(ParseError(.invalidValue, .eventLogChunkHeader, offset: 48))
    }
    guard header.hasChecksums else { return }
    if !header.hasValidChecksum { report(ParseError(.checksumMismatch, .eventLogChunkHeader, offset: 124)) }
    let length = Int(header.freeSpaceOffset) - EventLogChunk.headerByteCount
    if let records = chunk.slice(EventLogChunk.headerByteCount, length),
      CRC32.of(records) != header.storedRecordsChecksum
    {
      report(ParseError(.checksumMismatch, .eventLogChunk, offset: 52))
    }
  }

  /// The next live record's frame, or nil behind the last one.
  public mutating func nextRecord() -> EventLogRecordHeader? {
    while true {
      switch walk.next(chunk) {
      case .record(let record):
        if chunk.u32(record.offset + 4) != UInt32(record.size) {
          report(ParseError(.invalidValue, .eventLogRecord, offset: record.offset + 4), record.recordID)
        } else if !record.hasMatchingSizeCopy(chunk) {
          report(ParseError(.invalidValue, .eventLogRecord, offset: record.offset + record.size - 4), record.recordID)
        }
        return record
      case .fault(let error): report(error)
      case .end: return nil
      }
    }
  }

  /// Renders a record behind what the output holds. A fault becomes a diagnostic and leaves no trace in the output.
  /// - Returns: Whether the record was rendered.
  @discardableResult
  public mutating func render(_ record: EventLogRecordHeader) -> Bool {
    renderer.headerID = record.recordID
    renderer.recovery = nil
    do throws(BinXMLFault) {
      try renderer.renderLine(record.content)
      noteLive(record)
      return true
    } catch {
      failedRecords.append(record)
      report(ParseError(error.code, .binXML, offset: renderer.parser.faultOffset), record.recordID)
      return false
    }
  }

  /// A record as a value. A fault becomes a diagnostic.
  public mutating func eventRecord(_ record: EventLogRecordHeader) -> EventRecord? {
    renderer.rewindScratch()
    do throws(BinXMLFault) {
      let result = try renderer.eventRecord(record.content, headerID: record.recordID)
      noteLive(record)
      return result
    } catch {
      failedRecords.append(record)
      report(ParseError(error.code, .binXML, offset: renderer.parser.faultOffset), record.recordID)
      return nil
    }
  }

  /// Notes a live record that is not rendered: it is no candidate for recovery.
  public mutating func noteLive(_ record: EventLogRecordHeader) {
    let end = record.offset + record.size
    if let last = liveRanges.last, last.upperBound >= end { return }
    if let last = liveRanges.last, last.upperBound == record.offset {
      liveRanges[liveRanges.count - 1] = last.lowerBound..<end
    } else {
      liveRanges.append(record.offset..<end)
    }
  }

  /// Renders every live record of the chunk that was loaded.
  /// - Returns: How many were rendered.
  @discardableResult
  public mutating func renderAll() -> Int {
    var count = 0
    while let record = nextRecord() {
      if render(record) { count += 1 }
    }
    return count
  }

  // MARK: Output

  /// Bytes in the output.
  public var outputCount: Int { renderer.out.count }

  public borrowing func withOutput<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try renderer.out.withBytes(body)
  }

  /// Exchanges the output for another sink: whoever delivers it keeps it, without a copy.
  public mutating func exchangeOutput(with sink: inout ByteSink) { swap(&renderer.out, &sink) }

  public mutating func clearOutput() { renderer.out.removeAll() }

  // MARK: Diagnostics

  /// Adds a fault; `error.offset` is within the chunk.
  mutating func report(_ error: ParseError, _ recordID: UInt64? = nil) {
    guard diagnosticsOfChunk < EventLogChunkReader.maximumDiagnosticsPerChunk else { return }
    diagnosticsOfChunk += 1
    var absolute = error
    absolute.offset = chunkOffset + error.offset
    diagnostics.append(EventLogDiagnostic(absolute, recordID: recordID))
  }

  public mutating func takeDiagnostics() -> [EventLogDiagnostic] {
    defer { diagnostics = [] }
    return diagnostics
  }
}

/// A fault met in a log, and the record it belongs to where that is known.
public struct EventLogDiagnostic: Hashable, Sendable {
  public var error: ParseError
  public var recordID: UInt64?

  public init(_ error: ParseError, recordID: UInt64? = nil) {
    self.error = error
    self.recordID = recordID
  }
}
