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
    if let header = try? EventLogChunkHeader(parsing: chunk) {
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
    collectDefinitions(chunk)
  }

  /// A definition follows its first instance, which then points behind itself and repeats the GUID's first bytes.
  /// That self-reference finds definitions in slack as well as in live records.
  private mutating func collectDefinitions(_ chunk: ByteView) {
    var at = 0
    while let found = chunk.firstIndex(ofByte: 0x0C, from: at) {
      at = found &+ 1
      guard chunk.u32(found &+ 6) == UInt32(truncatingIfNeeded: found &+ 10),
        let identifier = chunk.u32(found &+ 2), chunk.u32(found &+ 14) == identifier,
        let definition = parser.definition(at: found &+ 10) ?? TemplateRepair.definition(chunk, at: found &+ 10)
      else { continue }
      templates.insert(definition)
    }
  }
}
