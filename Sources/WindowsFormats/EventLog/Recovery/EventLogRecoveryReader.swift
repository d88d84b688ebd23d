/// Renders records that are not live: left over in chunk slack, hidden in other records, in damaged chunks, or in data
/// without any frame of a log.
///
/// A record is believed when its frame is whole (see `RecordCandidates`) and its values fit the template exactly. The
/// template is the one in the record or at the offset it states, if that is intact; else one from the file, else from
/// the case. What has no template is reported with its strings.
public struct EventLogRecoveryReader: ~Copyable {
  /// Where a recovered record stood.
  public enum Source: Sendable {
    /// Behind the live records of a chunk, from an earlier use.
    case slack
    /// Inside of a live record: the trace of tools that unlink records.
    case hidden
    /// A live record whose template or values are damaged.
    case damagedRecord
    /// In a chunk whose header is gone.
    case damagedChunk
    /// In data that is no log.
    case carved

    var text: StaticString {
      switch self {
      case .slack: "slack"
      case .hidden: "hidden"
      case .damagedRecord: "damaged-record"
      case .damagedChunk: "damaged-chunk"
      case .carved: "carved"
      }
    }
  }

  /// A rendered record: where its line ends in the output, and what record it is.
  public struct Line: Sendable {
    public var end: Int
    public var key: RecordKey
    /// Whether a template named the fields.
    public var isRendered: Bool
  }

  public private(set) var lines: [Line] = []
  /// With `collectsRecords`: the records of the lines as values.
  public private(set) var records: [EventRecord] = []
  private let collectsRecords: Bool
  var renderer: RecordRenderer
  private var raw = RawRecordReader()
  private var chunkOffset = 0
  private var file = ""

  /// - Parameter collectsRecords: Values are wanted too, to be filtered or written in another form.
  public init(output: EventLogChunkReader.Output, wholeCase: TemplatePool, collectsRecords: Bool = false) {
    self.collectsRecords = collectsRecords
    renderer = RecordRenderer(output: output == .xml ? .xml : .jsonLines)
    renderer.parser.workspace = WorkBuffer(byteCount: EventLogChunk.byteCount + FragmentParser.appendixByteCount)
    renderer.parser.resolver.isActive = true
    renderer.parser.resolver.verifiesNames = true
    renderer.parser.resolver.wholeCase = wholeCase
  }

  public mutating func begin(file: String, templates: TemplatePool) {
    self.file = file
    renderer.beginFile(file)
    renderer.parser.resolver.file = templates
  }

  /// Renders every record of a chunk that is not live.
  /// - Parameters:
  ///   - bytes: The chunk, or 64 KiB of anything.
  ///   - offset: Its absolute offset.
  ///   - live: Ranges of the chunk that live records take, in order, without those that failed to render.
  ///   - failed: Live records that failed to render.
  ///   - kind: What records outside of live ones count as: `.slack`, or `.damagedChunk` without a header.
  public mutating func recover(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, live: [Range<Int>], failed: [EventLogRecordHeader], kind: Source
  ) {
    load(bytes, at: offset)
    let chunk = renderer.parser.view
    let end = min(bytes.count, EventLogChunk.byteCount)
    for record in failed { render(record, .damagedRecord) }
    let liveRecords = LiveRecords(ranges: live)
    var candidates = RecordCandidates(from: 0, to: end, live: liveRecords)
    while let record = candidates.next(chunk) {
      if let owner = liveRecords.enclosing(record.offset, chunk) {
        if owner.lowerBound != record.offset { render(record, .hidden) }
        continue
      }
      if failed.contains(where: { $0.offset == record.offset }) { continue }
      render(record, kind)
    }
  }

  /// Renders one record of raw data; `bytes` is the chunk it seems to belong to, so that offsets fit.
  public mutating func carve(_ bytes: UnsafeRawBufferPointer, at offset: Int, record: Int) {
    load(bytes, at: offset)
    let end = min(bytes.count, EventLogChunk.byteCount)
    guard let header = RecordCandidates.record(renderer.parser.view, at: record, limit: end) else { return }
    render(header, .carved)
  }

  /// A chunk is looked at once for all its records.
  private mutating func load(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    chunkOffset = offset
    renderer.parser.workspace.load(
      ByteView(UnsafeRawBufferPointer(rebasing: bytes.prefix(EventLogChunk.byteCount))),
      clearingTo: EventLogChunk.byteCount)
    renderer.load(renderer.parser.workspace.view)
    renderer.parser.resolver.loadChunk(appendix: EventLogChunk.byteCount)
  }

