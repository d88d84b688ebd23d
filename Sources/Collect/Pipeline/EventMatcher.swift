public import WindowsFormats

/// Finds events of interest, on one thread: the seam between reading evidence and hunting in it.
///
/// A live record of a log is matched by its slots, and what it gives is taken from them: no value is made. Records that
/// have no slots (recovered ones, and those of exports) come as values.
public protocol EventMatcher: AnyObject {
  /// A chunk of a log is in place; its bytes stay until the next call.
  func load(_ chunk: UnsafeRawBufferPointer)

  /// Whether a live record of the loaded chunk is of interest; nil when its slots cannot be read.
  func wants(_ header: EventLogRecordHeader) -> Bool?

  /// What the live record that was just wanted gives.
  func take(wanted header: EventLogRecordHeader, _ place: EventPlace) -> (any Sendable)?

  /// What a record gives that had no slots.
  func take(_ record: EventRecord, _ place: EventPlace) -> (any Sendable)?

  /// Which events were met since this was last asked, whether of interest or not.
  func takeCensus() -> (any Sendable)?
}

/// Where a record stands.
public struct EventPlace {
  /// The path as given or found; a member of an archive is `archive!member`.
  public let file: String
  /// Absolute offset of the record in the file.
  public let offset: Int
  let source: Source

  enum Source {
    /// The record's bytes, in place for the call only.
    case memory(UnsafeRawBufferPointer)
    /// A recovered record: it says its own size.
    case evidence(Evidence)
  }

  /// Calls `body` with the record's bytes as they stand in the file.
  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    switch source {
    case .memory(let bytes): return body(bytes)
    case .evidence(let evidence):
      return withUnsafeTemporaryAllocation(byteCount: EventLogChunk.byteCount, alignment: 16) { buffer in
        let count = evidence.read(into: buffer, at: offset)
        let view = ByteView(UnsafeRawBufferPointer(rebasing: buffer[0..<count]))
        let size = min(view.u32(4).map(Int.init) ?? 0, count)
        return body(UnsafeRawBufferPointer(rebasing: buffer[0..<size]))
      }
    }
  }
}

/// What an `EventMatcher` made of one record.
struct MatchedEvent {
  /// For a recovered record: counts only when its file has not shown this key before.
  var key: RecordKey?
  var value: (any Sendable)?
}

extension EventBlock {
  /// What was matched, in order, without recovered records that were there before; counts those that are new.
  public func takeMatches() -> [any Sendable] {
    defer { matches = [] }
    return matches.compactMap { match in
      guard let key = match.key, let file else { return match.value }
      guard file.keys.insert(key) else { return nil }
      counts.recovered += 1
      return match.value
    }
  }
}
