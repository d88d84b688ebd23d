/// A literal cut at its placeholders.
struct PlaceholderText {
  enum Piece: Hashable {
    case literal(String)
    case placeholder(String)
  }

  private(set) var pieces: [Piece] = []

  /// - Parameter keepsEscapes: whether the backslash of `\%` stays, as a regular expression needs it.
  init(_ text: String, keepsEscapes: Bool = false) {
    let bytes = Array(text.utf8)
    let percent = UInt8(ascii: "%")
    var plain: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == SigmaText.backslash, index + 1 < bytes.count, bytes[index + 1] == percent {
        if keepsEscapes { plain.append(SigmaText.backslash) }
        plain.append(percent)
        index += 2
      } else if bytes[index] == percent,
        let end = bytes[(index + 1)...].firstIndex(where: { $0 == percent || $0 == SigmaText.backslash }),
        bytes[end] == percent, end > index + 1
      {
        flush(&plain)
        pieces.append(.placeholder(String(decoding: bytes[(index + 1)..<end], as: UTF8.self)))
        index = end + 1
      } else {
        plain.append(bytes[index])
        index += 1
      }
    }
    flush(&plain)
  }

  private mutating func flush(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    pieces.append(.literal(String(decoding: bytes, as: UTF8.self)))
    bytes.removeAll(keepingCapacity: true)
  }
}
