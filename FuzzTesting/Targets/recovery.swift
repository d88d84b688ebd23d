@testable import WindowsFormats

/// The input is a chunk that is surveyed for templates and searched for records that are not live.
@MainActor private var check = RecoveryCheck()

@_cdecl("LLVMFuzzerTestOneInput")
@MainActor public func fuzzRecovery(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  withExactBuffer(UnsafeBufferPointer(start: data, count: count)) { check.run($0) }
  return 0
}

struct RecoveryCheck: ~Copyable {
  private var live = EventLogChunkReader(output: .jsonLines)
  private var json = EventLogRecoveryReader(output: .jsonLines, wholeCase: TemplatePool())
  private var xml = EventLogRecoveryReader(output: .xml, wholeCase: TemplatePool())

  mutating func run(_ bytes: UnsafeRawBufferPointer) {
    live.clearOutput()
    json.clearOutput()
    xml.clearOutput()
    var survey = EventLogSurvey()
    survey.add(bytes, isDirty: false)
    json.begin(file: "fuzz", templates: survey.templates)
    xml.begin(file: "fuzz", templates: survey.templates)
    let hasHeader = live.load(bytes, at: 0, isDirty: false)
    live.renderAll()
    _ = live.takeDiagnostics()
    let kind: EventLogRecoveryReader.Source = hasHeader ? .slack : .damagedChunk
    json.recover(bytes, at: 0, live: live.liveRanges, failed: live.failedRecords, kind: kind)
    xml.recover(bytes, at: 0, live: live.liveRanges, failed: live.failedRecords, kind: kind)
    checkLines(bytes.count)
  }

  private func checkLines(_ byteCount: Int) {
    if json.lines.map(\.key) != xml.lines.map(\.key) { finding("JSON and XML recover other records") }
    var start = 0
    for line in json.lines {
      let text = json.withOutput { String(decoding: $0[start..<line.end], as: UTF8.self) }
      start = line.end
      if !text.hasSuffix("}\n") || !text.contains(",\"recovered\":true,\"offset\":") {
        finding("a recovered record is not marked", text)
      }
      if line.isRendered == text.contains("\",\"template\":\"none\"") {
        finding("a template is claimed and none is named, or the other way round", text)
      }
    }
    if start != json.outputCount { finding("output without a line") }
  }
}
