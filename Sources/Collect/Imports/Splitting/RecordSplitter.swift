public import WindowsFormats

/// Cuts a stream of event text into records without building a value: JSON Lines, arrays, the array inside a known
/// wrapper, objects one after the other (pretty-printed or not), and `<Event>` elements with or without a root.
///
/// Feed blocks of any size in order, then `finish`. What is held between blocks is one unfinished record, at most
/// `maximumRecordBytes`. A record is a whole JSON value, one `<Event>` element, or, for text that is neither, a line.
///
/// Resynchronisation: a line that starts with `{` where no object may start, or inside a string with a quote after it,
/// ends the record before it, so a line cut by a full disk costs one record and not the rest of the file.
///
/// UTF-16 (with or without a byte order mark) is transcoded first; offsets stay those of the original file.
public struct RecordSplitter: Sendable {
  /// One record, valid only during the call that delivers it.
  public struct Record {
    /// UTF-8 as in the source, which may hold invalid sequences.
    public var bytes: UnsafeRawBufferPointer
    /// Absolute offset of the first byte in the original file.
    public var offset: Int
    /// The n-th non-empty line, array element or `<Event>`, counted from 1.
    public var ordinal: Int
  }

  public enum Item {
    case record(Record)
    /// Bytes that are no record: cut, too large, or not allowed. They count as one position.
    case fault(ParseError)
  }

  /// A longer record is skipped with one diagnostic.
  public let maximumRecordBytes: Int
  /// Records and faulty records so far.
  public internal(set) var ordinal = 0

  var scan = ScanState()
  var offsets = OffsetMap()
  private var pending: [UInt8] = []
  private var transcoder: UTF16Transcoder?
  private var isEncodingKnown = false

  public init(maximumRecordBytes: Int = 16 << 20) { self.maximumRecordBytes = maximumRecordBytes }

  /// Takes the next block of the file. After `body` has thrown, the splitter is not to be used again.
  public mutating func feed(_ bytes: UnsafeRawBufferPointer, body: (Item) throws -> Void) rethrows {
    try accept(bytes, isLast: false, body)
  }

  /// Says that the file ends here; delivers what only the end can complete.
  public mutating func finish(body: (Item) throws -> Void) rethrows {
    try accept(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true, body)
    if let start = scan.start {
      try body(.fault(ParseError(.truncated, scan.structure, offset: offsets.fileOffset(atTextOffset: start))))
      scan.start = nil
    } else if scan.recordDepth > 0 || (scan.mode == .json && scan.depth > 0) {
      // An array of records, or what stands around it, that never closes.
      try body(.fault(ParseError(.truncated, .jsonRecord, offset: offsets.fileOffset(atTextOffset: scan.cursor))))
    }
  }

  private mutating func accept(
    _ bytes: UnsafeRawBufferPointer, isLast: Bool, _ body: (Item) throws -> Void
  ) rethrows {
    // Complete UTF-8 blocks are scanned where they lie; only an unfinished tail is copied.
    if isEncodingKnown && transcoder == nil && pending.isEmpty {
      let kept = try scanText(bytes, isLast: isLast, body)
      pending.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[kept...]))
      return
    }
    if transcoder == nil { pending.append(contentsOf: bytes) } else { transcode(bytes) }
    if !isEncodingKnown {
      guard pending.count >= 4 || isLast else { return }
      recogniseEncoding()
    }
    if isLast { transcoder?.finish(into: &pending) }
    let text = pending
    pending = []
    let kept = try text.withUnsafeBytes { view in try scanText(view, isLast: isLast, body) }
    pending = kept == 0 ? text : Array(text[kept...])
  }

  private mutating func transcode(_ bytes: UnsafeRawBufferPointer) {
    transcoder?.append(bytes, to: &pending)
  }

  /// By byte order mark, else by the zero byte beside the first character, which is ASCII in JSON and in XML.
  private mutating func recogniseEncoding() {
    isEncodingKnown = true
    var bytes = pending
    let first = (bytes.first ?? 32, bytes.count > 1 ? bytes[1] : 32)
    let isWide: Bool
    switch first {
    case (0xFF, 0xFE), (0xFE, 0xFF):
      bytes.removeFirst(2)
      offsets.start(at: 2, isUTF16: true)
      isWide = true
    case (0, 1...), (1..., 0):
      offsets.start(at: 0, isUTF16: true)
      isWide = true
    default:
      isWide = false
    }
    guard isWide else { return }
    pending = []
    transcoder = UTF16Transcoder(isBigEndian: first.0 == 0xFE || first.0 == 0)
    bytes.withUnsafeBytes { transcode($0) }
  }
}
