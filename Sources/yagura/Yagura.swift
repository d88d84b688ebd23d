internal import ArgumentParser

/// The program: one subcommand per file in `Commands/`.
@main
struct Yagura: ParsableCommand {
  static let version = "0.1.0"

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "yagura", abstract: Say.abstract.text, discussion: Say.discussion.text, version: version,
      subcommands: [Hunt.self, Events.self, Rules.self, Scenario.self])
  }

  /// The arguments; `--lang` may also stand before the command, and has been read by then.
  private static var arguments: [String] {
    let given = Array(CommandLine.arguments.dropFirst())
    if given.count > 1, given[0] == "--lang", Language(rawValue: given[1]) != nil { return Array(given.dropFirst(2)) }
    if given.first?.hasPrefix("--lang=") == true { return Array(given.dropFirst()) }
    return given
  }

  static func main() {
    Terminal.ignoreBrokenPipes()
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch let code as ExitStatus {
      Yagura.exit(withError: ExitCode(code.rawValue))
    } catch {
      // Help and version come this way too, with code 0.
      let code = exitCode(for: error)
      let isUsage = code != .success
      let message = fullMessage(for: error)
      if !message.isEmpty { Terminal.write(ParserMessages.translated(message) + "\n", to: isUsage ? .error : .output) }
      Yagura.exit(withError: ExitCode(isUsage ? ExitStatus.usage.rawValue : 0))
    }
  }
}
