/// Where the documents of a YAML stream begin, found without reading them, so that a broken one costs only itself.
///
/// `---` and `...` at the start of a line, with a blank or nothing after them, separate documents wherever they stand:
/// YAML forbids such a line within quotes, and an indented block cannot hold one.
struct YAMLDocuments: Sequence, IteratorProtocol {
  struct Part {
    var bytes: Range<Int>
    /// Lines before the part.
    var lineOffset: Int
  }

  private let bytes: [UInt8]
  private var index = 0
  private var line = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Part? {
    guard index < bytes.count else { return nil }
    let start = index
    let lineOffset = line
    var hasContent = false
    while index < bytes.count {
      let end = endOfLine(from: index)
      let row = bytes[index..<end]
      if hasContent, isMarker(row, UInt8(ascii: "-")) { break }
      index = end
      line += 1
      if isMarker(row, UInt8(ascii: ".")) { break }
      // A comment or a directive belongs to the document that follows.
      if !hasContent, let first = row.first(where: { $0 > 0x20 }) {
        hasContent = first != UInt8(ascii: "#") && first != UInt8(ascii: "%")
      }
    }
    return Part(bytes: start..<index, lineOffset: lineOffset)
  }

  /// Behind the line break.
  private func endOfLine(from start: Int) -> Int {
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 0x0A { break }
      if byte == 0x0D {
        if index < bytes.count, bytes[index] == 0x0A { index += 1 }
        break
      }
    }
    return index
  }

  private func isMarker(_ row: ArraySlice<UInt8>, _ sign: UInt8) -> Bool {
    guard row.count >= 3, row.prefix(3).allSatisfy({ $0 == sign }) else { return false }
    return row.count == 3 || row[row.startIndex + 3] <= 0x20
  }
}
