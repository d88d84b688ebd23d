import TestSupport

@testable import WindowsFormats

/// What all readers make of one chunk.
struct ReadChunk {
  var lines: [String] = []
  var xml: [String] = []
  var records: [EventRecord] = []
  var slots: [[(field: String, text: String)]] = []
  var diagnostics: [EventLogDiagnostic] = []
  /// Records whose compiled line and whose value say different things.
  var differences: [String] = []

  init(_ chunk: [UInt8], at offset: Int = EventLogWriter.fileHeaderByteCount, isDirty: Bool = false) {
    self = withExactCopy(of: chunk) { ReadChunk(reading: $0, at: offset, isDirty: isDirty) }
  }

  private init(reading bytes: UnsafeRawBufferPointer, at offset: Int, isDirty: Bool) {
    var json = EventLogChunkReader(output: .jsonLines)
    var markup = EventLogChunkReader(output: .xml)
    var tree = EventLogChunkReader(output: .jsonLines)
    var slotReader = EventSlotReader()
    json.begin(file: "log")
    _ = json.load(bytes, at: offset, isDirty: isDirty)
    _ = markup.load(bytes, at: offset, isDirty: isDirty)
    _ = tree.load(bytes, at: offset, isDirty: isDirty)
    slotReader.load(bytes)
    while let record = json.nextRecord() {
      let start = json.outputCount
      let xmlStart = markup.outputCount
      let isRendered = json.render(record)
      if markup.render(record) { xml.append(markup.withOutput { String(decoding: $0[xmlStart...], as: UTF8.self) }) }
      let value = tree.eventRecord(record)
      if isRendered {
        let line = json.withOutput { String(decoding: $0[start...], as: UTF8.self) }
        lines.append(line)
        if let value { compare(line, value) } else { differences.append("no value for \(line)") }
      }
      if let value { records.append(value) }
      if slotReader.read(record) { slots.append(texts(&slotReader)) }
    }
    diagnostics = json.takeDiagnostics()
  }

  private mutating func compare(_ line: String, _ value: EventRecord) {
    var sink = ByteSink()
    value.appendJSONLine(file: "log", to: &sink)
    if let difference = LineComparison.difference(fast: line, slow: sink.string()) {
      differences.append("\(difference)\n\(line)\(sink.string())")
    }
  }

  private func texts(_ reader: inout EventSlotReader) -> [(field: String, text: String)] {
    var texts: [(field: String, text: String)] = []
    for index in 0..<reader.count {
      let slot = reader[index]
      for text in reader.texts(of: slot) { texts.append((reader.fields.name(of: slot.field), text)) }
    }
    return texts
  }
}

/// Runs a body over a heap block of exactly these bytes, so that a read past the end leaves the block.
func withExactCopy<R>(of bytes: [UInt8], _ body: (UnsafeRawBufferPointer) -> R) -> R {
  let block = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
  defer { block.deallocate() }
  block.copyBytes(from: bytes)
  return body(UnsafeRawBufferPointer(block))
}

/// Logs as their chunks.
enum WrittenChunks {
  static func of(_ events: [Event], quirks: EventLogWriter.Quirks = []) throws -> [[UInt8]] {
    try of(quirks: quirks) { writer in for event in events { try writer.append(event) } }
  }

  static func of(
    quirks: EventLogWriter.Quirks = [], _ fill: (inout EventLogWriter) throws -> Void
  ) throws -> [[UInt8]] {
    var writer = EventLogWriter(quirks: quirks)
    try fill(&writer)
    let bytes = Array(writer.finish().dropFirst(EventLogWriter.fileHeaderByteCount))
    return stride(from: 0, to: bytes.count, by: EventLogChunk.byteCount).map {
      Array(bytes[$0..<$0 + EventLogChunk.byteCount])
    }
  }

  /// One record of a template with these values.
  static func of(_ root: BinXMLElement, _ values: [BinXMLValue] = []) throws -> [UInt8] {
    let template = try BinXMLTemplate(root)
    return try of { try $0.append(.instance(BinXMLInstance(template, values)), time: SampleEvents.time) }[0]
  }
}

extension [UInt8] {
  func u32(at offset: Int) -> Int {
    (0..<4).reduce(0) { $0 | Int(self[offset + $1]) << ($1 * 8) }
  }

  mutating func put(_ number: UInt32, at offset: Int) {
    for index in 0..<4 { self[offset + index] = UInt8(truncatingIfNeeded: number >> UInt32(index * 8)) }
  }

  /// Offsets of the records' frames, by their sizes.
  var recordOffsets: [Int] {
    var offsets: [Int] = []
    var at = EventLogChunk.headerByteCount
    while at < u32(at: 48), u32(at: at) == 0x2A2A {
      offsets.append(at)
      at += u32(at: at + 4)
    }
    return offsets
  }
}

/// Numbers from a seed: SplitMix64.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mix = state
    mix = (mix ^ mix >> 30) &* 0xBF58_476D_1CE4_E5B9
    mix = (mix ^ mix >> 27) &* 0x94D0_49BB_1331_11EB
    return mix ^ mix >> 31
  }
}
