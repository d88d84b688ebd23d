internal import WindowsFormats

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// JSON: depth, strings and escapes; nothing is decoded.
extension RecordSplitter {
  mutating func stepJSON(
    _ view: UnsafeRawBufferPointer, _ end: Int, _ isLast: Bool, _ body: (Item) throws -> Void
  ) rethrows {
    while scan.cursor < end {
      if scan.isInString {
        guard try passString(view, end, isLast, body) else { return }
        if scan.mode != .json { return }
        continue
      }
      let byte = view[scan.cursor - scan.base]
      if byte <= 32 {
        scan.cursor += 1
        continue
      }
      switch byte {
      case UInt8(ascii: "\""):
        scan.isInString = true
        scan.stringStart = scan.cursor
        scan.isWrapperOpen = false
        scan.cursor += 1
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if try openContainer(byte, view, end, isLast, body) { return }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        scan.cursor += 1
        scan.depth -= 1
        scan.previous = byte
        scan.isWrapperOpen = false
        // A record ends at its own depth, the tail of a wrapper at the top.
        if scan.depth <= scan.recordDepth {
          scan.depth = scan.recordDepth
          return try deliver(view, upTo: scan.cursor, body)
        }
      default:
        scan.previous = byte
        scan.cursor += 1
      }
    }
  }

  /// `{` or `[`. True when the mode changed or more bytes are needed.
  private mutating func openContainer(
    _ byte: UInt8, _ view: UnsafeRawBufferPointer, _ end: Int, _ isLast: Bool, _ body: (Item) throws -> Void
  ) rethrows -> Bool {
    if scan.isWrapperOpen && byte == UInt8(ascii: "{") {
      // The array of a wrapper: its elements are the records, and what stood before is none.
      scan.recordDepth = scan.depth
      startValue()
      return false
    }
    scan.isWrapperOpen = false
    if byte == UInt8(ascii: "{") && isAtLineStart(view) {
      guard let repeats = repeatsFirstKey(view, end, isLast) else { return true }
      guard repeats || !mayStartValue else { return open(byte) }
      try cut(view, body)
      startValue()
      return false
    }
    return open(byte)
  }

  private mutating func open(_ byte: UInt8) -> Bool {
    let isWrapper = byte == UInt8(ascii: "[") && scan.isWrapperKey && scan.previous == UInt8(ascii: ":")
    scan.open(byte)
    scan.previous = byte
    scan.isWrapperOpen = isWrapper && scan.recordDepth == 0
    scan.cursor += 1
    return false
  }

  /// Whether the grammar allows a value here.
  private var mayStartValue: Bool {
    if scan.depth <= scan.recordDepth { return true }
    switch scan.previous {
    case UInt8(ascii: ":"): return true
    case UInt8(ascii: "["), UInt8(ascii: ","): return scan.isTopOfArray
    default: return false
    }
  }

