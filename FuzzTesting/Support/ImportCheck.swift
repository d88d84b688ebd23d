@testable import Collect
@testable import WindowsFormats

/// Cuts an export into records in two ways, reads every record and writes it, and reads what was written.
struct ImportCheck: ~Copyable {
  /// As it lives in a worker: what one record leaves in it must not show in the next.
  private let normalizer = EventNormalizer()
  private var sink = ByteSink()
  private var again = ByteSink()

  mutating func run(_ bytes: UnsafeRawBufferPointer) {
    // Records past a small limit are dropped at other places for other blocks, so what is compared has no limit.
    let whole = SplitExport(bytes, blocks: .one)
    let pieces = SplitExport(bytes, blocks: .small)
    if let difference = whole.difference(from: pieces) { finding("blocks change what is read: " + difference) }
    let limited = SplitExport(bytes, blocks: .small, maximumRecordBytes: 64)
    for case .record(let text, _, _) in limited.entries where text.count > 64 { finding("a record beyond the limit") }
    for case .record(let text, let offset, let ordinal) in whole.entries { read(text, offset, ordinal) }
  }

  private mutating func read(_ text: [UInt8], _ offset: Int, _ ordinal: Int) {
    let outcome = withExactBuffer(text) { normalizer.normalize($0, offset: offset, ordinal: ordinal) }
    guard case .event(let event) = outcome else { return }
    sink.removeAll()
    event.appendXMLLine(to: &sink)
    checkXML(ordinal)
    sink.removeAll()
    event.appendJSONLine(file: "fuzz", to: &sink)
    checkText("JSON")
    checkLine(event, ordinal)
  }

  /// The line without the original is the same after the line with it was read.
  private mutating func checkLine(_ event: EventRecord, _ ordinal: Int) {
    let full = sink.string()
    let outcome = sink.withBytes { normalizer.normalize($0, offset: 0, ordinal: ordinal) }
    guard case .event(var other) = outcome else { finding("a line cannot be read back: \(outcome)", full) }
    if other.original?.shape != event.original?.shape { finding("a line comes back with another shape", full) }
    sink.removeAll()
    again.removeAll()
    var plain = event
    plain.original = nil
    other.original = nil
    plain.appendJSONLine(file: "fuzz", to: &sink)
    other.appendJSONLine(file: "fuzz", to: &again)
    let line = sink.string()
    let second = again.string()
    if line != second { finding("a line comes back as another", line, second) }
  }

  private func checkXML(_ ordinal: Int) {
    checkText("XML")
    let outcome = sink.withBytes { normalizer.normalize($0, offset: 0, ordinal: ordinal) }
    if case .failed(let error) = outcome { finding("XML that no parser takes: \(error)", sink.string()) }
  }

  private func checkText(_ kind: String) {
    let (isValid, lineFeeds, last) = sink.withBytes { bytes in
      (String(validating: bytes, as: UTF8.self) != nil, bytes.count { $0 == 10 }, bytes.last)
    }
    if !isValid { finding("\(kind) that is no UTF-8", sink.string()) }
    if last != 10 { finding("\(kind) without an end of line", sink.string()) }
    if kind == "JSON" && lineFeeds != 1 { finding("a JSON line of several lines", sink.string()) }
  }
}

/// An export cut into records, as they can be compared.
struct SplitExport {
  enum Entry: Hashable {
    case record([UInt8], offset: Int, ordinal: Int)
    case fault(ParseError)
  }

  enum Blocks { case one, small }

  private(set) var entries: [Entry] = []
  private var count = 0

  init(_ bytes: UnsafeRawBufferPointer, blocks: Blocks, maximumRecordBytes: Int = 16 << 20) {
    var splitter = RecordSplitter(maximumRecordBytes: maximumRecordBytes)
    // Sizes from 1 to 64 that depend on the input alone.
    var random = bytes.reduce(UInt64(bytes.count)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    var at = 0
    while at < bytes.count {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let size = blocks == .one ? bytes.count : 1 + Int(random >> 33) % (random >> 62 == 0 ? 2 : 64)
      let end = min(at + size, bytes.count)
      // A block of its own, gone after the call: the splitter must not keep pointers.
      withExactBuffer(bytes[at..<end]) { splitter.feed($0) { entries.append(Entry($0)) } }
      at = end
    }
    splitter.finish { entries.append(Entry($0)) }
    count = splitter.ordinal
  }

  func difference(from other: SplitExport) -> String? {
    for (first, second) in zip(entries, other.entries) where first != second { return "\(first) or \(second)" }
    if entries.count != other.entries.count { return "\(entries.count) or \(other.entries.count) entries" }
    return count == other.count ? nil : "\(count) or \(other.count) positions"
  }
}

extension SplitExport.Entry: CustomStringConvertible {
  init(_ item: RecordSplitter.Item) {
    switch item {
    case .record(let record):
      self = .record(Array(record.bytes), offset: record.offset, ordinal: record.ordinal)
    case .fault(let error): self = .fault(error)
    }
  }

  var description: String {
    switch self {
    case .record(let text, let offset, let ordinal):
      "#\(ordinal) at \(offset): \(String(decoding: text, as: UTF8.self).debugDescription)"
    case .fault(let error): "\(error.code) at \(error.offset)"
    }
  }
}
