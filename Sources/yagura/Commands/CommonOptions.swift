internal import ArgumentParser

/// Options that every command takes.
struct CommonOptions: ParsableArguments {
  @Flag(help: ArgumentHelp(Say.quiet.text)) var quiet = false
  @Flag(help: ArgumentHelp(Say.noColor.text)) var noColor = false
  @Option(help: ArgumentHelp(Say.lang.text)) var lang: Language?
  @Option(help: ArgumentHelp(Say.diagnostics.text)) var diagnostics = DiagnosticPrinter.Form.text
}

extension Language: ExpressibleByArgument {}
extension DiagnosticPrinter.Form: ExpressibleByArgument {}
