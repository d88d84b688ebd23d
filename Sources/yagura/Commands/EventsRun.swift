internal import Collect
internal import WindowsFormats

/// One run of `yagura events`: takes the blocks, writes them, tells people how it goes.
final class EventsRun {
  private let export: EventExport
  private let paths: [String]
  private var output: OutputFile
  private let options: CommonOptions
  private var printer: DiagnosticPrinter
  private var counts = EventCounts()
  private var statistics = EventStatistics()
  private var progress: Progress
  private var feed: EvidenceFeed?
  private let statisticsAsJSON: Bool
  private var isFollowing = false

  /// Programs that read the diagnostics find nothing else on standard error.
  private var isQuiet: Bool { options.quiet || options.diagnostics == .jsonl }

  init(export: EventExport, paths: [String], output: OutputFile, options: CommonOptions, statisticsAsJSON: Bool) {
    self.statisticsAsJSON = statisticsAsJSON
    var export = export
    export.outputDescriptor = output.descriptor
    self.export = export
    self.paths = paths
    self.output = output
    self.options = options
    printer = DiagnosticPrinter(form: options.diagnostics, isQuiet: options.quiet)
    let writesToTerminal = Terminal.isTerminal(.output) && output.descriptor == 1
    progress = Progress(
      isWanted: !options.quiet && (!writesToTerminal || export.isStatistics), total: EvidenceSize.of(paths))
  }

  /// Reads everything once.
  func finish() -> ExitStatus {
    if !export.isStatistics { _ = output.write(export.header) }
    export.run(
      paths: paths, isCancelled: { Terminal.isInterrupted }, feed: { self.feed = $0 },
      deliver: { self.take($0) })
    if !export.isStatistics { _ = output.write(export.footer) }
    progress.clear()
    if export.isStatistics { printStatistics() }
    printer.finish()
    return conclude()
  }

  private func take(_ block: EventBlock) -> Bool {
    for fault in block.faults {
      progress.clear()
      printer.print(fault)
    }
    let goesOn = export.isStatistics || block.write { output.write($0) }
    if export.isStatistics { statistics.add(block) }
    counts.add(block.counts)
    progress.update(byteCount: feed?.byteCount ?? 0, records: counts.records)
    return goesOn
  }

  private func printStatistics() {
    statistics.finishFile()
    let printer = StatisticsPrinter(statistics: statistics)
    _ = output.write(statisticsAsJSON ? printer.jsonLines() : printer.text())
  }

  private func conclude() -> ExitStatus {
    if let failure = output.failure {
      let line = "\(Say.error.text): \(Say.cannotWrite(Terminal.visible(failure.path), failure.reason).text)\n"
      Terminal.write(line, to: .error)
      return .outputFailed
    }
    // Whoever closed the pipe has what it wanted, and a summary of half a run says nothing.
    if !isQuiet && !output.isBroken { printSummary() }
    if Terminal.isInterrupted { return .interrupted }
    if counts.files == 0 || (counts.records + counts.recovered == 0 && printer.losses > 0) {
      if !isQuiet && counts.files == 0 && printer.losses == 0 {
        Terminal.write(Say.nothingFound.text + "\n", to: .error)
      }
      return .nothingRead
    }
    return printer.losses > 0 ? .incomplete : .ok
  }

  private func printSummary() {
    let seconds = Progress.seconds(progress.elapsed)
    let lines = [
      Say.summary(
        records: counts.records, files: counts.files, recovered: counts.recovered, bad: counts.badRecords,
        seconds: Progress.decimal(seconds), rate: Progress.rate(feed?.byteCount ?? 0, seconds)
      ).text,
      export.filter.isEmpty ? nil : Say.filtered(counts.written).text,
      counts.otherValues > 0 ? Say.otherValues(counts.otherValues).text : nil,
      Terminal.isInterrupted && !isFollowing ? Say.interrupted.text : nil,
    ]
    if counts.files > 0 || Terminal.isInterrupted {
      Terminal.write(lines.compactMap { $0 }.joined(separator: "\n") + "\n", to: .error)
    }
  }

  /// Stays and prints what is added to the logs.
  func follow() -> ExitStatus {
    isFollowing = true
    _ = output.write(export.header)
    let follower = EventFollower(export: export, paths: paths)
    while !Terminal.isInterrupted {
      let goesOn = follower.poll { block in self.take(block) && !Terminal.isInterrupted }
      if !goesOn { break }
      Processors.sleep(milliseconds: 250)
    }
    _ = output.write(export.footer)
    // Ctrl-C is how following ends.
    let status = conclude()
    return status == .interrupted || status == .incomplete ? .ok : status
  }
}
