import WindowsFormats

/// Renders pieces of evidence on one thread.
final class EventWorker: OrderedWorker {
  let export: EventExport
  private let pool: EventBlockPool
  var csv = CSVLine()
  var reader: EventLogChunkReader
  /// Only when records are to be recovered, and only when records are to be chosen or counted: each has a megabyte of
  /// tables that most runs do not need.
  let recovery: RecoveryStage?
  private let choosing: ChoosingStage?
  let matcher: (any EventMatcher)?
  var statistics = StatisticsCollector()
  private let normalizer = EventNormalizer()
  private let buffer: UnsafeMutableRawBufferPointer
  /// A chunk's bytes while carving, where `buffer` holds another.
  let chunkBuffer: UnsafeMutableRawBufferPointer
  /// Kept alive: another file at the same address would be taken for it.
  private var currentFile: EventLogFile?

  init(_ export: EventExport, wholeCase: TemplatePool, pool: EventBlockPool) {
    self.pool = pool
    self.export = export
    let output: EventLogChunkReader.Output = export.format == .xml ? .xml : .jsonLines
    let chooses = !export.filter.isEmpty || export.isStatistics
    matcher = export.matcher?()
    reader = EventLogChunkReader(output: output)
    recovery =
      export.recovers ? RecoveryStage(output, wholeCase, collectsRecords: chooses || matcher != nil) : nil
    choosing = chooses ? ChoosingStage(export.filter) : nil
    buffer = .allocate(byteCount: EventLogChunk.byteCount, alignment: 64)
    chunkBuffer = .allocate(byteCount: EventLogChunk.byteCount, alignment: 64)
  }

  deinit {
    buffer.deallocate()
    chunkBuffer.deallocate()
  }

  func process(_ item: EvidenceWork) -> EventBlock {
    let block = pool.take()
    switch item {
    case .begin(let evidence):
      block.begins = evidence
      block.counts.files = 1
    case .fault(let diagnostic): block.faults.append(EventFault(diagnostic))
    case .chunks(let file, let offset, let count): read(file, offset, count, into: block)
    case .carve(let file, let range):
      block.file = file
      begin(file)
      carve(file, range, into: block)
    case .records(let evidence, let batch): read(batch, of: evidence, into: block)
    }
    if let matcher {
      block.census = matcher.takeCensus()
    } else if export.isStatistics {
      block.statistics = statistics.take()
    } else if export.format == .csv {
      block.convert(using: &csv)
    }
    return block
  }

  func begin(_ file: EventLogFile) {
    guard currentFile !== file else { return }
    currentFile = file
    reader.begin(file: file.evidence.path)
    recovery?.reader.begin(file: file.evidence.path, templates: file.templates)
  }

  // MARK: Logs

  private func read(_ file: EventLogFile, _ offset: Int, _ count: Int, into block: EventBlock) {
    block.file = file
    begin(file)
    if offset == file.firstChunk {
      block.faults += file.headerFaults.map { EventFault($0, file: file.evidence.path, isLoss: false) }
    }
    for index in 0..<count {
      let place = offset + index * EventLogChunk.byteCount
      let length = file.evidence.read(into: buffer, at: place)
      guard length > 0 else { break }
      readChunk(UnsafeRawBufferPointer(rebasing: buffer[0..<length]), at: place, of: file, into: block)
    }
    block.faults += reader.takeDiagnostics().map { EventFault($0, file: file.evidence.path) }
  }

  private func readChunk(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, of file: EventLogFile, into block: EventBlock
  ) {
    // A log is made larger before it is filled: chunks of zeros are nothing yet.
    let view = ByteView(bytes)
    if view.u64(0) == 0, view.isZero(0, bytes.count) { return }
    let hasHeader = reader.load(bytes, at: offset, isDirty: file.isDirty)
    if hasHeader {
      if let matcher {
        match(bytes, at: offset, of: file, matcher, into: block)
      } else {
        readLive(bytes, into: block)
      }
      block.endSegment(export.recovers)
    }
    guard let recovery else { return }
    if hasHeader {
      recovery.reader.recover(bytes, at: offset, live: reader.liveRanges, failed: reader.failedRecords, kind: .slack)
      appendRecovered(of: file, to: block)
    } else {
      carve(file, offset..<min(offset + EventLogChunk.byteCount, file.evidence.byteCount), into: block)
    }
  }

  private func readLive(_ bytes: UnsafeRawBufferPointer, into block: EventBlock) {
    if let choosing {
      choosing.slots.load(bytes)
      while let header = reader.nextRecord() { take(header, choosing, into: block) }
    } else {
      reader.exchangeOutput(with: &block.text)
      let count = reader.renderAll()
      reader.exchangeOutput(with: &block.text)
      block.counts.records += count
      block.counts.written += count
    }
    block.counts.badRecords += reader.failedRecords.count
  }