  /// Whether an object inside of a record begins with the record's own first key: then it is the next record, and the
  /// one before was cut where a value may stand, behind a colon say. Nil when more bytes are needed to tell.
  private func repeatsFirstKey(_ view: UnsafeRawBufferPointer, _ end: Int, _ isLast: Bool) -> Bool? {
    guard scan.depth > scan.recordDepth, let start = scan.start, start < scan.cursor else { return false }
    let first = start - scan.base
    let next = scan.cursor - scan.base
    guard view[first] == UInt8(ascii: "{"), view[first + 1] == UInt8(ascii: "\"") else { return false }
    var length = 2
    while first + length < next, view[first + length] != UInt8(ascii: "\"") {
      length += view[first + length] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard first + length < next else { return false }
    let available = min(length + 1, end - scan.cursor)
    for index in 0..<available where view[first + index] != view[next + index] { return false }
    if available <= length { return isLast ? false : nil }
    return true
  }

  private func isAtLineStart(_ view: UnsafeRawBufferPointer) -> Bool {
    let at = scan.cursor - scan.base
    return at > 0 && view[at - 1] == UInt8(ascii: "\n")
  }

  /// Reports the record that a new one interrupts. Every line it covers counts as a position.
  private mutating func cut(_ view: UnsafeRawBufferPointer, _ body: (Item) throws -> Void) rethrows {
    if let start = scan.start {
      let lines = view[(start - scan.base)..<(scan.cursor - scan.base)].reduce(0) { $0 + ($1 == 10 ? 1 : 0) }
      try fault(.truncated, at: start, view, body)
      ordinal += scan.recordDepth == 0 ? max(lines, 1) : 1
    }
  }

  /// The rest of a string. False when more bytes are needed.
  private mutating func passString(
    _ view: UnsafeRawBufferPointer, _ end: Int, _ isLast: Bool, _ body: (Item) throws -> Void
  ) rethrows -> Bool {
    while true {
      scan.cursor = scan.base + view.stringStop(from: scan.cursor - scan.base)
      guard scan.cursor < end else { return false }
      switch view[scan.cursor - scan.base] {
      case UInt8(ascii: "\""):
        try endString(view, body)
        return true
      case UInt8(ascii: "\\"):
        guard scan.cursor + 1 < end || isLast else { return false }
        scan.cursor += 2
      default:
        // A raw line feed. JSON has none inside strings: a quote that never closed, if a record follows.
        guard scan.cursor + 2 < end || isLast else { return false }
        let at = scan.cursor + 1 - scan.base
        scan.cursor += 1
        guard at + 1 < view.count, view[at] == UInt8(ascii: "{"), view[at + 1] == UInt8(ascii: "\"") else { continue }
        try cut(view, body)
        startValue()
        return true
      }
    }
  }

  private mutating func endString(_ view: UnsafeRawBufferPointer, _ body: (Item) throws -> Void) rethrows {
    let name = scan.stringStart + 1 - scan.base
    let length = scan.cursor - scan.stringStart - 1
    scan.isWrapperKey =
      scan.recordDepth == 0 && name > 0 && length <= 10
      && isWrapperKey(UnsafeRawBufferPointer(rebasing: view[name..<(name + length)]), depth: scan.depth)
    scan.isInString = false
    scan.previous = UInt8(ascii: "\"")
    scan.cursor += 1
    if scan.depth <= scan.recordDepth { try deliver(view, upTo: scan.cursor, body) }
  }

  /// Names of arrays of records, at the depth they have in search results, exports and OTLP batches.
  private func isWrapperKey(_ name: UnsafeRawBufferPointer, depth: Int) -> Bool {
    switch depth {
    case 1:
      switch name.count {
      case 4: name.elementsEqual("rows".utf8) || name.elementsEqual("logs".utf8)
      case 5: name.elementsEqual("value".utf8)
      case 6: name.elementsEqual("events".utf8) || name.elementsEqual("Events".utf8)
      case 7:
        name.elementsEqual("records".utf8) || name.elementsEqual("Records".utf8) || name.elementsEqual("results".utf8)
      default: false
      }
    case 2: name.elementsEqual("hits".utf8)
    case 5: name.elementsEqual("logRecords".utf8)
    default: false
    }
  }
}

extension UnsafeRawBufferPointer {
  /// The next quote, backslash or line feed, or the end; sixteen bytes at a time.
  func stringStop(from start: Int) -> Int {
    var at = start
    guard let base = baseAddress else { return count }
    let quote = SIMD16<UInt8>(repeating: 34)
    let backslash = SIMD16<UInt8>(repeating: 92)
    let lineFeed = SIMD16<UInt8>(repeating: 10)
    while count - at >= 16 {
      let bytes = base.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self)
      let stops = (bytes .== quote) .| (bytes .== backslash) .| (bytes .== lineFeed)
      let mask = unsafeBitCast(stops, to: SIMD2<UInt64>.self)
      if mask.x | mask.y != 0 {
        return at + (mask.x != 0 ? mask.x.trailingZeroBitCount >> 3 : 8 + (mask.y.trailingZeroBitCount >> 3))
      }
      at += 16
    }
    while at < count {
      let byte = base.load(fromByteOffset: at, as: UInt8.self)
      if byte == 34 || byte == 92 || byte == 10 { return at }
      at += 1
    }
    return Swift.min(at, count)
  }

  func index(of byte: UInt8, from start: Int) -> Int? {
    guard start < count, let base = baseAddress else { return nil }
    return memchr(base + start, Int32(byte), count - start).map { UnsafeRawPointer($0) - base }
  }
}
