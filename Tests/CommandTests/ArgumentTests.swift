import Foundation
import Testing

/// Options, exit codes, languages and the file for the output.
@Suite struct ArgumentTests {
  let folder: TemporaryFolder
  let log: String

  init() throws {
    folder = try TemporaryFolder()
    log = try folder.write("a.evtx", Logs.bytes(Logs.numbered(1...3)))
  }

  @Test(arguments: [
    ["--bogus"], ["--where", "novalue"], ["--where", "=x"], ["--after", "yesterday"], ["--before", "2024-13-01"],
    ["--after", "2024-02-30"], ["--after", "2024-01-01T25:00"], ["--threads", "0"], ["--threads", "257"],
    ["--threads", "many"], ["--format", "yaml"], ["--lang", "xx"], ["--follow", "--stats"], ["--follow", "--recover"],
    ["--stats", "--format", "csv"], ["--stats", "--format", "xml"],
    ["--after", "2024-05-15", "--before", "2024-05-14"],
  ])
  func wrongArgumentsAreToldOnStandardErrorWithCodeTwo(options: [String]) throws {
    for language in ["en", "ja_JP.UTF-8"] {
      let run = try Tool.run(["events", log] + options, environment: ["LANG": language])
      #expect(run.status == 2)
      #expect(run.output.isEmpty)
      let word = options.count > 1 && !options[1].hasPrefix("--") ? options[1] : options[0]
      #expect(run.errors.contains(word) || run.errors.contains(options[0]), "\(run.errors)")
    }
  }

  @Test func pathsAreRequired() throws {
    let english = try Tool.run(["events"])
    #expect(english.status == 2)
    #expect(english.errors.contains("paths"))
    #expect(try Tool.run(["bogus"]).status == 2)
  }

  @Test func exitCodesSayWhatCouldBeRead() throws {
    #expect(try Tool.events(log).status == 0)
    #expect(try Tool.events(log, folder.path("absent")).status == 3)
    #expect(try Tool.events(folder.path("absent")).status == 4)
    #expect(try Tool.events(folder.write("note.txt", "no evidence")).status == 4)
    #expect(try Tool.events(folder.write("empty.evtx", "")).status == 4)
    #expect(try Tool.events(log, "--where", "Text=absent").status == 0)
    let broken = try folder.write("b.evtx", Array("ElfFile\0".utf8) + Array(repeating: 0x41, count: 70_000))
    #expect(try Tool.events(broken).status == 4)
    #expect(try Tool.events(log, broken).status == 3)
  }

  @Test func aGivenFileOfUnknownKindIsNamed() throws {
    let note = try folder.write("note.txt", "no evidence")
    let run = try Tool.events(log, note)
    #expect(run.errors.contains("note.txt"), "\(run.errors)")
    #expect(run.lines.count == 3)
    // In a folder there are always other files.
    #expect(try Tool.events(folder.path).errors.contains("note.txt") == false)
  }

  @Test func nothingBesideLinesIsOnStandardErrorForPrograms() throws {
    let note = try folder.write("note.txt", "no evidence")
    for options in [[log], [folder.path("absent")], [note], [log, "--stats"]] {
      let run = try Tool.run(["events", "--diagnostics", "jsonl"] + options)
      #expect(throws: Never.self) { try run.faults }
    }
  }

  @Test func noProgressWithoutATerminal() throws {
    let run = try Tool.events(log)
    #expect(!run.errors.contains("\u{1B}") && !run.errors.contains("\r"))
    #expect(run.errorLines.count == 1)
  }

  // MARK: Languages

  @Test func helpIsThereInBothLanguages() throws {
    for arguments in [["--help"], ["events", "--help"], ["help", "events"], []] {
      let english = try Tool.run(arguments)
      #expect(english.status == 0 && english.errors.isEmpty)
      #expect(english.text.contains("evidence") || english.text.contains("event"))
      #expect(english.text.unicodeScalars.allSatisfy { $0.value < 0x3000 })
      let japanese = try Tool.run(arguments, environment: ["LANG": "ja_JP.UTF-8"])
      #expect(japanese.status == 0)
      #expect(japanese.text.contains("証拠") || japanese.text.contains("イベント"))
      #expect(japanese.text.contains("使い方") && !japanese.text.contains("USAGE"), "\(japanese.text)")
    }
    #expect(try Tool.run(["--version"]).text.hasPrefix("0."))
  }

