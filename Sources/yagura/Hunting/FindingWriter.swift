internal import Collect
internal import Detection
internal import Sigma
internal import WindowsFormats

/// Findings in a form for other programs, one after the other.
struct FindingWriter {
  let format: Hunt.Format

  /// What stands before the findings.
  var header: String {
    switch format {
    case .text, .jsonl: ""
    case .csv: FindingWriter.columns.joined(separator: ",") + "\r\n"
    case .timesketch: ""
    }
  }

  private static let columns = [
    "time", "level", "title", "host", "user", "summary", "behaviour", "attack", "tactics", "detector", "id", "file",
    "recordId", "channel", "eventId", "offset", "sha256", "fields",
  ]

  func append(_ finding: Finding, to sink: inout ByteSink) {
    switch format {
    case .text: break
    case .jsonl: finding.appendJSONLine(to: &sink)
    case .csv: appendCSV(finding, to: &sink)
    case .timesketch: appendTimesketch(finding, to: &sink)
    }
  }

  // MARK: CSV (RFC 4180)

  private func appendCSV(_ finding: Finding, to sink: inout ByteSink) {
    var cells = [finding.time, finding.level.rawValue, finding.title.en, finding.host, finding.user, finding.summary]
    cells += [finding.behaviours, finding.attack, finding.tactics].map { $0.joined(separator: " ") }
    cells += [finding.detector, finding.id]
    let records = finding.evidence.map { FindingWriter.text($0.recordID) }.joined(separator: " ")
    if let first = finding.evidence.first {
      cells += [first.file, records, first.channel, String(first.eventID), String(first.offset), first.sha256]
    } else {
      cells += ["", "", "", "", "", ""]
    }
    cells.append(finding.fields.map { "\($0.name)=\($0.value)" }.joined(separator: "; "))
    for (index, cell) in cells.enumerated() {
      if index > 0 { sink.append(",") }
      CSVCell.append(cell, to: &sink)
    }
    sink.append("\r\n")
  }

  static func text(_ id: EventRecord.RecordID) -> String {
    switch id {
    case .number(let number): String(number)
    case .ordinal(let position): "#\(position)"
    }
  }

  // MARK: Timesketch

  /// JSON lines as Timesketch imports them: `message`, `datetime` and `timestamp_desc` are required, everything else
  /// becomes an attribute of the event (Timesketch documentation, "Import data", JSONL).
  private func appendTimesketch(_ finding: Finding, to sink: inout ByteSink) {
    func member(_ key: StaticString, _ value: String) {
      sink.append(",\"")
      sink.append(key)
      sink.append("\":")
      sink.appendJSONString(value)
    }
    let summary = finding.summary.isEmpty ? "" : ": \(finding.summary)"
    sink.append("{\"message\":")
    sink.appendJSONString("[\(finding.level.rawValue)] \(finding.title.en)\(summary)")
    // An event without a time would be refused; the epoch shows that it has none.
    member("datetime", finding.time.isEmpty ? "1970-01-01T00:00:00Z" : finding.time)
    member("timestamp_desc", "Yagura finding")
    sink.append(",\"tag\":")
    let tags = [finding.level.rawValue] + finding.attack + finding.behaviours
    sink.append("[")
    for (index, tag) in tags.enumerated() {
      if index > 0 { sink.append(",") }
      sink.appendJSONString(tag)
    }
    sink.append("]")
    member("detector", finding.detector)
    member("finding_id", finding.id)
    member("hostname", finding.host)
    member("username", finding.user)
    if let evidence = finding.evidence.first {
      member("source_file", evidence.file)
      member("record_id", FindingWriter.text(evidence.recordID))
      member("channel", evidence.channel)
      member("event_id", String(evidence.eventID))
      member("sha256", evidence.sha256)
    }
    for field in finding.fields {
      sink.append(",")
      sink.appendJSONString("field_\(field.name)")
      sink.append(":")
      sink.appendJSONString(field.value)
    }
    sink.append("}\n")
  }
}
