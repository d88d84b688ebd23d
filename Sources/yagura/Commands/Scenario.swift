internal import ArgumentParser
internal import Assurance
internal import WindowsFormats

/// `yagura scenario`: cases to hunt in, to learn from and to test with.
struct Scenario: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "scenario", abstract: Say.scenarioAbstract.text, discussion: Say.scenarioDiscussion.text,
      subcommands: [ScenarioList.self, ScenarioShow.self, ScenarioWrite.self])
  }

  /// The scenario of an argument: a built-in name, or a file when it looks like a path.
  static func load(_ argument: String) throws -> Assurance.Scenario {
    do {
      if argument.contains("/") || argument.hasSuffix(".yml") || argument.hasSuffix(".yaml") {
        let bytes = try InputFile.read(argument, atMost: RecipeLimits.fileBytes)
        return try .init(parsing: bytes, name: BuiltinScenarios.name(ofFile: argument), file: argument)
      }
      if let scenario = try BuiltinScenarios.scenario(named: argument) { return scenario }
      throw ValidationError(Say.unknownScenario(argument, BuiltinScenarios.names).text)
    } catch let error as RecipeError {
      throw ValidationError(Say.recipe(error).text)
    } catch let error as OutputError {
      throw ValidationError(Say.cannotRead(Terminal.visible(error.path), error.reason).text)
    }
  }
}

/// `yagura scenario list`
struct ScenarioList: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "list", abstract: Say.scenarioListAbstract.text)
  }

  @OptionGroup var common: CommonOptions

  func run() throws {
    var text = ""
    for name in BuiltinScenarios.names { text += Say.scenarioRow(try Scenario.load(name)).text + "\n" }
    Terminal.write(text, to: .output)
  }
}

/// `yagura scenario show`
struct ScenarioShow: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "show", abstract: Say.scenarioShowAbstract.text)
  }

  @Argument(help: ArgumentHelp(Say.scenarioArgument.text)) var scenario: String
  @OptionGroup var common: CommonOptions

  func run() throws { Terminal.write(Say.scenarioStory(try Scenario.load(scenario)).text, to: .output) }
}

/// `yagura scenario write`
struct ScenarioWrite: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "write", abstract: Say.scenarioWriteAbstract.text, discussion: Say.scenarioWriteDiscussion.text)
  }

  @Argument(help: ArgumentHelp(Say.scenarioArgument.text)) var scenario: String
  @Option(help: ArgumentHelp(Say.scenarioOut.text, valueName: "folder")) var out: String
  @Option(help: ArgumentHelp(Say.scenarioSeed.text, valueName: "number")) var seed: UInt64 = 1
  @Option(help: ArgumentHelp(Say.scenarioStart.text, valueName: "time")) var start: String?
  @Option(help: ArgumentHelp(Say.scenarioAnswers.text, valueName: "file")) var answers: String?
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let start, EventTime(start) == nil { throw ValidationError(Say.wrongTime(start).text) }
  }

  func run() throws {
    let scenario = try Scenario.load(self.scenario)
    let generated: GeneratedCase
    do {
      generated = try GeneratedCase(scenario, seed: seed, start: start.flatMap { EventTime($0) }?.fileTime)
    } catch let error as RecipeError {
      throw ValidationError(Say.recipe(error).text)
    }
    do throws(OutputError) {
      try OutputFolder.create(out)
      for host in generated.hosts {
        try OutputFolder.create(out + "/" + host.name)
        for file in host.files { try OutputFolder.write(file.bytes, to: "\(out)/\(host.name)/\(file.name)") }
      }
      if let answers { try OutputFolder.write(Array(lines(of: generated, scenario).utf8), to: answers) }
    } catch {
      let message = Say.cannotWrite(Terminal.visible(error.path), error.reason).text
      Terminal.write("\(Say.error.text): \(message)\n", to: .error)
      throw ExitStatus.outputFailed
    }
    if !common.quiet { Terminal.write(Say.scenarioWritten(generated, out).text + "\n", to: .error) }
  }

  /// What shows each step, one record a line.
  private func lines(of generated: GeneratedCase, _ scenario: Assurance.Scenario) -> String {
    var sink = ByteSink()
    for host in generated.hosts {
      for item in host.evidence {
        sink.append("{\"step\":")
        sink.appendJSONString(scenario.steps[item.step].id)
        sink.append(",\"grade\":")
        sink.appendJSONString(scenario.steps[item.step].grade.rawValue)
        sink.append(",\"time\":\"")
        sink.appendFileTime(item.time)
        sink.append("\",\"host\":")
        sink.appendJSONString(host.name)
        sink.append(",\"file\":")
        sink.appendJSONString("\(host.name)/\(item.file)")
        sink.append(",\"recordId\":\(item.recordID),\"eventId\":\(item.eventID)}\n")
      }
    }
    return sink.string()
  }
}
