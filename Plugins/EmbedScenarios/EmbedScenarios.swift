import Foundation
import PackagePlugin

/// Puts the scenarios of `Scenarios/` into the program, as `EmbedRules` does with the rules.
@main
struct EmbedScenarios: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "Scenarios")
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedScenarios.swift")
    let files = (FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? [])
      .compactMap { $0 as? URL }
      .filter { $0.pathExtension == "yml" }
      .sorted { $0.path < $1.path }
    return [
      .buildCommand(
        displayName: "Embedding \(files.count) scenarios", executable: try context.tool(named: "embed-files").url,
        arguments: ["EmbeddedScenarios", output.path, folder.path] + files.map(\.path), inputFiles: files,
        outputFiles: [output])
    ]
  }
}