  private mutating func render(_ record: EventLogRecordHeader, _ source: Source) {
    renderer.headerID = record.recordID
    renderer.parser.resolver.origin = .none
    renderer.parser.resolver.event = nil
    renderer.recovery = RecordRenderer.RecoveryNote(offset: chunkOffset + record.offset, source: source.text)
    let key = RecordKey(recordID: record.recordID, fileTime: record.fileTime)
    renderer.parser.resolver.document = record.content.lowerBound &+ 4
    let geometry = geometry(of: record)
    let written = geometry?.writtenTime(record)
    var hasLine = false
    let mark = renderer.out.count
    do throws(BinXMLFault) {
      guard geometry != nil else { throw .invalidValue }
      try renderer.renderLine(record.content)
      hasLine = !isEmpty(record)
    } catch {}
    let isRendered = hasLine && renderer.parser.resolver.origin != .missing
    if hasLine {
      complete(record, source, written: written, from: mark)
    } else {
      renderer.out.truncate(to: mark)
      appendRaw(record, source)
    }
    if collectsRecords { records.append(value(of: record, source, hasLine: hasLine, written: written)) }
    lines.append(Line(end: renderer.out.count, key: key, isRendered: isRendered))
  }

  /// How the record's parts fit together; nil when they do not. Looking costs as much as reading its tables.
  private mutating func geometry(of record: EventLogRecordHeader) -> RecordGeometry? {
    renderer.parser.note(record.size)
    guard renderer.parser.work <= BinXMLLimits.workPerChunk else { return nil }
    return RecordGeometry(renderer.parser.view, record.content)
  }

  /// Completes what a rendered record says about its recovery: in XML all of it, in JSON what the program of the
  /// template does not know.
  private mutating func complete(
    _ record: EventLogRecordHeader, _ source: Source, written: String?, from start: Int
  ) {
    guard renderer.output == .xml else {
      guard let written else { return }
      renderer.out.truncate(to: renderer.out.count &- 2)
      renderer.out.append(",\"writtenTime\":")
      renderer.out.appendJSONString(written)
      return renderer.out.append("}\n")
    }
    let event = renderer.out.bytes(from: start, count: renderer.out.count &- start)
    renderer.out.truncate(to: start)
    EventRecord.appendComment(recovery(of: record, source, written: written), to: &renderer.out)
    renderer.out.append(event)
  }

  private func recovery(
    of record: EventLogRecordHeader, _ source: Source, written: String?
  ) -> EventRecord.Recovery {
    EventRecord.Recovery(
      offset: chunkOffset + record.offset, source: "\(source.text)",
      template: "\(renderer.parser.resolver.origin.text)", writtenTime: written)
  }

  private mutating func value(
    of header: EventLogRecordHeader, _ source: Source, hasLine: Bool, written: String?
  ) -> EventRecord {
    renderer.rewindScratch()
    do throws(BinXMLFault) {
      guard hasLine else { throw .invalidValue }
      var record = try renderer.eventRecord(header.content, headerID: header.recordID)
      record.recovery = recovery(of: header, source, written: written)
      return record
    } catch {
      return raw.record(
        header, of: renderer.parser.view, offset: chunkOffset + header.offset, source: source.text)
    }
  }

  /// Whether a record that could be rendered has neither a template nor an element: a fragment of nothing.
  private func isEmpty(_ record: EventLogRecordHeader) -> Bool {
    guard renderer.parser.resolver.origin == .none else { return false }
    let token = renderer.parser.view.u8(record.content.lowerBound + 4)
    return token != 0x01 && token != 0x41
  }

  private mutating func appendRaw(_ record: EventLogRecordHeader, _ source: Source) {
    raw.append(
      record, of: renderer.parser.view, file: file, offset: chunkOffset + record.offset, source: source.text,
      isXML: renderer.output == .xml, to: &renderer.out)
  }

  // MARK: Output

  public var outputCount: Int { renderer.out.count }

  public borrowing func withOutput<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try renderer.out.withBytes(body)
  }

  public mutating func clearOutput() {
    renderer.out.removeAll()
    lines.removeAll(keepingCapacity: true)
    records.removeAll()
  }
}
