#if canImport(TestSupport)
  import TestSupport
#endif

@testable import WindowsFormats

/// What a check found: a fuzz target stops with it, a test fails.
typealias FindingReport = (_ text: String, _ parts: [String]) -> Void

/// Everything that reads a chunk, run over the same bytes and compared. The fuzz targets and the tests share it.
///
/// The readers live as long as the process, as a worker's do: what one input leaves in them must not show in the next.
struct ChunkCheck: ~Copyable {
  private var json = EventLogChunkReader(output: .jsonLines)
  private var xml = EventLogChunkReader(output: .xml)
  private var tree = EventLogChunkReader(output: .jsonLines)
  private var slots = EventSlotReader()
  private var scratch = ByteSink()
  private let report: FindingReport

  /// Output of one chunk past this is growth: the limit of the reader, and the record that reached it.
  private static let maximumOutput = BinXMLLimits.workPerChunk &* 3

  init(report: @escaping FindingReport) {
    self.report = report
    json.begin(file: "fuzz")
    xml.begin(file: "fuzz")
  }

  mutating func run(_ bytes: UnsafeRawBufferPointer, isDirty: Bool) {
    json.clearOutput()
    xml.clearOutput()
    let hasHeader = json.load(bytes, at: 0, isDirty: isDirty)
    guard xml.load(bytes, at: 0, isDirty: isDirty) == hasHeader, tree.load(bytes, at: 0, isDirty: isDirty) == hasHeader
    else { return report("readers disagree about the header", []) }
    slots.load(bytes)
    while let record = json.nextRecord() {
      let start = json.outputCount
      let isRendered = json.render(record)
      if !isRendered && json.outputCount != start { report("a record that failed left output", []) }
      xml.render(record)
      let hasSlots = slots.read(record)
      readSlots(hasSlots)
      let value = tree.eventRecord(record)
      if isRendered, let value { compare(value, from: start) }
      if json.outputCount > ChunkCheck.maximumOutput { report("output grew to \(json.outputCount)", []) }
      if xml.outputCount > ChunkCheck.maximumOutput { report("XML grew to \(xml.outputCount)", []) }
    }
    forgetDiagnostics()
  }

  /// The line of the compiled programs against the line of the record as a value.
  private mutating func compare(_ value: EventRecord, from start: Int) {
    scratch.removeAll()
    value.appendJSONLine(file: "fuzz", to: &scratch)
    let line = json.withOutput { String(decoding: $0[start...], as: UTF8.self) }
    let other = scratch.string()
    if let difference = LineComparison.difference(fast: line, slow: other) {
      report("fast and slow path differ: " + difference, [line, other])
    }
  }

  private mutating func readSlots(_ areThere: Bool) {
    guard areThere else { return }
    for index in 0..<min(slots.count, 64) {
      scratch.removeAll()
      slots.appendText(of: slots[index], to: &scratch)
      _ = slots.number(of: slots[index])
      _ = slots.fileTime(of: slots[index])
    }
  }

  private mutating func forgetDiagnostics() {
    for fault in json.takeDiagnostics() where fault.error.offset < 0 { report("a fault before the chunk", []) }
    _ = xml.takeDiagnostics()
    _ = tree.takeDiagnostics()
    if slots.fields.count > 50_000 { slots = EventSlotReader() }
  }
}
