/// A text of a rule between two modifiers: literals and wildcards, and the encoding that `base64` is to be taken of.
struct SigmaText {
  enum Encoding { case utf16LittleEndian, utf16BigEndian, utf16WithMark }

  var pattern = TextPattern([])
  /// Asked for by `wide` and its like; the elements are still characters.
  var encoding: Encoding?

  var elements: [TextPattern.Element] { pattern.elements }
  var isCased: Bool {
    get { pattern.isCased }
    set { pattern.isCased = newValue }
  }

  init(literal: String) { pattern = TextPattern(literal: literal) }

  /// Reads wildcards and escapes (Sigma 2.1, "Escape Character"): a backslash makes a following `*`, `?` or backslash
  /// plain, and is itself plain before anything else and at the end.
  init(parsing text: String) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var isEscaped = false
    for byte in text.utf8 {
      let isSpecial = byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == Self.backslash
      if isEscaped {
        if !isSpecial { bytes.append(Self.backslash) }
        bytes.append(byte)
        isEscaped = false
      } else if byte == Self.backslash {
        isEscaped = true
      } else if isSpecial {
        flush(&bytes)
        append(byte == UInt8(ascii: "*") ? .anyRun : .anyCharacter)
      } else {
        bytes.append(byte)
      }
    }
    if isEscaped { bytes.append(Self.backslash) }
    flush(&bytes)
  }

  static let backslash = UInt8(ascii: "\\")

  private mutating func flush(_ bytes: inout [UInt8]) {
    append(.literal(String(decoding: bytes, as: UTF8.self)))
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func append(_ element: TextPattern.Element) { pattern.append(element) }

  /// The text when it has no wildcards.
  var literal: String? {
    switch elements.count {
    case 0: ""
    case 1: if case .literal(let text) = elements[0] { text } else { nil }
    default: nil
    }
  }

  var byteCount: Int {
    elements.reduce(0) { count, element in
      if case .literal(let text) = element { count + text.utf8.count } else { count + 1 }
    }
  }

  /// As a rule would write it, for messages.
  var description: String {
    elements.map { element in
      switch element {
      case .literal(let text): text
      case .anyRun: "*"
      case .anyCharacter: "?"
      }
    }.joined()
  }
}
