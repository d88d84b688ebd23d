internal import ArgumentParser
internal import Collect
internal import Detection
internal import Sigma
internal import WindowsFormats

extension RuleOptions {
  /// Reads the rules and settings that were asked for.
  /// - Throws: `ValidationError` for a path that cannot be read or a settings file that is wrong; rules that are wrong
  ///   are refused one by one.
  func load(options: CommonOptions) throws -> RuleBook {
    let book = try reading.book(paths, withBuiltin: !noBuiltin, suppressing: suppress)
    guard book.loadedCount > 0 else { throw ValidationError(Say.noRules.text) }
    return book
  }
}

extension RuleReadingOptions {
  /// The rules of the paths, from the cache where it has just these.
  /// - Parameter suppressing: Paths of suppression files.
  func book(_ paths: [String], withBuiltin: Bool, suppressing: [String]) throws -> RuleBook {
    RuleBook(
      files: try RuleFiles.read(paths, withBuiltin: withBuiltin), settings: try settings(suppressing),
      cache: noCache ? nil : RuleCaching.cache)
  }

  private func settings(_ suppressing: [String]) throws -> RuleBook.Settings {
    var settings = RuleBook.Settings()
    settings.polarity = filterPolarity
    for path in levels { settings.levels.merge(try Self.parse(path) { try LevelTable(parsing: $0, path: $1) }) }
    for path in suppressing {
      let list = try Self.parse(path) { try SuppressionList(parsing: $0, path: $1) }
      settings.suppressions.merge(list.active(on: Processors.today))
    }
    for path in placeholders {
      settings.placeholders.merge(try Self.parse(path) { try SigmaPlaceholders(parsing: $0, path: $1) })
    }
    return settings
  }

  private static func parse<Value>(_ path: String, _ body: ([UInt8], String) throws -> Value) throws -> Value {
    var result: Result<Value, any Error> = .failure(
      ValidationError(Say.cannotRead(Terminal.visible(path), "not-found").text))
    var files = NamedFiles(suffixes: [], maximumByteCount: RuleFiles.maximumByteCount)
    files.read(path) { file in
      switch file {
      case .success(let file): result = Result { try body(file.bytes, file.path) }
      case .failure(let problem):
        result = .failure(ValidationError(Say.cannotRead(Terminal.visible(problem.path), problem.reason).text))
      }
    }
    do {
      return try result.get()
    } catch let diagnostic as SigmaDiagnostic {
      throw ValidationError(Say.diagnostic(diagnostic).text)
    }
  }
}

/// Rule files by the paths that a user gave.
enum RuleFiles {
  /// A rule file; the largest of SigmaHQ has a list of four thousand values, 300 KB.
  static let maximumByteCount = 8 << 20

  /// - Throws: `ValidationError` when a path cannot be read.
  static func read(_ paths: [String], withBuiltin: Bool) throws -> [(path: String, text: [UInt8])] {
    var files: [(path: String, text: [UInt8])] =
      withBuiltin ? BuiltinRules.files.map { ("builtin/\($0.path)", $0.text) } : []
    var reader = NamedFiles(suffixes: [".yml", ".yaml"], maximumByteCount: maximumByteCount)
    for path in paths {
      var problem: NamedFiles.Problem?
      reader.read(path) { file in
        switch file {
        // Fixtures lie beside rules, in the project's own pack and in SigmaHQ's.
        case .success(let file) where file.path.hasSuffix("/info.yml"): break
        case .success(let file): files.append((file.path, file.bytes))
        case .failure(let found): problem = problem ?? found
        }
      }
      if let problem { throw ValidationError(Say.cannotRead(Terminal.visible(problem.path), problem.reason).text) }
    }
    return files
  }
}
