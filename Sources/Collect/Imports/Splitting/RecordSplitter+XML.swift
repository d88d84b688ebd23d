internal import WindowsFormats

/// XML: tags, comments, CDATA and instructions; elements around `<Event>` are passed over.
extension RecordSplitter {
  /// `<` at the top level.
  mutating func startMarkup(
    _ view: UnsafeRawBufferPointer, _ end: Int, _ isLast: Bool, _ body: (Item) throws -> Void
  ) rethrows {
    guard let kind = try openMarkup(view, end, isLast, body) else { return }
    if case .text = kind {
      scan.mode = .line
      scan.start = scan.cursor
    } else if case .eventStart = kind {
      scan.start = scan.cursor
      scan.nesting = 0
      scan.isEventTag = true
      scan.skip = .tag
    }
  }

  /// A tag that is longer is judged by this much of it.
  private var lookAhead: Int { 4096 }

  private enum Opening { case skip, eventStart, eventEnd, text, other }

  /// Classifies what a `<` starts and sets the skip for what is passed over as a whole. Nil: more bytes are needed.
  private mutating func openMarkup(
    _ view: UnsafeRawBufferPointer, _ end: Int, _ isLast: Bool, _ body: (Item) throws -> Void
  ) rethrows -> Opening? {
    let at = scan.cursor - scan.base
    guard view.count - at >= lookAhead || isLast || view.index(of: UInt8(ascii: ">"), from: at) != nil else {
      return nil
    }
    guard at + 1 < view.count else { return .text }
    if view.starts(with: "<!--", at: at) { return pass(.comment, 4) }
    if view.starts(with: "<![CDATA[", at: at) { return pass(.characterData, 9) }
    switch view[at + 1] {
    case UInt8(ascii: "?"): return pass(.instruction, 2)
    case UInt8(ascii: "!"):
      // A document type could declare entities: refused, and every record is parsed without it.
      if scan.start == nil { try fault(.unsupported, at: scan.cursor, view, body) }
      return pass(.declaration, 2)
    case UInt8(ascii: "/"):
      if view.isName("Event", at: at + 2) { return .eventEnd }
      return pass(.tag, 2)
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
      if view.isName("Event", at: at + 1) { return .eventStart }
      return pass(.tag, 1)
    default: return .text
    }
  }

  private mutating func pass(_ skip: MarkupSkip, _ length: Int) -> Opening {
    scan.skip = skip
    scan.quote = 0
    scan.cursor += length
    return .skip
  }

  /// Goes on behind what is passed over.
  mutating func stepMarkup(
    _ view: UnsafeRawBufferPointer, _ end: Int, _ body: (Item) throws -> Void
  ) rethrows {
    guard let skip = scan.skip else { return }
    if skip == .tag { return try passTag(view, end, body) }
    let at = scan.cursor - scan.base
    let length = skip.terminator.utf8CodeUnitCount
    if let found = view.index(of: skip.terminator, from: at) {
      scan.cursor = scan.base + found + length
      scan.skip = nil
    } else {
      scan.cursor = max(scan.cursor, end - length + 1)
    }
  }

  /// A tag ends at the first `>` outside attribute values.
  private mutating func passTag(
    _ view: UnsafeRawBufferPointer, _ end: Int, _ body: (Item) throws -> Void
  ) rethrows {
    while scan.cursor < end {
      let byte = view[scan.cursor - scan.base]
      scan.cursor += 1
      if scan.quote != 0 {
        if byte == scan.quote { scan.quote = 0 }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        scan.quote = byte
      } else if byte == UInt8(ascii: ">") {
        return try endTag(view, body)
      }
    }
  }

  private mutating func endTag(_ view: UnsafeRawBufferPointer, _ body: (Item) throws -> Void) rethrows {
    scan.skip = nil
    guard scan.isEventTag else { return }
    scan.isEventTag = false
    let at = scan.cursor - scan.base
    let isEmpty = at >= 2 && view[at - 2] == UInt8(ascii: "/")
    scan.mode = .event
    if isEmpty { try deliver(view, upTo: scan.cursor, body) }
  }

  /// Inside `<Event>`: only markup matters.
  mutating func stepEvent(
    _ view: UnsafeRawBufferPointer, _ end: Int, _ isLast: Bool, _ body: (Item) throws -> Void
  ) rethrows {
    if scan.skip != nil { return try stepMarkup(view, end, body) }
    guard let found = view.index(of: UInt8(ascii: "<"), from: scan.cursor - scan.base) else {
      scan.cursor = end
      return
    }
    scan.cursor = scan.base + found
    guard let kind = try openMarkup(view, end, isLast, body) else { return }
    switch kind {
    case .skip: if scan.skip == .tag { scan.skip = nil }
    case .text, .other: scan.cursor += 1
    case .eventStart: try nestedEvent(view, body)
    case .eventEnd:
      guard let close = view.index(of: UInt8(ascii: ">"), from: found) else {
        // Longer than the look-ahead: not a tag that any writer makes.
        scan.cursor += 1
        return
      }
      scan.cursor = scan.base + close + 1
      if scan.nesting > 0 { scan.nesting -= 1 } else { try deliver(view, upTo: scan.cursor, body) }
    }
  }

  /// `<Event` inside an event: data of that name, or, with a name space of its own, the next record after a cut one.
  private mutating func nestedEvent(_ view: UnsafeRawBufferPointer, _ body: (Item) throws -> Void) rethrows {
    let at = scan.cursor - scan.base
    guard view.starts(with: " xmlns=", at: at + 6) else {
      let close = view.index(of: UInt8(ascii: ">"), from: at)
      if close.map({ view[$0 - 1] != UInt8(ascii: "/") }) ?? true { scan.nesting += 1 }
      scan.cursor += 6
      return
    }
    if let start = scan.start {
      try fault(.truncated, at: start, view, body)
      ordinal += 1
    }
    scan.start = scan.cursor
    scan.nesting = 0
    scan.mode = .between
    scan.isEventTag = true
    scan.skip = .tag
  }
}

extension UnsafeRawBufferPointer {
  func starts(with text: StaticString, at place: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard place >= 0, count - place >= length else { return false }
    for index in 0..<length where self[place + index] != text.utf8Start[index] { return false }
    return true
  }

  func index(of text: StaticString, from start: Int) -> Int? {
    var at = start
    while let found = index(of: text.utf8Start[0], from: at) {
      if starts(with: text, at: found) { return found }
      at = found + 1
    }
    return nil
  }

  /// Whether a tag name stands here, with or without a prefix, and ends.
  func isName(_ name: StaticString, at place: Int) -> Bool {
    var at = place
    // A prefix: letters up to a colon.
    var probe = place
    while probe < count, probe - place < 16, self[probe] > 64, self[probe] < 123 { probe += 1 }
    if probe < count, self[probe] == UInt8(ascii: ":") { at = probe + 1 }
    guard starts(with: name, at: at) else { return false }
    let next = at + name.utf8CodeUnitCount
    guard next < count else { return false }
    return self[next] <= 32 || self[next] == UInt8(ascii: ">") || self[next] == UInt8(ascii: "/")
  }
}
