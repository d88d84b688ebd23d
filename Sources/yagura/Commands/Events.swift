public import ArgumentParser
public import Collect
internal import WindowsFormats

/// `yagura events`: options and a thin run; the work is `EventExport`'s.
struct Events: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "events", abstract: Say.eventsAbstract.text, discussion: Say.eventsDiscussion.text)
  }

  @Argument(help: ArgumentHelp(Say.paths.text)) var paths: [String]
  @Option(help: ArgumentHelp(Say.format.text)) var format: EventExport.Format?
  @Flag(help: ArgumentHelp(Say.recover.text)) var recover = false
  @Option(name: .customLong("where"), help: ArgumentHelp(Say.whereField.text, valueName: "field=value"))
  var conditions: [String] = []
  @Option(help: ArgumentHelp(Say.after.text, valueName: "time")) var after: String?
  @Option(help: ArgumentHelp(Say.before.text, valueName: "time")) var before: String?
  @Option(help: ArgumentHelp(Say.threads.text)) var threads: Int?
  @Flag(help: ArgumentHelp(Say.stats.text)) var stats = false
  @Flag(help: ArgumentHelp(Say.follow.text)) var follow = false
  @Option(name: .shortAndLong, help: ArgumentHelp(Say.output.text, valueName: "file")) var output: String?
  @OptionGroup var common: CommonOptions

  func validate() throws {
    for text in conditions where Events.condition(text) == nil {
      throw ValidationError(Say.wrongCondition(text).text)
    }
    for text in [after, before] {
      if let text, EventTime(text) == nil { throw ValidationError(Say.wrongTime(text).text) }
    }
    if let after = after.flatMap({ EventTime($0) }), let before = before.flatMap({ EventTime($0) }), after >= before {
      throw ValidationError(Say.emptySpan.text)
    }
    if stats, let format, format != .jsonl { throw ValidationError(Say.statisticsFormat.text) }
    if let threads, !(1...256).contains(threads) { throw ValidationError(Say.wrongThreads.text) }
    if follow && (stats || recover || paths.contains("-")) { throw ValidationError(Say.followOutput.text) }
  }

  func run() throws {
    Terminal.watchInterrupts()
    if let path = self.output, OutputFile.isEvidence(path, among: paths) {
      throw ValidationError(Say.outputIsEvidence(Terminal.visible(path)).text)
    }
    let output: OutputFile
    do throws(OutputError) {
      output = try OutputFile(path: self.output)
    } catch {
      throw ValidationError(Say.cannotWrite(error.path, error.reason).text)
    }
    let run = EventsRun(
      export: export, paths: paths, output: output, options: common, statisticsAsJSON: stats && format == .jsonl)
    let status = follow ? run.follow() : run.finish()
    if status != .ok { throw status }
  }

  private var export: EventExport {
    var export = EventExport()
    export.format = format ?? .jsonl
    export.recovers = recover
    export.isStatistics = stats
    export.filter = EventFilter(
      conditions: conditions.compactMap(Events.condition), after: after.flatMap { EventTime($0) },
      before: before.flatMap { EventTime($0) })
    export.threads = threads ?? Processors.count
    return export
  }

  private static func condition(_ text: String) -> EventFilter.Condition? {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { return nil }
    return EventFilter.Condition(field: String(parts[0]), value: String(parts[1]))
  }
}

extension EventExport.Format: ExpressibleByArgument {}
