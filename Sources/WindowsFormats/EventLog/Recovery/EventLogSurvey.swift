/// What recovery has to know of a whole file before it can begin: which records are live, and all templates.
public struct EventLogSurvey: ~Copyable {
  /// Keys of the live records.
  public var liveKeys = RecordKeySet()
  /// Every template definition that is whole, live or left over.
  public private(set) var templates = TemplatePool()
  private var parser = FragmentParser(view: ByteView(UnsafeRawBufferPointer(start: nil, count: 0)))

  public init() {}

  /// Hands out the keys and starts anew: for the next file.
  public mutating func takeLiveKeys() -> RecordKeySet {
    var keys = RecordKeySet()
    swap(&keys, &liveKeys)
    return keys
  }

  /// Looks through one chunk, or through 64 KiB of anything.
  public mutating func add(_ bytes: UnsafeRawBufferPointer, isDirty: Bool) {
    let chunk = ByteView(UnsafeRawBufferPointer(rebasing: bytes.prefix(EventLogChunk.byteCount)))
    parser.view = chunk
    parser.beginChunk()
    var proven = 0..<0
    if let header = try? EventLogChunkHeader(parsing: chunk) {
      proven = EventLogSurvey.provenRange(header, chunk)
      var walk = RecordWalk(header, chunk, isDirty: isDirty)
      walking: while true {
        switch walk.next(chunk) {
        case .record(let record):
          liveKeys.insert(RecordKey(recordID: record.recordID, fileTime: record.fileTime))
        case .fault: continue
        case .end: break walking
        }
      }
    }
    collectDefinitions(chunk, proven: proven)
  }

  /// The bytes that the chunk's checksums speak for: its live records. Empty when a checksum is wrong or left out.
  private static func provenRange(_ header: EventLogChunkHeader, _ chunk: ByteView) -> Range<Int> {
    let length = Int(header.freeSpaceOffset) &- EventLogChunk.headerByteCount
    guard header.hasChecksums, header.hasValidChecksum, length > 0,
      let records = chunk.slice(EventLogChunk.headerByteCount, length),
      CRC32.of(records) == header.storedRecordsChecksum
    else { return 0..<0 }
    return EventLogChunk.headerByteCount..<Int(header.freeSpaceOffset)
  }

  /// A definition follows its first instance, which then points behind itself and repeats the GUID's first bytes.
  /// That self-reference finds definitions in slack as well as in live records.
  private mutating func collectDefinitions(_ chunk: ByteView, proven: Range<Int>) {
    var at = 0
    while let found = chunk.firstIndex(ofByte: 0x0C, from: at) {
      at = found &+ 1
      guard chunk.u32(found &+ 6) == UInt32(truncatingIfNeeded: found &+ 10),
        let identifier = chunk.u32(found &+ 2), chunk.u32(found &+ 14) == identifier,
        let size = chunk.u32(found &+ 30)
      else { continue }
      let end = found &+ 34 &+ Int(size)
      // Names may be shared, but then they stand before their use: the last byte of the definition is the last of all.
      let isProven = proven.contains(found) && end <= proven.upperBound
      guard let definition = definition(chunk, at: found &+ 10, isProven: isProven) else { continue }
      templates.insert(
        definition, TemplateWitness(isProven: isProven, context: TemplateWitness.context(chunk, behind: end)))
    }
  }

  /// What the checksum speaks for needs no further proof; of the rest only what is exact is kept.
  private mutating func definition(_ chunk: ByteView, at offset: Int, isProven: Bool) -> TemplateDefinition? {
    guard isProven || DefinitionStructure.isExact(chunk, at: offset) else {
      return TemplateRepair.definition(chunk, at: offset)
    }
    return parser.definition(at: offset) ?? TemplateRepair.definition(chunk, at: offset)
  }
}
