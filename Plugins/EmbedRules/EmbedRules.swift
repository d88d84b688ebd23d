import Foundation
import PackagePlugin

/// Puts the rules of `Rules/` into the program: the folder need not travel with it.
@main
struct EmbedRules: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let rules = context.package.directoryURL.appending(path: "Rules")
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedRules.swift")
    let files = (FileManager.default.enumerator(at: rules, includingPropertiesForKeys: nil)?.allObjects ?? [])
      .compactMap { $0 as? URL }
      .filter { $0.pathExtension == "yml" && !$0.path.contains("/Rules/Regression/") }
      .sorted { $0.path < $1.path }
    return [
      .buildCommand(
        displayName: "Embedding \(files.count) rules", executable: try context.tool(named: "embed-files").url,
        arguments: ["EmbeddedRules", output.path, rules.path] + files.map(\.path), inputFiles: files,
        outputFiles: [output])
    ]
  }
}
