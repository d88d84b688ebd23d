extension SigmaText {
  /// The bytes that `base64` encodes: the text in its encoding, UTF-8 when none was asked for; nil with wildcards.
  var bytes: [UInt8]? {
    guard let literal else { return nil }
    guard let encoding else { return Array(literal.utf8) }
    let mark: [UInt8] = encoding == .utf16WithMark ? [0xFF, 0xFE] : []
    return mark
      + literal.utf16.flatMap { unit -> [UInt8] in
        let low = UInt8(truncatingIfNeeded: unit)
        let high = UInt8(truncatingIfNeeded: unit >> 8)
        return encoding == .utf16BigEndian ? [high, low] : [low, high]
      }
  }

  /// The text itself in its encoding, for rules that compare it without `base64`: each character becomes itself and
  /// a zero, the byte order mark U+FEFF. Nil when that is no text, which is so for all but ASCII.
  var materialized: SigmaText? {
    guard let encoding else { return self }
    var text = self
    text.encoding = nil
    text.pattern.elements = []
    if encoding == .utf16WithMark { text.append(.literal("\u{FEFF}")) }
    for element in elements {
      guard case .literal(let literal) = element else {
        text.append(element)
        continue
      }
      guard literal.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
      let units: [UInt8] = literal.utf8.flatMap { byte -> [UInt8] in
        encoding == .utf16BigEndian ? [0, byte] : [byte, 0]
      }
      text.append(.literal(String(decoding: units, as: UTF8.self)))
    }
    return text
  }
}
