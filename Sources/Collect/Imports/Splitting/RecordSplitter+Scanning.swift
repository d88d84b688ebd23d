internal import WindowsFormats

/// The loop over a view and what it does between records. Each step either moves the cursor or asks for more bytes.
extension RecordSplitter {
  /// Scans what is there and returns how many bytes of the view are done with.
  mutating func scanText(
    _ view: UnsafeRawBufferPointer, isLast: Bool, _ body: (Item) throws -> Void
  ) rethrows -> Int {
    let end = scan.base + view.count
    while scan.cursor < end {
      let before = (scan.cursor, scan.mode, scan.skip == nil)
      switch scan.mode {
      case .between: try stepBetween(view, end, isLast, body)
      case .json: try stepJSON(view, end, isLast, body)
      case .scalar: try stepScalar(view, end, isLast, body)
      case .line, .junk: try stepLine(view, end, isLast, body)
      case .event: try stepEvent(view, end, isLast, body)
      }
      if before == (scan.cursor, scan.mode, scan.skip == nil) {
        // Nothing moved: the next bytes decide. At the end of the file the byte is taken as it is.
        if !isLast { break }
        scan.cursor += 1
      }
    }
    if isLast { try finishOpenText(view, end, body) }
    try dropOversized(view, end, body)
    return release(view)
  }

  /// A line or number needs no terminator at the end of the file.
  private mutating func finishOpenText(
    _ view: UnsafeRawBufferPointer, _ end: Int, _ body: (Item) throws -> Void
  ) rethrows {
    if (scan.mode == .line || scan.mode == .scalar) && scan.start != nil { try deliver(view, upTo: end, body) }
  }

  private mutating func dropOversized(
    _ view: UnsafeRawBufferPointer, _ end: Int, _ body: (Item) throws -> Void
  ) rethrows {
    guard let start = scan.start, end - start > maximumRecordBytes else { return }
    try fault(.limitExceeded, at: start, view, body)
    ordinal += 1
    scan.start = nil
  }

  /// Forgets the bytes that no later step looks at.
  private mutating func release(_ view: UnsafeRawBufferPointer) -> Int {
    var keep = scan.start ?? scan.cursor
    // A brace at the start of a line and the slash of an empty tag are known by the byte before.
    if scan.start == nil && (scan.mode == .json || scan.skip == .tag) { keep = max(scan.cursor - 1, scan.base) }
    if scan.start == nil && scan.isInString { keep = max(scan.stringStart, scan.cursor - 32, scan.base) }
    keep = min(keep, scan.base + view.count)
    offsets.advance(to: keep, in: view, base: scan.base)
    let count = keep - scan.base
    scan.base = keep
    return count
  }

  // MARK: Delivery

  /// Ends the record in front of `end`. Without a start the record was already reported.
  mutating func deliver(_ view: UnsafeRawBufferPointer, upTo end: Int, _ body: (Item) throws -> Void) rethrows {
    scan.mode = .between
    scan.lineHasRecord = true
    guard let start = scan.start else { return }
    scan.start = nil
    ordinal += 1
    guard end - start <= maximumRecordBytes else { return try fault(.limitExceeded, at: start, view, body) }
    offsets.advance(to: start, in: view, base: scan.base)
    let bytes = UnsafeRawBufferPointer(rebasing: view[(start - scan.base)..<(end - scan.base)])
    try body(.record(Record(bytes: bytes, offset: offsets.fileOffset(atTextOffset: start), ordinal: ordinal)))
  }

  mutating func fault(
    _ code: ParseError.Code, at place: Int, _ view: UnsafeRawBufferPointer, _ body: (Item) throws -> Void
  ) rethrows {
    offsets.advance(to: place, in: view, base: scan.base)
    try body(.fault(ParseError(code, scan.structure, offset: offsets.fileOffset(atTextOffset: place))))
  }

  // MARK: Between records

  private mutating func stepBetween(
    _ view: UnsafeRawBufferPointer, _ end: Int, _ isLast: Bool, _ body: (Item) throws -> Void
  ) rethrows {
    if scan.skip != nil { return try stepMarkup(view, end, body) }
    let byte = view[scan.cursor - scan.base]
    switch byte {
    case UInt8(ascii: "\n"):
      scan.lineHasRecord = false
      scan.cursor += 1
    // White space, separators, zero bytes of a preallocated file, and the byte order mark of a joined file.
    case 0...32, UInt8(ascii: ","): scan.cursor += 1
    case 0xEF where end - scan.cursor < 3 && !isLast: return
    case 0xEF where view.starts(with: "\u{FEFF}", at: scan.cursor - scan.base): scan.cursor += 3
    case UInt8(ascii: "{"): startValue()
    case UInt8(ascii: "["): scan.recordDepth == 0 ? openTopArray() : startValue()
    case UInt8(ascii: "]") where scan.recordDepth > 0: closeArray()
    // What is left of a refused document type.
    case UInt8(ascii: "]"), UInt8(ascii: ">"): scan.cursor += 1
    case UInt8(ascii: "\"") where scan.recordDepth > 0: startValue()
    case UInt8(ascii: "<") where scan.recordDepth == 0: try startMarkup(view, end, isLast, body)
    default: try startOther(view, body)
    }
  }

  /// The first byte of a JSON value; the JSON step reads it again as part of the value.
  mutating func startValue() {
    scan.mode = .json
    scan.start = scan.cursor
    scan.depth = scan.recordDepth
    scan.isInString = false
    scan.previous = UInt8(ascii: ",")
    scan.isWrapperKey = false
    scan.isWrapperOpen = false
  }

  private mutating func openTopArray() {
    scan.depth = 0
    scan.open(UInt8(ascii: "["))
    scan.recordDepth = 1
    scan.cursor += 1
  }

  /// The end of an array of records: of the file's own, or inside a wrapper whose tail follows.
  private mutating func closeArray() {
    scan.cursor += 1
    scan.depth = scan.recordDepth - 1
    scan.recordDepth = 0
    scan.lineHasRecord = true
    if scan.depth > 0 {
      scan.mode = .json
      scan.isInString = false
      scan.previous = UInt8(ascii: "]")
    }
  }

  private mutating func startOther(_ view: UnsafeRawBufferPointer, _ body: (Item) throws -> Void) rethrows {
    if scan.recordDepth > 0 {
      scan.mode = .scalar
      scan.start = scan.cursor
    } else if scan.lineHasRecord {
      try fault(.invalidValue, at: scan.cursor, view, body)
      scan.mode = .junk
    } else {
      startLine()
    }
  }

  private mutating func startLine() {
    scan.mode = .line
    scan.start = scan.cursor
  }

  // MARK: Lines and scalars

  private mutating func stepLine(
    _ view: UnsafeRawBufferPointer, _ end: Int, _ isLast: Bool, _ body: (Item) throws -> Void
  ) rethrows {
    let found = view.index(of: UInt8(ascii: "\n"), from: scan.cursor - scan.base).map { $0 + scan.base }
    scan.cursor = found ?? end
    guard found != nil else { return }
    if scan.mode == .line { try deliver(view, upTo: scan.cursor, body) } else { scan.mode = .between }
  }

  private mutating func stepScalar(
    _ view: UnsafeRawBufferPointer, _ end: Int, _ isLast: Bool, _ body: (Item) throws -> Void
  ) rethrows {
    while scan.cursor < end {
      switch view[scan.cursor - scan.base] {
      case 0...32, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "{"):
        return try deliver(view, upTo: scan.cursor, body)
      default: scan.cursor += 1
      }
    }
  }
}