  @Test func theOptionWinsOverTheEnvironment() throws {
    let english = try Tool.events(log, "--lang", "en", environment: ["LANG": "ja_JP.UTF-8"])
    #expect(english.errors.hasPrefix("3 records from 1 file in "))
    for environment in [["LANG": "C", "LC_ALL": "ja_JP.UTF-8"], ["LANG": "C", "LC_MESSAGES": "ja"]] {
      #expect(try Tool.events(log, environment: environment).errors.hasPrefix("1 ファイルから 3 件のレコード"))
    }
    #expect(try Tool.run(["--lang", "ja", "events", log]).errors.hasPrefix("1 ファイルから"))
    #expect(try Tool.run(["--lang", "ja"]).text.contains("使い方"))
    #expect(try Tool.events(log, "--lang=ja").errors.hasPrefix("1 ファイルから"))
    #expect(try Tool.events(log, environment: ["LANG": "ja", "LC_ALL": "C"]).errors.hasPrefix("3 records"))
  }

  @Test func wrongArgumentsAreToldInJapaneseToo() throws {
    func errors(_ options: String...) throws -> String { try Tool.run(["events"] + options + ["--lang", "ja"]).errors }
    #expect(try errors(log, "--threads", "0").contains("--threads は 1 から 256 の数です"))
    #expect(try errors(log, "--after", "x").contains("時刻として読めません"))
    #expect(try errors(log, "--where", "x").contains("--where には"))
    #expect(try errors(log, "--bogus").contains("エラー: 不明なオプション '--bogus'"))
    #expect(try errors().contains("エラー: 引数 '<paths> ...' がありません"))
    #expect(try errors(log, "--format", "yaml").contains("'yaml'"))
  }

  // MARK: Output

  @Test func theOutputFileIsForItsOwnerOnly() throws {
    let path = folder.path("out.jsonl")
    let run = try Tool.events(log, "--output", path)
    #expect(run.status == 0 && run.output.isEmpty)
    #expect(try folder.read("out.jsonl") == Tool.events(log).output)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    // A second run replaces it.
    #expect(try Tool.events(log, "-o", path, "--where", "Text=1").status == 0)
    #expect(try folder.read("out.jsonl") == Tool.events(log, "--where", "Text=1").output)
  }

  @Test func anOutputThatCannotBeWrittenIsRefused() throws {
    let run = try Tool.events(log, "--output", folder.path("absent/out"))
    #expect(run.status == 2)
    #expect(run.errors.contains("absent/out"))
    #expect(try Tool.events(log, "--output", folder.path).status == 2)
    let full = try Tool.events(log, "--output", "/dev/full")
    #expect(full.status == 74)
    #expect(full.errors.contains("/dev/full"), "\(full.errors)")
  }

  @Test func evidenceIsNeverWrittenOver() throws {
    let before = try folder.read("a.evtx")
    for arguments in [[log, "-o", log], [folder.path, "-o", log], [folder.path, "-o", folder.path("./a.evtx")]] {
      let run = try Tool.run(["events"] + arguments)
      #expect(run.status == 2)
      #expect(run.errors.contains("a.evtx"))
      #expect(try folder.read("a.evtx") == before)
    }
  }

  @Test func aRunDoesNotReadItsOwnOutput() throws {
    let inside = folder.path("z.jsonl")
    let expected = try Tool.events(folder.path).output
    let run = try Tool.events(folder.path, "--output", inside)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try folder.read("z.jsonl") == expected)
    let redirected = try RunningTool(["events", folder.path], output: folder.path("z.jsonl"))
    #expect(try redirected.wait().status == 0)
    #expect(try folder.read("z.jsonl") == expected)
  }
}
