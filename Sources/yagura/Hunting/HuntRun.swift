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
  private let hunt: EvidenceHunt
  private var printer: DiagnosticPrinter
  private var progress: Progress
  private var feed: EvidenceFeed?

  private var isQuiet: Bool { command.common.quiet || command.common.diagnostics == .jsonl }

  init(_ command: Hunt, book: RuleBook, output: OutputFile) throws {
    self.command = command
    self.book = book
    self.output = output
    printer = DiagnosticPrinter(form: command.common.diagnostics, isQuiet: command.common.quiet)
    progress = Progress(isWanted: !command.common.quiet, total: EvidenceSize.of(command.paths))
    var options = EvidenceHunt.Options()
    options.recovers = command.recover
    options.threads = command.threads ?? Processors.count
    options.span = command.span
    options.minimumLevel = command.minLevel
    options.outputDescriptor = output.descriptor
    do throws(SystemFault) {
      hunt = try EvidenceHunt(book, options)
    } catch {
      throw ValidationError(Say.noTemporaryFile(error.word).text)
    }
  }

  func finish() throws -> ExitStatus {
    let started = ContinuousClock.now
    do throws(SystemFault) {
      try read()
      try hunt.correlate()
      progress.clear()
      printer.finish()
      let summary = try report(seconds: Progress.seconds(ContinuousClock.now - started))
      return conclude(summary)
    } catch {
      Terminal.write("\(Say.error.text): \(Say.noTemporaryFile(error.word).text)\n", to: .error)
      return .outputFailed
    }
  }

  private func read() throws(SystemFault) {
    try hunt.read(command.paths, feed: { self.feed = $0 }) { block in
      for fault in block.faults {
        self.progress.clear()
        self.printer.print(fault)
      }
      self.progress.update(byteCount: self.feed?.byteCount ?? 0, records: self.hunt.counts.records)
    }
  }

  // MARK: Telling

  private func report(seconds: Double) throws(SystemFault) -> HuntSummary {
    var summary = HuntSummary()
    let writer = FindingWriter(format: command.format)
    _ = output.write(writer.header)
    var sink = ByteSink(capacity: 1 << 17)
    try hunt.findings.forEach { finding in
      summary.add(finding)
      writer.append(finding, to: &sink)
      guard sink.count >= 1 << 16 else { return true }
      defer { sink.removeAll() }
      return sink.withBytes { output.write($0) }
    }
    let figures = figures(seconds: seconds)
    switch command.format {
    case .jsonl: HuntSummaryLine(summary: summary, figures: figures).append(to: &sink)
    // Where there was nothing to read, nothing can be said about it; what was wrong with the paths is told.
    case .text: if figures.files > 0 { sink.append(textReport(summary, figures)) }
    case .csv, .timesketch: break
    }
    _ = sink.withBytes { output.write($0) }
    // Whoever reads the findings as data sees the page on standard error.
    if command.format != .text, !isQuiet, !output.isBroken {
      Terminal.write(Say.huntDone(summary.count, figures).text + "\n", to: .error)
      for rule in figures.givenUp { Terminal.write(Terminal.visible(Say.huntGivenUp(rule).text) + "\n", to: .error) }
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
    let (counts, census) = (hunt.counts, hunt.census)
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
    figures.suppressed = hunt.suppressed
    figures.addGivenUp(of: book, census.givenUp)
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
    let counts = hunt.counts
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
