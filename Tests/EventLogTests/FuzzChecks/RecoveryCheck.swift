#if canImport(TestSupport)
  import TestSupport
#endif

@testable import WindowsFormats

/// Recovery from one chunk as lines, as values and as XML, compared. The fuzz target and the tests share it.
struct RecoveryCheck: ~Copyable {
  private var live = EventLogChunkReader(output: .jsonLines)
  private var json = EventLogRecoveryReader(
    output: .jsonLines, wholeCase: TemplatePool(), collectsRecords: true)
  private var xml = EventLogRecoveryReader(output: .xml, wholeCase: TemplatePool())
  private let report: FindingReport

  init(report: @escaping FindingReport) { self.report = report }

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
    checkLines()
    checkXML()
  }

  private func checkLines() {
    if json.lines.map(\.key) != xml.lines.map(\.key) { report("JSON and XML recover other records", []) }
    var start = 0
    for (line, record) in zip(json.lines, json.records) {
      let text = json.withOutput { String(decoding: $0[start..<line.end], as: UTF8.self) }
      start = line.end
      if !text.hasSuffix("}\n") || !text.contains(",\"recovered\":true,\"offset\":") {
        report("a recovered record is not marked", [text])
      }
      var value = ByteSink()
      record.appendJSONLine(file: "fuzz", to: &value)
      if let difference = LineComparison.difference(fast: text, slow: value.string()) {
        report("line and value differ: " + difference, [text, value.string()])
      }
      if line.isRendered == text.contains("\",\"template\":\"none\"") {
        report("a template is claimed and none is named, or the other way round", [text])
      }
    }
    if start != json.outputCount || json.records.count != json.lines.count { report("output without a line", []) }
  }

  private func checkXML() {
    var start = 0
    for line in xml.lines {
      let text = xml.withOutput { String(decoding: $0[start..<line.end], as: UTF8.self) }
      start = line.end
      if !text.hasSuffix("\n") || !text.hasPrefix("<!-- recovered from ") {
        report("a recovered event is not marked", [text])
      }
    }
  }
}
