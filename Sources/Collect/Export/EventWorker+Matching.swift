import WindowsFormats

/// Hunting: records are asked for by their slots, and only those that are wanted are made values.
extension EventWorker {
  func match(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, of file: EventLogFile, _ matcher: any EventMatcher,
    into block: EventBlock
  ) {
    matcher.load(bytes)
    while let header = reader.nextRecord() {
      let isWanted = matcher.wants(header)
      if isWanted == false {
        block.counts.records += 1
        reader.noteLive(header)
        continue
      }
      // A record without slots is no record that could be rendered; the attempt says why.
      guard let record = reader.eventRecord(header) else { continue }
      block.counts.records += 1
      let raw = UnsafeRawBufferPointer(rebasing: bytes[header.offset..<min(header.offset + header.size, bytes.count)])
      let place = EventPlace(file: file.evidence.path, offset: offset + header.offset, source: .memory(raw))
      block.note(isWanted == nil ? matcher.take(record, place) : matcher.take(wanted: record, place))
    }
    block.counts.badRecords += reader.failedRecords.count
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