  /// A live record: its slots decide; its line comes from the compiled template, as without a filter.
  private func take(_ header: EventLogRecordHeader, _ choosing: ChoosingStage, into block: EventBlock) {
    // What has no slots has no line either: rendering it says why.
    guard choosing.slots.read(header) else { return render(header, into: block) }
    block.counts.records += 1
    let isWanted = choosing.acceptsSlots ?? reader.eventRecord(header).map(export.filter.accepts) ?? false
    guard isWanted else { return reader.noteLive(header) }
    block.counts.written += 1
    if export.isStatistics {
      statistics.add(&choosing.slots, headerID: header.recordID)
      reader.noteLive(header)
    } else {
      render(header, into: block)
    }
  }

  private func render(_ header: EventLogRecordHeader, into block: EventBlock) {
    reader.exchangeOutput(with: &block.text)
    reader.render(header)
    reader.exchangeOutput(with: &block.text)
  }

  func appendRecovered(of file: EventLogFile, to block: EventBlock) {
    guard let recovery else { return }
    defer { recovery.reader.clearOutput() }
    if let matcher { return matchRecovered(recovery, of: file, matcher, into: block) }
    guard choosing != nil else {
      let base = block.text.count
      recovery.reader.withOutput { block.text.append($0) }
      block.segments += recovery.reader.lines.map { EventBlock.Segment(end: base + $0.end, key: $0.key) }
      return
    }
    var start = 0
    for (record, line) in zip(recovery.reader.records, recovery.reader.lines) {
      let range = start..<line.end
      start = line.end
      guard export.filter.accepts(record) else { continue }
      if export.isStatistics {
        block.recovered.append((line.key, EventStatistics.Key(record), record.time.flatMap { EventTime($0) }))
        continue
      }
      recovery.reader.withOutput { block.text.append(UnsafeRawBufferPointer(rebasing: $0[range])) }
      block.segments.append(EventBlock.Segment(end: block.text.count, key: line.key))
    }
  }

  // MARK: Exports

  private func read(_ batch: RecordBatch, of evidence: Evidence, into block: EventBlock) {
    batch.bytes.withUnsafeBytes { bytes in
      for entry in batch.entries {
        switch entry {
        case .fault(let error):
          block.counts.badRecords += 1
          block.faults.append(EventFault(error, file: evidence.path, isLoss: true))
        case .record(let range, let offset, let ordinal):
          let text = UnsafeRawBufferPointer(rebasing: bytes[range])
          let place = EventPlace(file: evidence.path, offset: offset, source: .memory(text))
          take(normalizer.normalize(text, offset: offset, ordinal: ordinal), place, into: block)
        }
      }
    }
  }

  private func take(_ outcome: EventNormalizer.Outcome, _ place: EventPlace, into block: EventBlock) {
    switch outcome {
    case .event(let record):
      block.counts.records += 1
      if let matcher { return block.note(matcher.take(record, place)) }
      guard export.filter.accepts(record) else { return }
      block.counts.written += 1
      if export.isStatistics {
        statistics.add(record, headerID: nil)
      } else {
        record.append(isXML: export.format == .xml, file: place.file, to: &block.text)
      }
    case .notAnEvent: block.counts.otherValues += 1
    case .failed(let error):
      block.counts.badRecords += 1
      block.faults.append(EventFault(error, file: place.file, isLoss: true))
    }
  }
}

extension EventBlock {
  /// Turns JSON lines into cells, segment by segment.
  func convert(using csv: inout CSVLine) {
    var cells = ByteSink(capacity: text.count)
    text.withBytes { bytes in
      if segments.isEmpty { return csv.append(bytes, to: &cells) }
      var start = 0
      for index in segments.indices {
        csv.append(UnsafeRawBufferPointer(rebasing: bytes[start..<segments[index].end]), to: &cells)
        start = segments[index].end
        segments[index].end = cells.count
      }
    }
    text = cells
  }

  /// Ends a stretch of live records; needed only when recovered ones follow.
  func endSegment(_ isNeeded: Bool) {
    if isNeeded, segments.last?.end != text.count { segments.append(Segment(end: text.count, key: nil)) }
  }
}

extension EventRecord {
  /// Appends the record as a line; CSV is made of JSON lines.
  func append(isXML: Bool, file: String, to sink: inout ByteSink) {
    if isXML { appendXMLLine(to: &sink) } else { appendJSONLine(file: file, to: &sink) }
  }
}

/// The recovery reader of a worker.
final class RecoveryStage {
  var reader: EventLogRecoveryReader

  init(_ output: EventLogChunkReader.Output, _ wholeCase: TemplatePool, collectsRecords: Bool) {
    reader = EventLogRecoveryReader(output: output, wholeCase: wholeCase, collectsRecords: collectsRecords)
  }
}

/// Slots and the filter over them.
final class ChoosingStage {
  var slots = EventSlotReader()
  private var filter: SlotFilter?

  init(_ filter: EventFilter) { self.filter = SlotFilter(filter) }

  /// Whether the record read last is wanted; nil when slots cannot tell.
  var acceptsSlots: Bool? { filter == nil ? nil : filter?.accepts(&slots) }
}
