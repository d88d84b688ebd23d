internal import ArgumentParser
internal import Collect
internal import Detection
internal import WindowsFormats

extension Rules {
  /// `yagura rules test`: options and a thin run; the work is `FixtureRun`'s.
  struct Test: ParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        commandName: "test", abstract: Say.rulesTestAbstract.text, discussion: Say.rulesTestDiscussion.text)
    }

    /// Where the fixtures of the project's own rules lie in a checkout.
    static let usualFolder = "Rules/Regression"
    /// A fixture; the largest of the project's own has some hundred events.
    private static let maximumByteCount = 4 << 20

    @Argument(help: ArgumentHelp(Say.fixturesPaths.text)) var paths: [String] = []
    @Option(help: ArgumentHelp(Say.rulesFormat.text)) var format = Format.text
    @OptionGroup var rules: RuleOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let files = try fixtures()
      guard !files.isEmpty else { throw ValidationError(Say.noFixtures(paths.isEmpty ? Test.usualFolder : "").text) }
      let tests = FixtureRun(try rules.load(options: common))
      var output = try OutputFile(path: nil)
      var (passed, failed) = (0, 0)
      for file in files where !Terminal.isInterrupted {
        for result in try results(tests, file) {
          passed += result.isPassed ? 1 : 0
          failed += result.isPassed ? 0 : 1
          guard result.isPassed || output.write(line(result)) else { return }
        }
      }
      if !common.quiet { Terminal.write(Say.rulesTested(passed: passed, failed: failed).text + "\n", to: .error) }
      if Terminal.isInterrupted { throw ExitStatus.interrupted }
      if failed > 0 { throw ExitStatus.found }
    }

    private func results(_ tests: FixtureRun, _ file: NamedFiles.File) throws -> [FixtureRun.Result] {
      do throws(SystemFault) {
        return try tests.results(of: file)
      } catch {
        Terminal.write("\(Say.error.text): \(Say.noTemporaryFile(error.word).text)\n", to: .error)
        throw ExitStatus.outputFailed
      }
    }

    /// The fixtures at the paths: files that are named, and all `info.yml` below folders.
    private func fixtures() throws -> [NamedFiles.File] {
      var reader = NamedFiles(suffixes: ["info.yml"], maximumByteCount: Test.maximumByteCount)
      var files: [NamedFiles.File] = []
      for path in paths.isEmpty ? [Test.usualFolder] : paths {
        var problem: NamedFiles.Problem?
        reader.read(path) { file in
          switch file {
          case .success(let file): files.append(file)
          case .failure(let found): problem = problem ?? found
          }
        }
        if let problem, !paths.isEmpty {
          throw ValidationError(Say.cannotRead(Terminal.visible(problem.path), problem.reason).text)
        }
      }
      return files
    }

    private func line(_ result: FixtureRun.Result) -> String {
      guard format == .jsonl else { return Say.testFailed(result).text + "\n" }
      var sink = ByteSink()
      sink.append("{\"fixture\":")
      sink.appendJSONString(result.fixture)
      sink.append(",\"test\":")
      sink.appendJSONString(result.test)
      sink.append(",\"rule\":")
      sink.appendJSONString(result.rule)
      sink.append(",\"expected\":")
      if let expected = result.expected { sink.appendDecimal(Int64(expected)) } else { sink.append("null") }
      sink.append(",\"found\":")
      sink.appendDecimal(Int64(result.found))
      sink.append(",\"reason\":")
      sink.appendJSONString(result.problem?.en ?? "")
      sink.append("}\n")
      return sink.string()
    }
  }
}
