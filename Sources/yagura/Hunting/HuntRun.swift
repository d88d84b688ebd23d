internal import ArgumentParser
internal import Collect
internal import Detection
internal import Sigma
internal import WindowsFormats

/// One run of `yagura hunt`: reads, matches, correlates, and tells what was found.
final class HuntRun {
  private let command: Hunt
  private let book: RuleBook
  private var output: OutputFile
  private let findings: FindingStore
  private let matches: TimedSpool
  private var printer: DiagnosticPrinter
  private var progress: Progress
  private var feed: EvidenceFeed?
  private var counts = EventCounts()
  private var census = EventCensus()
  private var suppressed = 0
  /// What stopped the run: the temporary file could not be written.
  private var fault: SystemFault?

  private var isQuiet: Bool { command.common.quiet || command.common.diagnostics == .jsonl }

  init(_ command: Hunt, book: RuleBook, output: OutputFile) throws {
    self.command = command
    self.book = book
    self.output = output
    printer = DiagnosticPrinter(form: command.common.diagnostics, isQuiet: command.common.quiet)
    progress = Progress(isWanted: !command.common.quiet, total: EvidenceSize.of(command.paths))
    do throws(SystemFault) {
      findings = try FindingStore(book)
      matches = try TimedSpool()
    } catch {
      throw ValidationError(Say.noTemporaryFile(error.word).text)
    }
  }

  func finish() throws -> ExitStatus {
    let started = ContinuousClock.now
    read()
    do throws(SystemFault) {
      if fault == nil { try correlate() }
      progress.clear()
      printer.finish()
      let summary = try report(seconds: Progress.seconds(ContinuousClock.now - started))
      return conclude(summary)
    } catch {
      Terminal.write("\(Say.error.text): \(Say.noTemporaryFile(error.word).text)\n", to: .error)
      return .outputFailed
    }
  }

  // MARK: Reading

  private func read() {
    var export = EventExport()
    export.recovers = command.recover
    export.threads = command.threads ?? Processors.count
    export.outputDescriptor = output.descriptor
    let (book, span, level) = (book, command.span, command.minLevel)
    export.matcher = { RuleHunterAdapter(RuleHunter(book, span: span, minimumLevel: level)) }
    export.run(
      paths: command.paths, isCancelled: { Terminal.isInterrupted }, feed: { self.feed = $0 },
      deliver: { self.take($0) })
  }

  private func take(_ block: EventBlock) -> Bool {
    for fault in block.faults {
      progress.clear()
      printer.print(fault)
    }
    if let census = block.census as? EventCensus { self.census.merge(census) }
    do throws(SystemFault) {
      for value in block.takeMatches() {
        if let hit = value as? HuntHit { try keep(hit) }
      }
    } catch {
      fault = error
    }
    counts.add(block.counts)
    progress.update(byteCount: feed?.byteCount ?? 0, records: counts.records)
    return fault == nil
  }

  private func keep(_ hit: HuntHit) throws(SystemFault) {
    suppressed += hit.suppressedCount
    try findings.add(hit)
    for match in hit.matches { try matches.add(time: match.time) { match.encode(to: &$0) } }
  }

  private func correlate() throws(SystemFault) {
    guard !book.correlations.isEmpty else { return }
    var run = CorrelationRun(book.correlations, matches)
    try run.findings { found throws(SystemFault) in
      guard book.correlations.rules[found.rule].level >= command.minLevel else { return }
      var found = found
      found.rule += book.rules.count
      try findings.add(found)
    }
  }

  // MARK: Telling

  private func report(seconds: Double) throws(SystemFault) -> HuntSummary {
    if let fault { throw fault }
    var summary = HuntSummary()
    let writer = FindingWriter(format: command.format)
    _ = output.write(writer.header)
    var sink = ByteSink(capacity: 1 << 17)
    try findings.forEach { finding in
      summary.add(finding)
      writer.append(finding, to: &sink)
      guard sink.count >= 1 << 16 else { return true }
      defer { sink.removeAll() }
      return sink.withBytes { output.write($0) }
    }
    let figures = figures(seconds: seconds)
    switch command.format {
    case .jsonl: HuntSummaryLine(summary: summary, figures: figures).append(to: &sink)
    case .text: sink.append(textReport(summary, figures))
    case .csv, .timesketch: break
    }
    _ = sink.withBytes { output.write($0) }
    // Whoever reads the findings as data sees the page on standard error.
    if command.format != .text, !isQuiet, !output.isBroken {
      Terminal.write(Say.huntDone(summary.count, figures).text + "\n", to: .error)
    }
    return summary
  }

  private func textReport(_ summary: HuntSummary, _ figures: HuntFigures) -> String {
    let writesToTerminal = Terminal.isTerminal(.output) && output.descriptor == 1
    let style = TextStyle(isColoured: writesToTerminal && Terminal.wantsColour(command.common.noColor))
    let width = writesToTerminal ? min(Terminal.width(.output), 140) : 110
    return HuntTextReport(
      summary: summary, figures: figures, style: style, width: width, explainsAll: command.all
    ).text()
  }

  private func figures(seconds: Double) -> HuntFigures {
    var figures = HuntFigures()
    figures.files = counts.files
    figures.records = counts.records
    figures.recovered = counts.recovered
    figures.badRecords = counts.badRecords
    figures.byteCount = feed?.byteCount ?? 0
    figures.seconds = seconds
    figures.firstTime = census.firstTime
    figures.lastTime = census.lastTime
    figures.minimumLevel = command.minLevel
    figures.loadedRules = book.loadedCount
    figures.refusedRules = book.refused.count
    figures.suppressed = suppressed
    figures.addCoverage(of: book, census.coverage)
    return figures
  }

  private func conclude(_ summary: HuntSummary) -> ExitStatus {
    if let failure = output.failure {
      let line = "\(Say.error.text): \(Say.cannotWrite(Terminal.visible(failure.path), failure.reason).text)\n"
      Terminal.write(line, to: .error)
      return .outputFailed
    }
    if Terminal.isInterrupted {
      if !isQuiet { Terminal.write(Say.interrupted.text + "\n", to: .error) }
      return .interrupted
    }
    if counts.files == 0 || (counts.records + counts.recovered == 0 && printer.losses > 0) {
      if !isQuiet && counts.files == 0 && printer.losses == 0 {
        Terminal.write(Say.nothingFound.text + "\n", to: .error)
      }
      return .nothingRead
    }
    if case .level(let level) = command.failLevel, summary.levels.contains(where: { $0.key >= level && $0.value > 0 }) {
      return .found
    }
    return printer.losses > 0 ? .incomplete : .ok
  }
}

/// The seam between reading and hunting.
private final class RuleHunterAdapter: EventMatcher {
  private let hunter: RuleHunter

  init(_ hunter: RuleHunter) { self.hunter = hunter }

  func load(_ chunk: UnsafeRawBufferPointer) { hunter.load(chunk) }

  func wants(_ header: EventLogRecordHeader) -> Bool? { hunter.matches(header) }

  func take(wanted header: EventLogRecordHeader, _ place: EventPlace) -> (any Sendable)? {
    place.withBytes { hunter.hit(header, file: place.file, offset: place.offset, bytes: $0) }
  }

  func take(_ record: EventRecord, _ place: EventPlace) -> (any Sendable)? {
    guard hunter.matches(record) else { return nil }
    return place.withBytes { hunter.hit(record, file: place.file, offset: place.offset, bytes: $0) }
  }

  func takeCensus() -> (any Sendable)? { hunter.takeCensus() }
}
