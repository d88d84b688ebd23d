import WindowsFormats

/// Hunting: records are matched by their slots.
extension EventWorker {
  func match(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, of file: EventLogFile, _ matcher: any EventMatcher,
    into block: EventBlock
  ) {
    matcher.load(bytes)
    while let header = reader.nextRecord() {
      let isWanted = matcher.wants(header)
      // A record without slots is no record that could be rendered; the attempt says why.
      guard isWanted != nil else {
        if let record = reader.eventRecord(header) {
          block.counts.records += 1
          block.note(matcher.take(record, place(of: header, in: bytes, at: offset, file)))
        }
        continue
      }
      block.counts.records += 1
      reader.noteLive(header)
      if isWanted == true { block.note(matcher.take(wanted: header, place(of: header, in: bytes, at: offset, file))) }
    }
    block.counts.badRecords += reader.failedRecords.count
  }

  private func place(
    of header: EventLogRecordHeader, in bytes: UnsafeRawBufferPointer, at offset: Int, _ file: EventLogFile
  ) -> EventPlace {
    let end = min(header.offset + header.size, bytes.count)
    let raw = UnsafeRawBufferPointer(rebasing: bytes[min(header.offset, end)..<end])
    return EventPlace(file: file.evidence.path, offset: offset + header.offset, source: .memory(raw))
  }

  func matchRecovered(
    _ recovery: RecoveryStage, of file: EventLogFile, _ matcher: any EventMatcher, into block: EventBlock
  ) {
    for (record, line) in zip(recovery.reader.records, recovery.reader.lines) {
      let place = EventPlace(
        file: file.evidence.path, offset: record.recovery?.offset ?? 0, source: .evidence(file.evidence))
      block.matches.append(MatchedEvent(key: line.key, value: matcher.take(record, place)))
    }
  }
}

extension EventBlock {
  func note(_ value: (any Sendable)?) {
    if let value { matches.append(MatchedEvent(key: nil, value: value)) }
  }
}
