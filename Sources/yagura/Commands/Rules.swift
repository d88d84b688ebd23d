internal import ArgumentParser
internal import Detection
internal import Sigma
internal import WindowsFormats

/// `yagura rules`: what rules there are, whether they can be used, whether they do what they say.
struct Rules: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "rules", abstract: Say.rulesAbstract.text,
      subcommands: [List.self, Check.self, Test.self, Coverage.self])
  }

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, jsonl }

  /// Rules that a subcommand speaks of: those named, else the built-in ones.
  struct Selection: ParsableArguments {
    @Argument(help: ArgumentHelp(Say.rulesPaths.text)) var paths: [String] = []
    @OptionGroup var reading: RuleReadingOptions
    @OptionGroup var common: CommonOptions

    func book() throws -> RuleBook {
      try reading.book(paths, withBuiltin: paths.isEmpty, suppressing: [])
    }
  }
}

extension Rules {
  /// `yagura rules list`.
  struct List: ParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(commandName: "list", abstract: Say.rulesListAbstract.text)
    }

    @Option(help: ArgumentHelp(Say.rulesFormat.text)) var format = Format.text
    @OptionGroup var selection: Selection

    func run() throws {
      let book = try selection.book()
      var output = try OutputFile(path: nil)
      let all = book.rules + book.correlations.rules + book.notAboutEventLogs
      for rule in all.sorted(by: {
        ($0.metadata.location.path, $0.metadata.location.line) < ($1.metadata.location.path, $1.metadata.location.line)
      }) {
        guard output.write(format == .jsonl ? jsonLine(rule) : line(rule)) else { return }
      }
    }

    private func line(_ rule: HuntRule) -> String {
      let title = Language.current == .ja && !rule.title.ja.isEmpty ? rule.title.ja : rule.title.en
      return DisplayWidth.padded(Say.level(rule.level).text, 9) + " "
        + DisplayWidth.padded(Rules.sources(of: rule), 28) + " " + Terminal.visible(title) + "\n"
    }

    private func jsonLine(_ rule: HuntRule) -> String {
      var sink = ByteSink()
      func member(_ key: StaticString, _ value: String) {
        sink.append(key)
        sink.appendJSONString(value)
      }
      member("{\"id\":", rule.metadata.id ?? "")
      member(",\"title\":", rule.title.en)
      member(",\"level\":", rule.level.rawValue)
      member(",\"status\":", rule.metadata.status?.rawValue ?? "")
      member(",\"sources\":", Rules.sources(of: rule))
      member(",\"attack\":", rule.attack.joined(separator: " "))
      member(",\"behaviours\":", rule.behaviours.joined(separator: " "))
      member(",\"path\":", rule.metadata.location.path)
      member(",\"titleJa\":", rule.title.ja)
      sink.append("}\n")
      return sink.string()
    }
  }

  static func sources(of rule: HuntRule) -> String {
    switch rule.placement {
    case .checked(let sources): sources.map(\.label).joined(separator: " ")
    case .unresolved(let reason): "- \(reason.code)"
    case .correlated: "correlation"
    }
  }

  /// `yagura rules check`.
  struct Check: ParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(commandName: "check", abstract: Say.rulesCheckAbstract.text)
    }

    @OptionGroup var selection: Selection

    func run() throws {
      let book = try selection.book()
      var lines = (book.rules + book.correlations.rules + book.notAboutEventLogs).map {
        RuleStatus(
          path: $0.metadata.location.path, line: $0.metadata.location.line, id: $0.metadata.id ?? "",
          title: $0.title.en, refusal: nil)
      }
      lines += book.refused.map {
        RuleStatus(path: $0.location.path, line: $0.location.line, id: "", title: "", refusal: $0)
      }
      lines.sort { ($0.path, $0.line) < ($1.path, $1.line) }
      var output = try OutputFile(path: nil)
      for line in lines where !output.write(line.jsonLine()) { return }
      guard !selection.common.quiet else { return }
      for warning in book.warnings.prefix(50) {
        Terminal.write("\(Say.warning.text): \(Say.diagnostic(warning).text)\n", to: .error)
      }
      let refused = book.refused.count
      let summary = Say.rulesChecked(ok: lines.count - refused, refused: refused, warnings: book.warnings.count)
      Terminal.write(summary.text + "\n", to: .error)
    }
  }
}

/// A line of `rules check`: `{"path","id","title","status","reason","line"}`.
private struct RuleStatus {
  var path: String
  var line: Int
  var id: String
  var title: String
  var refusal: SigmaDiagnostic?

  func jsonLine() -> String {
    var sink = ByteSink()
    sink.append("{\"path\":")
    sink.appendJSONString(path)
    sink.append(",\"id\":")
    sink.appendJSONString(id)
    sink.append(",\"title\":")
    sink.appendJSONString(title)
    sink.append(refusal == nil ? ",\"status\":\"ok\",\"reason\":" : ",\"status\":\"refused\",\"reason\":")
    sink.appendJSONString(refusal.map { Say.reason($0).en } ?? "")
    sink.append(",\"line\":")
    sink.appendDecimal(Int64(line))
    if let refusal {
      sink.append(",\"code\":")
      sink.appendJSONString(refusal.reason.rawValue)
      sink.append(",\"column\":")
      sink.appendDecimal(Int64(refusal.location.column))
    }
    sink.append("}\n")
    return sink.string()
  }
}
