public import WindowsFormats

extension EventRecord {
  /// Appends the record in the form that was asked for.
  func append(as format: EventExport.Format, file: String, to sink: inout ByteSink) {
    switch format {
    case .jsonl: appendJSONLine(file: file, to: &sink)
    case .xml: appendXMLLine(to: &sink)
    case .csv: appendCSVLine(file: file, to: &sink)
    }
  }
}

/// Records as comma-separated values (RFC 4180) for spreadsheets.
extension EventRecord {
  /// The columns; `system` and `data` are JSON.
  public static let csvHeader =
    "file,recordId,time,host,channel,provider,eventId,version,level,task,opcode,keywords,processId,threadId,userSid,activityId,system,data,recovered,offset\r\n"

  /// Appends one line. A cell that a spreadsheet would take for a formula begins with an apostrophe: log text is
  /// whatever an attacker wrote.
  public func appendCSVLine(file: String, to sink: inout ByteSink) {
    let id =
      switch recordID {
      case .number(let number): String(number)
      case .ordinal(let position): "#\(position)"
      }
    for text in [file, id, time ?? "", host ?? "", channel ?? "", provider ?? ""] {
      EventRecord.appendCell(text, to: &sink)
    }
    for number in [eventID, version, level, task, opcode] {
      EventRecord.appendCell(number.map(String.init) ?? "", to: &sink)
    }
    EventRecord.appendCell(keywords ?? "", to: &sink)
    EventRecord.appendCell(processID.map(String.init) ?? "", to: &sink)
    EventRecord.appendCell(threadID.map(String.init) ?? "", to: &sink)
    EventRecord.appendCell(userSID ?? "", to: &sink)
    EventRecord.appendCell(activityID ?? "", to: &sink)
    EventRecord.appendCell(EventRecord.json(system), to: &sink)
    EventRecord.appendCell(EventRecord.json(data), to: &sink)
    EventRecord.appendCell(recovery == nil ? "false" : "true", to: &sink)
    EventRecord.appendCell(recovery.map { String($0.offset) } ?? "", to: &sink, isLast: true)
  }

  private static func json(_ fields: [EventField]) -> String {
    var sink = ByteSink(capacity: 1024)
    EventValue.object(fields).appendJSON(to: &sink)
    return sink.string()
  }

  private static func appendCell(_ text: String, to sink: inout ByteSink, isLast: Bool = false) {
    var cell = text
    if let first = cell.unicodeScalars.first, ["=", "+", "-", "@", "\t", "\r", "|", "%"].contains(first) {
      cell = "'" + cell
    }
    let needsQuotes = cell.utf8.contains { $0 == 44 || $0 == 34 || $0 < 32 }
    if needsQuotes {
      sink.append(34)
      for (index, part) in cell.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
        if index > 0 { sink.append("\"\"") }
        sink.append(String(part))
      }
      sink.append(34)
    } else {
      sink.append(cell)
    }
    if isLast { sink.append("\r\n") } else { sink.append(44) }
  }
}
