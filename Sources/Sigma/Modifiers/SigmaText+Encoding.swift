extension SigmaText {
  /// The bytes that `base64` encodes: the text in its encoding, UTF-8 when none was asked for; nil with wildcards.
  var bytes: [UInt8]? {
    guard let literal else { return nil }
    guard let encoding else { return Array(literal.utf8) }
    return (encoding == .utf16WithMark ? [0xFF, 0xFE] : []) + encoding.bytes(of: literal)
  }

  /// The text itself in its encoding, for rules that compare it without `base64`: each character of ASCII becomes
  /// itself and a zero, the byte order mark U+FEFF. Nil when the bytes are no text, which is so for most others.
  var materialized: SigmaText? {
    guard let encoding else { return self }
    var text = SigmaText(literal: "")
    text.isCased = isCased
    var needsMark = encoding == .utf16WithMark
    for element in elements {
      guard case .literal(let literal) = element else {
        text.append(element)
        continue
      }
      guard let encoded = String(validating: encoding.bytes(of: literal), as: UTF8.self) else { return nil }
      text.append(.literal(needsMark ? "\u{FEFF}" + encoded : encoded))
      needsMark = false
    }
    return text
  }
}

extension SigmaText.Encoding {
  /// Without a byte order mark.
  fileprivate func bytes(of text: String) -> [UInt8] {
    text.utf16.flatMap { unit -> [UInt8] in
      let low = UInt8(truncatingIfNeeded: unit)
      let high = UInt8(truncatingIfNeeded: unit >> 8)
      return self == .utf16BigEndian ? [high, low] : [low, high]
    }
  }
}
