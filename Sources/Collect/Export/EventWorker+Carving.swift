import WindowsFormats

/// Records in data that is no log: chunks anywhere, and single records between them.
extension EventWorker {
  /// Bytes searched at a time; a record that begins in one window may end in the next, so windows overlap by a chunk.
  private static let windowByteCount = 1 << 20

  func carve(_ file: EventLogFile, _ range: Range<Int>, into block: EventBlock) {
    let evidence = file.evidence
    withUnsafeTemporaryAllocation(byteCount: EventWorker.windowByteCount, alignment: 64) { window in
      var position = range.lowerBound
      /// Start of the chunk that the last record with its own template belonged to.
      var base: Int?
      while position < range.upperBound {
        let count = evidence.read(into: window, at: position)
        guard count > 0 else { return }
        let view = ByteView(UnsafeRawBufferPointer(rebasing: window[0..<count]))
        let isLast = position + count >= evidence.byteCount
        let searchable = min(isLast ? count : count - EventLogChunk.byteCount, range.upperBound - position)
        var at = 0
        while at < searchable, let found = CarvedPlace(view, from: at, to: searchable) {
          at = recover(found, at: position, view, of: file, base: &base, into: block)
        }
        position += max(searchable, 1)
      }
    }
  }

  /// Renders what was found and returns where to search on, within the window.
  private func recover(
    _ place: CarvedPlace, at position: Int, _ view: ByteView, of file: EventLogFile, base: inout Int?,
    into block: EventBlock
  ) -> Int {
    switch place {
    case .chunk(let offset):
      let start = position + offset
      let length = file.evidence.read(into: chunkBuffer, at: start)
      recovery.recover(
        UnsafeRawBufferPointer(rebasing: chunkBuffer[0..<length]), at: start, live: [], failed: [], kind: .carved)
      appendRecovered(of: file, to: block)
      base = start
      return offset + EventLogChunk.byteCount
    case .record(let offset, let size, let inlineDefinition):
      let start = position + offset
      if let inlineDefinition { base = start + CarvedPlace.definitionDistance - inlineDefinition }
      // Offsets in the record count from the start of its chunk; without that, only pools can have its template.
      let isKnown = base.map { $0 >= 0 && $0 + EventLogChunk.byteCount >= start + size && $0 < start } ?? false
      let chunk = isKnown ? (base ?? start) : start
      let length = file.evidence.read(into: chunkBuffer, at: chunk)
      recovery.carve(
        UnsafeRawBufferPointer(rebasing: chunkBuffer[0..<length]), at: chunk, record: start - chunk)
      appendRecovered(of: file, to: block)
      return offset + size
    }
  }
}

/// The next thing in raw data that looks like a chunk or a record.
enum CarvedPlace {
  case chunk(Int)
  /// A record's offset and size, and what it states as the offset of a definition that it holds itself.
  case record(Int, size: Int, inlineDefinition: Int?)

  /// From a record's start to a definition that follows its first instance: frame 24, fragment header 4, instance 10.
  static let definitionDistance = 38

  init?(_ view: ByteView, from start: Int, to end: Int) {
    let chunk = view.firstChunk(from: start, to: end)
    if let record = view.firstRecord(from: start, to: chunk ?? end) {
      let stated = view.u32(record.offset + 34).map(Int.init)
      let isInline = view.u32(record.offset + 42) == view.u32(record.offset + 30)
      self = .record(record.offset, size: record.size, inlineDefinition: isInline ? stated : nil)
    } else if let chunk {
      self = .chunk(chunk)
    } else {
      return nil
    }
  }
}
