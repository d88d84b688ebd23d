public import ArgumentParser
internal import Collect
internal import Detection
internal import Sigma
internal import WindowsFormats

/// `yagura hunt`: options and a thin run; the work is `HuntRun`'s.
struct Hunt: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "hunt", abstract: Say.huntAbstract.text, discussion: Say.huntDiscussion.text)
  }

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, jsonl, csv, timesketch }

  @Argument(help: ArgumentHelp(Say.paths.text)) var paths: [String]
  @Option(help: ArgumentHelp(Say.huntFormat.text)) var format = Format.text
  @Option(name: .shortAndLong, help: ArgumentHelp(Say.output.text, valueName: "file")) var output: String?
  @Option(help: ArgumentHelp(Say.minLevel.text, valueName: "level")) var minLevel = SigmaLevel.low
  @Option(help: ArgumentHelp(Say.failLevel.text, valueName: "level")) var failLevel: FailLevel = .none
  @Flag(help: ArgumentHelp(Say.recover.text)) var recover = false
  @Option(help: ArgumentHelp(Say.after.text, valueName: "time")) var after: String?
  @Option(help: ArgumentHelp(Say.before.text, valueName: "time")) var before: String?
  @Option(help: ArgumentHelp(Say.threads.text)) var threads: Int?
  @Flag(help: ArgumentHelp(Say.allFindings.text)) var all = false
  @OptionGroup var rules: RuleOptions
  @OptionGroup var common: CommonOptions

  /// `--fail-level`: a level, or `none` for never.
  enum FailLevel: ExpressibleByArgument {
    case none
    case level(SigmaLevel)

    init?(argument: String) {
      if argument == "none" {
        self = .none
      } else if let level = SigmaLevel(rawValue: argument) {
        self = .level(level)
      } else {
        return nil
      }
    }

    var defaultValueDescription: String { "none" }
    static var allValueStrings: [String] { ["none"] + SigmaLevel.allCases.map(\.rawValue) }
  }

  func validate() throws {
    for text in [after, before] {
      if let text, EventTime(text) == nil { throw ValidationError(Say.wrongTime(text).text) }
    }
    if let threads, !(1...256).contains(threads) { throw ValidationError(Say.wrongThreads.text) }
  }

  var span: RuleHunter.Span {
    RuleHunter.Span(
      after: after.flatMap { EventTime($0) }?.fileTime ?? 0, before: before.flatMap { EventTime($0) }?.fileTime ?? .max)
  }

  func run() throws {
    Terminal.watchInterrupts()
    if let path = self.output, OutputFile.isEvidence(path, among: paths) {
      throw ValidationError(Say.outputIsEvidence(Terminal.visible(path)).text)
    }
    let book = try rules.load(options: common)
    let output: OutputFile
    do throws(OutputError) {
      output = try OutputFile(path: self.output)
    } catch {
      throw ValidationError(Say.cannotWrite(error.path, error.reason).text)
    }
    let status = try HuntRun(self, book: book, output: output).finish()
    if status != .ok { throw status }
  }
}

extension SigmaLevel: ExpressibleByArgument {}
extension FilterPolarity: ExpressibleByArgument {}

/// Options that say which rules there are.
struct RuleOptions: ParsableArguments {
  @Option(name: .customLong("rules"), help: ArgumentHelp(Say.huntRulesOption.text, valueName: "path"))
  var paths: [String] = []
  @Flag(name: .customLong("no-builtin-rules"), help: ArgumentHelp(Say.noBuiltinRules.text)) var noBuiltin = false
  @Option(help: ArgumentHelp(Say.suppressions.text, valueName: "file")) var suppress: [String] = []
  @OptionGroup var reading: RuleReadingOptions
}

/// Options that say how rules are read, whichever they are.
struct RuleReadingOptions: ParsableArguments {
  @Option(help: ArgumentHelp(Say.levelsOption.text, valueName: "file")) var levels: [String] = []
  @Option(help: ArgumentHelp(Say.placeholdersOption.text, valueName: "file")) var placeholders: [String] = []
  @Option(help: ArgumentHelp(Say.filterPolarity.text)) var filterPolarity = FilterPolarity.excludes
  @Flag(name: .customLong("no-rule-cache"), help: ArgumentHelp(Say.noRuleCache.text)) var noCache = false
}
