internal import Sigma

/// Colours and bold type of a terminal; plain text elsewhere.
struct TextStyle {
  let isColoured: Bool

  func bold(_ text: String) -> String { wrapped(text, "1") }
  func dim(_ text: String) -> String { wrapped(text, "2") }

  func level(_ level: SigmaLevel, _ text: String) -> String {
    switch level {
    case .critical: wrapped(text, "1;37;41")
    case .high: wrapped(text, "1;31")
    case .medium: wrapped(text, "33")
    case .low: wrapped(text, "36")
    case .informational: wrapped(text, "2")
    }
  }

  private func wrapped(_ text: String, _ code: String) -> String {
    isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

/// Lines of text that fit a terminal.
enum TextLayout {
  /// Breaks text between words, or between Japanese characters, at `width` columns; the lines behind the first begin
  /// with `indent` blanks. A no-break space (U+00A0) is written as a blank at which no line ends.
  static func wrapped(_ text: String, width: Int, indent: Int) -> String {
    let room = max(20, width - indent)
    var lines: [String] = []
    var line = ""
    var used = 0
    for piece in pieces(of: text) {
      let columns = DisplayWidth.of(piece)
      if used + columns > room, !line.isEmpty {
        lines.append(trimmed(line))
        line = piece == " " ? "" : piece
        used = piece == " " ? 0 : columns
      } else {
        line += piece
        used += columns
      }
    }
    if !line.isEmpty { lines.append(trimmed(line)) }
    return lines.joined(separator: "\n" + String(repeating: " ", count: indent)).replacing("\u{A0}", with: " ")
  }

  /// Words, single blanks, and single wide characters; a word that is longer than any line is cut into parts.
  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    var word = ""
    func close() {
      if !word.isEmpty { pieces.append(word) }
      word = ""
    }
    for character in text {
      if character == " " || character == "\n" {
        close()
        pieces.append(" ")
      } else if character.unicodeScalars.first.map({ DisplayWidth.of($0) == 2 }) ?? false {
        // No line begins with a closing mark.
        if "、。」』）】・".contains(character) { word.append(character) } else { close(); word.append(character) }
      } else {
        word.append(character)
        // Paths and the like break behind a separator.
        if word.count >= 60 || (word.count >= 30 && "\\|;,&".contains(character)) { close() }
      }
    }
    close()
    return pieces
  }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}
