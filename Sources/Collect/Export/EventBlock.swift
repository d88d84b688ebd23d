import WindowsFormats

/// What one piece of work gave: text to write, faults, counts.
///
/// Made by a worker, then used by the delivering thread alone; that is what `@unchecked` stands for.
public final class EventBlock: @unchecked Sendable {
  /// A stretch of the text.
  struct Segment {
    var end: Int
    /// For a recovered record: written only when its file has not shown this key before.
    var key: RecordKey?
  }

  /// The evidence that begins with this block.
  public internal(set) var begins: Evidence?
  public internal(set) var faults: [EventFault] = []
  public internal(set) var counts = EventCounts()
  var statistics: StatisticsPart?
  /// Of a run with an `EventMatcher`: what it found, and which events it met.
  var matches: [MatchedEvent] = []
  public internal(set) var census: (any Sendable)?
  /// Recovered records for the statistics, each counted only when its file has not shown its key before.
  var recovered: [(key: RecordKey, event: EventStatistics.Key, time: EventTime?)] = []
  var text: ByteSink
  var segments: [Segment] = []
  var file: EventLogFile?

  init() { text = ByteSink(capacity: 1 << 18) }

  /// Empties the block, so that it serves again with the memory it has.
  func reset() {
    begins = nil
    faults = []
    counts = EventCounts()
    statistics = nil
    matches = []
    census = nil
    recovered = []
    text.removeAll()
    segments = []
    file = nil
  }

  /// Passes the text on in order, without recovered records that were there before; counts those that are new.
  public func write(to sink: (UnsafeRawBufferPointer) -> Bool) -> Bool {
    text.withBytes { bytes in
      guard let file, !segments.isEmpty else { return bytes.isEmpty || sink(bytes) }
      var start = 0
      var written = 0
      for segment in segments {
        if let key = segment.key {
          if file.keys.insert(key) {
            counts.recovered += 1
            counts.written += 1
          } else {
            if start < written, !sink(UnsafeRawBufferPointer(rebasing: bytes[start..<written])) { return false }
            start = segment.end
          }
        }
        written = segment.end
      }
      return start >= written || sink(UnsafeRawBufferPointer(rebasing: bytes[start..<written]))
    }
  }
}

/// Numbers of a run or of a part of it.
public struct EventCounts: Sendable, Hashable {
  public var files = 0
  /// Records read, live ones; those that no filter let through are counted too.
  public var records = 0
  /// Records written.
  public var written = 0
  public var recovered = 0
  /// Records that could not be read.
  public var badRecords = 0
  /// Values of an export that are no events.
  public var otherValues = 0

  public init() {}

  public mutating func add(_ other: EventCounts) {
    files += other.files
    records += other.records
    written += other.written
    recovered += other.recovered
    badRecords += other.badRecords
    otherValues += other.otherValues
  }
}

/// Something that was wrong in the evidence, and where.
public struct EventFault: Sendable, Hashable {
  public var file: String
  public var offset: Int?
  /// The structure, by its name in the format's document.
  public var structure: String
  public var code: String
  public var recordID: UInt64?
  /// A library's own words, or the name of a limit.
  public var detail: String
  /// Whether something could not be read because of it.
  public var isLoss: Bool

  init(_ error: ParseError, file: String, recordID: UInt64? = nil, isLoss: Bool) {
    self.file = file
    offset = error.offset
    structure = error.structure.description
    code = error.code.description
    self.recordID = recordID
    detail = ""
    self.isLoss = isLoss
  }

  init(_ diagnostic: EvidenceDiagnostic) {
    file = diagnostic.path
    offset = diagnostic.offset
    structure = "file"
    code = diagnostic.code.description
    recordID = nil
    detail = diagnostic.detail
    isLoss = EventFault.losesRecords(diagnostic)
  }

  init(_ diagnostic: EventLogDiagnostic, file: String) {
    self.init(
      diagnostic.error, file: file, recordID: diagnostic.recordID,
      isLoss: EventFault.losesRecords(diagnostic.error))
  }

  /// A file of another kind holds no events, unless its name says that it is a log.
  private static func losesRecords(_ diagnostic: EvidenceDiagnostic) -> Bool {
    switch diagnostic.code {
    case .duplicate, .ownOutput: false
    case .unrecognized: diagnostic.detail == EvidenceFeed.destroyedLog
    default: true
    }
  }

  /// Wrong checksums and header fields cost no record; what cannot be found or read does.
  static func losesRecords(_ error: ParseError) -> Bool {
    switch error.structure {
    case .eventLogFileHeader: false
    case .eventLogChunkHeader: error.code == .invalidSignature || error.code == .truncated
    case .eventLogChunk: error.code == .truncated
    default: true
    }
  }
}
