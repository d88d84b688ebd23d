import WindowsFormats

/// The beginning of a file read as text, for recognition only.
///
/// Byte order mark and leading space are gone; UTF-16 is folded to one byte a code unit, `0x80` standing for whatever
/// is not ASCII. That is enough to look for keywords, and is never shown to anybody.
struct TextHead {
  private let units: [UInt8]
  /// Whether the bytes can be text at all: no NUL, once UTF-16 is folded.
  private let isText: Bool

  init(_ head: ByteView) {
    let folded = Self.fold(head)
    let start = folded.firstIndex { !Self.isSpace($0) } ?? folded.count
    units = Array(folded[start...])
    isText = !units.contains(0)
  }

  /// Whether a JSON value begins here that can hold an event: an object, or an array that is not an INI section, a
  /// PowerShell attribute or the like.
  var beginsLikeJSON: Bool {
    guard let first = units.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return false }
    guard let second = units.dropFirst().first(where: { !Self.isSpace($0) }) else { return false }
    if first == UInt8(ascii: "{") { return second == UInt8(ascii: "\"") || second == UInt8(ascii: "}") }
    return "{[]\"-0123456789".utf8.contains(second)
  }

  var beginsLikeXML: Bool { units.first == UInt8(ascii: "<") }

  /// Whether there is an `<Event>` or `<Events>` start tag. `<EventTrigger>` of a scheduled task is none.
  var holdsEventElement: Bool {
    occurrences(of: "<Event") { rest in
      var rest = rest
      if rest.first == UInt8(ascii: "s") { rest = rest.dropFirst() }
      return rest.first.map { $0 == UInt8(ascii: ">") || Self.isSpace($0) } ?? false
    }
  }

  /// Whether the text uses the words that only MOF uses.
  var readsLikeMOF: Bool {
    guard isText else { return false }
    return occurrences(of: "#pragma namespace") { _ in true } || occurrences(of: "instance of __") { _ in true }
  }

  /// Whether `word` occurs, followed by something that `accept` takes; ASCII letter case counts only for `<Event`.
  private func occurrences(of word: StaticString, accept: (ArraySlice<UInt8>) -> Bool) -> Bool {
    let wanted = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard let first = wanted.first else { return false }
    let ignoresCase = first != UInt8(ascii: "<")
    func matches(_ unit: UInt8, _ place: Int) -> Bool {
      unit == wanted[place] || ignoresCase && unit | 0x20 == wanted[place] && (0x41...0x5A).contains(unit)
    }
    var index = 0
    while index <= units.count - wanted.count {
      defer { index += 1 }
      guard matches(units[index], 0), (1..<wanted.count).allSatisfy({ matches(units[index + $0], $0) }) else {
        continue
      }
      if accept(units[(index + wanted.count)...]) { return true }
    }
    return false
  }

  private static func isSpace(_ unit: UInt8) -> Bool { unit == 0x20 || (0x09...0x0D).contains(unit) }

  private static func fold(_ head: ByteView) -> [UInt8] {
    let first = head.u8(0) ?? 0
    let second = head.u8(1) ?? 0
    switch (first, second) {
    case (0xFF, 0xFE): return fold(head, from: 2, lowByte: 0)
    case (0xFE, 0xFF): return fold(head, from: 2, lowByte: 1)
    // UTF-16 without a mark: exports begin with `<`, `{`, `[` or a space.
    case (0x20...0x7B, 0): return fold(head, from: 0, lowByte: 0)
    case (0, 0x20...0x7B): return fold(head, from: 0, lowByte: 1)
    case (0xEF, 0xBB) where head.u8(2) == 0xBF: return head.bytes(3, head.count - 3)
    default: return head.bytes(0, head.count)
    }
  }

  private static func fold(_ head: ByteView, from start: Int, lowByte: Int) -> [UInt8] {
    var units: [UInt8] = []
    units.reserveCapacity(head.count / 2)
    var offset = start
    while let low = head.u8(offset + lowByte), let high = head.u8(offset + 1 - lowByte) {
      units.append(high == 0 ? low : 0x80)
      offset += 2
    }
    return units
  }
}
