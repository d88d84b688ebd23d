#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The language of text for people.
enum Language: String, CaseIterable {
  case en
  case ja

  /// `--lang`, else the environment as POSIX orders it. Read once, before arguments are parsed: help is text too.
  static let current: Language = {
    let arguments = CommandLine.arguments
    for (index, argument) in arguments.enumerated() {
      if argument == "--lang", index + 1 < arguments.count, let language = Language(rawValue: arguments[index + 1]) {
        return language
      }
      if argument.hasPrefix("--lang="), let language = Language(rawValue: String(argument.dropFirst(7))) {
        return language
      }
    }
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      if let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty {
        return value.hasPrefix("ja") ? .ja : .en
      }
    }
    return .en
  }()
}

/// One text in both languages.
struct Text {
  var en: String
  var ja: String

  init(_ en: String, _ ja: String) {
    self.en = en
    self.ja = ja
  }

  /// In the language of this run.
  var text: String { Language.current == .ja ? ja : en }
}
