/// Writes event logs in the EVTX format of Windows Vista and later.
///
/// A pure value: it turns events into bytes and touches no file. Layout: a file header in a block of 4,096 bytes, then
/// chunks of 65,536 bytes that stand on their own (libyal EVTX documentation; BinXML is [MS-EVEN6] 2.2.12). The same
/// events give the same bytes.
///
/// A small log is one expression:
///
///     var writer = EventLogWriter()
///     try writer.append(event)
///     let file = writer.finish()
///
/// A log that does not fit in memory is handed out chunk by chunk. Its file starts with `fileHeader`, which is written
/// over with the final one at the end, as Windows does it:
///
///     file.write(writer.fileHeader)
///     for event in events {
///       try writer.append(event)
///       file.write(writer.takeFinishedChunks())
///     }
///     writer.closeChunk()
///     file.write(writer.takeFinishedChunks())
///     file.seek(0); file.write(writer.fileHeader)
public struct EventLogWriter: Sendable {
  /// Bytes from the start of the file to its first chunk.
  public static let fileHeaderByteCount = 4096
  /// The file header counts chunks in 16 bits: 4 GiB.
  public static let maximumChunkCount = 65_535

  public let options: Options
  /// EventRecordID of the next event that does not say its own; nil when the last one was the largest.
  public private(set) var nextRecordID: UInt64?
  /// Records written so far.
  public private(set) var recordCount: UInt64 = 0
  /// Chunks closed so far, those handed out included.
  public private(set) var chunkCount = 0

  private let quirks: Quirks
  private var chunk: ChunkBuilder
  private var finished: [UInt8] = []
  private var systemTemplates: [SystemTemplate: BinXMLTemplate] = [:]
  private var payloadTemplates: [PayloadTemplate: BinXMLTemplate] = [:]

  public init(options: Options = Options()) { self.init(options: options, quirks: []) }

  package init(options: Options = Options(), quirks: Quirks) {
    self.options = options
    self.quirks = quirks
    nextRecordID = options.firstRecordID
    chunk = ChunkBuilder(quirks: quirks)
  }

  /// What the file header says.
  public struct Options: Hashable, Sendable {
    /// Minor version of format 3: 1 up to Windows 10 1903, 2 on later ones. The layout is the same.
    public var minorVersion: UInt16
    /// EventRecordID of the first event.
    public var firstRecordID: UInt64
    /// Whether the header says that the log was not closed properly, as in a copy of a log in use.
    public var isDirty: Bool

    public init(minorVersion: UInt16 = 1, firstRecordID: UInt64 = 1, isDirty: Bool = false) {
      self.minorVersion = minorVersion
      self.firstRecordID = firstRecordID
      self.isDirty = isDirty
    }
  }

  /// Deviations for tests of readers.
  package struct Quirks: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Names have the hash 0.
    package static let omitsNameHashes = Quirks(rawValue: 1)
    /// Names are in no chain, and each use has its own copy.
    package static let omitsNameTable = Quirks(rawValue: 2)
    /// Template definitions are in no chain, and each use has its own copy.
    package static let omitsTemplateTable = Quirks(rawValue: 4)
    /// Each template instance brings its definition, chained as usual.
    package static let repeatsDefinitions = Quirks(rawValue: 8)
  }

  // MARK: Events

  /// Appends one event; starts a new chunk when the current one is full. After an error the writer is unchanged.
  public mutating func append(_ event: Event) throws(WriteError) {
    let recordID = try recordID(event.recordID)
    let parts = try PayloadParts(event)
    var payload = BinXMLValue(type: ValueType.null.rawValue)
    if let shape = parts.shape {
      let instance = BinXMLInstance(try template(of: shape), parts.values)
      payload = BinXMLValue(.instance(instance), hasHeader: !event.terminatesStrings)
    }
    let values = try SystemTemplate.values(of: event, recordID: recordID, payload: payload)
    let instance = BinXMLInstance(try template(of: SystemTemplate(for: event)), values)
    try write(.instance(instance), recordID: recordID, time: event.time)
  }

  /// Appends a record of any shape.
  package mutating func append(
    _ fragment: BinXMLFragment, time: UInt64, recordID given: UInt64? = nil
  ) throws(WriteError) {
    try write(fragment, recordID: try recordID(given), time: time)
  }

  private func recordID(_ given: UInt64?) throws(WriteError) -> UInt64 {
    guard let recordID = given ?? nextRecordID else { throw WriteError(.recordIDsExhausted) }
    return recordID
  }

  private mutating func template(of shape: SystemTemplate) throws(WriteError) -> BinXMLTemplate {
    if let known = systemTemplates[shape] { return known }
    let template = try shape.makeTemplate()
    systemTemplates[shape] = template
    return template
  }

  private mutating func template(of shape: PayloadTemplate) throws(WriteError) -> BinXMLTemplate {
    if let known = payloadTemplates[shape] { return known }
    let template = try shape.makeTemplate()
    payloadTemplates[shape] = template
    return template
  }

  private mutating func write(_ fragment: BinXMLFragment, recordID: UInt64, time: UInt64) throws(WriteError) {
    guard chunkCount < EventLogWriter.maximumChunkCount else { throw WriteError(.tooManyChunks) }
    if !chunk.add(fragment, recordID: recordID, time: time) {
      // Tried on the side first, so that a record that fits nowhere does not cut the chunk short.
      var next = ChunkBuilder(quirks: quirks)
      guard next.add(fragment, recordID: recordID, time: time) else { throw WriteError(.recordTooLarge) }
      guard chunkCount + 1 < EventLogWriter.maximumChunkCount else { throw WriteError(.tooManyChunks) }
      closeChunk()
      chunk = next
    }
    recordCount += 1
    let (following, overflow) = recordID.addingReportingOverflow(1)
    nextRecordID = overflow ? nil : following
  }

  // MARK: Bytes

  /// Closes the current chunk; the next event starts another. Without a record in it there is nothing to close.
  public mutating func closeChunk() {
    guard chunk.recordCount > 0 else { return }
    finished += chunk.sealed(firstRecordNumber: recordCount - chunk.recordCount + 1)
    chunkCount += 1
    chunk = ChunkBuilder(quirks: quirks)
  }

  /// The chunks closed since the last call, to be put behind what the file has.
  public mutating func takeFinishedChunks() -> [UInt8] {
    defer { finished = [] }
    return finished
  }

  /// The whole file: header and all chunks, when none was taken before.
  public mutating func finish() -> [UInt8] {
    closeChunk()
    return fileHeader + takeFinishedChunks()
  }

  /// A log of these events.
  public static func log(
    of events: some Sequence<Event>, options: Options = Options()
  ) throws(WriteError) -> [UInt8] {
    var writer = EventLogWriter(options: options)
    for event in events { try writer.append(event) }
    return writer.finish()
  }
}
