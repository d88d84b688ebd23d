import WindowsFormats

/// A canonical JSON line as comma-separated values (RFC 4180), for spreadsheets.
///
/// Every record becomes a JSON line first, whatever it came from; this turns the line into cells: texts without their
/// escapes, numbers as they are, `system` and `data` as JSON. A cell that a spreadsheet would take for a formula begins
/// with an apostrophe: log text is whatever an attacker wrote.
struct CSVLine: ~Copyable {
  /// The columns: the keys of the line in order, up to `recovered`, and `offset` of recovered records.
  static let header =
    "file,recordId,time,host,channel,provider,eventId,version,level,task,opcode,keywords,processId,threadId,userSid,activityId,system,data,recovered,offset\r\n"
  private static let columnCount = 19

  private var cell = ByteSink(capacity: 4096)

  /// Appends the cells of every line in `lines`.
  mutating func append(_ lines: UnsafeRawBufferPointer, to sink: inout ByteSink) {
    var at = 0
    while at < lines.count { at = appendLine(lines, at, to: &sink) }
  }

  private mutating func appendLine(_ text: UnsafeRawBufferPointer, _ start: Int, to sink: inout ByteSink) -> Int {
    var at = start + 1
    var column = 0
    var offset: Range<Int>?
    while at < text.count, text[at] != 10 {
      // "key":value, — keys of our own lines have no escapes
      let keyStart = at + 1
      while at < text.count, text[at] != 58 { at += 1 }
      let keyLength = at - 1 - keyStart
      at += 1
      let end = CSVLine.endOfValue(text, at)
      if column < CSVLine.columnCount {
        appendCell(text, at..<end, to: &sink)
        sink.append(44)
      } else if keyLength == 6, text[keyStart] == 111 {
        offset = at..<end
      }
      column += 1
      at = end + 1
      if end < text.count, text[end] == 125 { break }
    }
    if let offset { appendCell(text, offset, to: &sink) }
    sink.append("\r\n")
    while at < text.count, text[at] != 10 { at += 1 }
    return at + 1
  }

  /// The end of the JSON value at `start`.
  private static func endOfValue(_ text: UnsafeRawBufferPointer, _ start: Int) -> Int {
    var at = start
    var depth = 0
    while at < text.count {
      switch text[at] {
      case 34:
        at += 1
        while at < text.count, text[at] != 34 { at += text[at] == 92 ? 2 : 1 }
      case 123, 91: depth += 1
      case 125, 93:
        if depth == 0 { return at }
        depth -= 1
      case 44: if depth == 0 { return at }
      default: break
      }
      at += 1
    }
    return at
  }

  private mutating func appendCell(_ text: UnsafeRawBufferPointer, _ range: Range<Int>, to sink: inout ByteSink) {
    cell.removeAll()
    if range.count >= 2, text[range.lowerBound] == 34 {
      CSVLine.unescape(text, range.lowerBound + 1..<range.upperBound - 1, into: &cell)
    } else if !(range.count == 4 && text[range.lowerBound] == 110) {
      cell.append(UnsafeRawBufferPointer(rebasing: text[range]))
    }
    cell.withBytes { bytes in CSVCell.append(bytes, isText: text[range.lowerBound] == 34, to: &sink) }
  }

  /// JSON escapes of our own lines: the short ones and `\u00xx`; anything longer comes from imported JSON text.
  private static func unescape(_ text: UnsafeRawBufferPointer, _ range: Range<Int>, into cell: inout ByteSink) {
    var at = range.lowerBound
    var start = at
    while at < range.upperBound {
      guard text[at] == 92, at + 1 < range.upperBound else {
        at += 1
        continue
      }
      cell.append(UnsafeRawBufferPointer(rebasing: text[start..<at]))
      at += 2
      switch text[at - 1] {
      case 110: cell.append(10)
      case 114: cell.append(13)
      case 116: cell.append(9)
      case 98: cell.append(8)
      case 102: cell.append(12)
      case 117 where at + 4 <= range.upperBound:
        let digits = String(decoding: text[at..<at + 4], as: UTF8.self)
        let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
        // Control characters have no place in a cell: they are shown as the sign for them.
        cell.append(String(Character(scalar.value < 32 ? Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}" : scalar)))
        at += 4
      default: cell.append(text[at - 1])
      }
      start = at
    }
    cell.append(UnsafeRawBufferPointer(rebasing: text[start..<range.upperBound]))
  }
}
