internal import ArgumentParser

@main
struct Yagura: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "yagura",
    abstract: "Finds the abuse of Windows Management Instrumentation in Windows evidence.")
}
