import WindowsFormats

/// An open EVTX log: where its chunks are and what recovery knows of it.
public final class EventLogFile: Sendable {
  public let evidence: Evidence
  /// Where the first chunk begins.
  let firstChunk: Int
  /// Whether the log was not closed: live records may stand behind the stated free space.
  let isDirty: Bool
  /// What the file header has wrong.
  let headerFaults: [ParseError]
  /// Templates of this file, for recovery.
  let templates: TemplatePool
  /// Keys of live records, and of recovered ones already delivered. Used by the delivering thread only.
  let keys: KeyBox

  /// A place for a key set that one thread at a time uses.
  final class KeyBox: @unchecked Sendable {
    private var set: RecordKeySet

    init(_ set: consuming RecordKeySet) { self.set = set }

    func insert(_ key: RecordKey) -> Bool { set.insert(key) }
  }

  /// - Parameter survey: Looked through for recovery; nil when nothing is to be recovered.
  init(_ evidence: Evidence, isSurveyed: Bool) {
    self.evidence = evidence
    let head = EventLogFile.head(of: evidence)
    firstChunk = head.firstChunk
    isDirty = head.isDirty
    headerFaults = head.faults
    guard isSurveyed else {
      templates = TemplatePool()
      keys = KeyBox(RecordKeySet())
      return
    }
    var survey = EventLogSurvey()
    EventLogFile.forEachChunk(of: evidence, from: head.firstChunk) { bytes, _ in
      survey.add(bytes, isDirty: head.isDirty)
    }
    templates = survey.templates
    keys = KeyBox(survey.takeLiveKeys())
  }

  private static func head(of evidence: Evidence) -> (firstChunk: Int, isDirty: Bool, faults: [ParseError]) {
    withUnsafeTemporaryAllocation(byteCount: EventLogFileHeader.byteCount, alignment: 16) { buffer in
      let count = evidence.read(into: buffer, at: 0)
      let view = ByteView(UnsafeRawBufferPointer(rebasing: buffer[0..<count]))
      do throws(ParseError) {
        let header = try EventLogFileHeader(parsing: view)
        return (header.blockSize, header.isDirty, header.diagnostics)
      } catch {
        // Chunks stand for themselves. Without a header the log counts as not closed.
        return (view.u64(0) == EventLogChunk.signature ? 0 : 4096, true, [error])
      }
    }
  }

  /// Reads the file chunk by chunk through one buffer.
  static func forEachChunk(
    of evidence: Evidence, from start: Int, _ body: (UnsafeRawBufferPointer, Int) -> Void
  ) {
    withUnsafeTemporaryAllocation(byteCount: EventLogChunk.byteCount, alignment: 64) { buffer in
      var offset = start
      while true {
        let count = evidence.read(into: buffer, at: offset)
        guard count > 0 else { return }
        body(UnsafeRawBufferPointer(rebasing: buffer[0..<count]), offset)
        offset += EventLogChunk.byteCount
      }
    }
  }
}
