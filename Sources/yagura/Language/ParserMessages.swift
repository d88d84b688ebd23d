/// What the argument parser says of its own accord, in the language of the run.
///
/// The parser has English texts only. Its messages are few and fixed, so they are exchanged here; one that is not known
/// stays as it is, which is readable still.
enum ParserMessages {
  static func translated(_ message: String) -> String {
    guard Language.current == .ja else { return message }
    return message.split(separator: "\n", omittingEmptySubsequences: false).map { line($0) }.joined(separator: "\n")
  }

  private static func line(_ line: Substring) -> String {
    for (english, japanese) in headings where line.hasPrefix(english) {
      return japanese + problem(String(line.dropFirst(english.count)))
    }
    var text = String(line)
    for (english, japanese) in parts { text = text.replacing(english, with: japanese) }
    return seeAlso(text)
  }

  private static let headings = [
    ("OVERVIEW: ", ""), ("USAGE: ", "使い方: "), ("Usage: ", "使い方: "), ("ARGUMENTS:", "引数:"), ("OPTIONS:", "オプション:"),
    ("SUBCOMMANDS:", "コマンド:"), ("Error: ", "エラー: "), ("Help:  ", "説明:  "),
  ]

  private static let parts = [
    ("(values: ", "(値: "), ("; default: ", "。既定: "), ("Show the version.", "版を表示します。"),
    ("Show help information.", "この説明を表示します。"), ("Show subcommand help information.", "コマンドの説明を表示します。"),
  ]

  /// `See 'yagura events --help' for more information.`
  private static func seeAlso(_ line: String) -> String {
    for end in [" for more information.", " for detailed help."] {
      guard line.hasSuffix(end), let start = line.firstRange(of: "See ") else { continue }
      return line[..<start.lowerBound] + "詳しくは " + line[start.upperBound...].dropLast(end.count) + " を実行してください。"
    }
    return line
  }

  private static func problem(_ text: String) -> String {
    if let rest = dropping("Unknown option ", from: text) { return "不明なオプション \(rest)" }
    if let rest = dropping("Missing expected argument ", from: text) { return "引数 \(rest) がありません" }
    if let rest = dropping("Missing value for ", from: text) { return "\(rest) の値がありません" }
    if let rest = dropping("Unexpected argument ", from: text) { return "余分な引数 \(rest)" }
    if let rest = dropping("The value ", from: text) { return value(rest) }
    return text
  }

  /// `'yaml' is invalid for '--format <format>'. Please provide one of 'jsonl', 'xml' or 'csv'.`
  private static func value(_ text: String) -> String {
    guard let middle = text.firstRange(of: " is invalid for ") else { return text }
    let given = text[..<middle.lowerBound]
    let rest = text[middle.upperBound...]
    guard let choice = rest.firstRange(of: ". Please provide one of ") else { return "\(rest) に値 \(given) は使えません" }
    var values = rest[choice.upperBound...].replacing(" or ", with: "、").replacing(", ", with: "、")
    if values.last == "." { values.removeLast() }
    return "\(rest[..<choice.lowerBound]) に値 \(given) は使えません。使える値: \(values)"
  }

  private static func dropping(_ start: String, from text: String) -> String? {
    text.hasPrefix(start) ? String(text.dropFirst(start.count)) : nil
  }
}
