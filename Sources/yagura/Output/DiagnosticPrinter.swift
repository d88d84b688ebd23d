internal import Collect
internal import WindowsFormats

/// Prints what was wrong in the evidence to standard error, as sentences or as JSON lines.
struct DiagnosticPrinter {
  enum Form: String, CaseIterable { case text, jsonl }

  /// Sentences shown; a destroyed disk image would otherwise fill the screen.
  static let maximumShown = 50

  let form: Form
  let isQuiet: Bool
  private(set) var losses = 0
  private(set) var count = 0

  init(form: Form, isQuiet: Bool) {
    self.form = form
    self.isQuiet = isQuiet
  }

  mutating func print(_ fault: EventFault) {
    count += 1
    if fault.isLoss { losses += 1 }
    switch form {
    case .jsonl: Terminal.write(DiagnosticPrinter.jsonLine(fault), to: .error)
    case .text: if !isQuiet && count <= DiagnosticPrinter.maximumShown { Terminal.write(sentence(fault), to: .error) }
    }
  }

  func finish() {
    let hidden = count - DiagnosticPrinter.maximumShown
    if form == .text, !isQuiet, hidden > 0 { Terminal.write(Say.moreFaults(hidden).text + "\n", to: .error) }
  }

  private func sentence(_ fault: EventFault) -> String {
    var parts = [Terminal.visible(fault.file)]
    if let offset = fault.offset { parts.append(Say.at(offset: offset).text) }
    if let id = fault.recordID { parts.append(Say.record(id).text) }
    // "a.evtx, file: cannot be read" would say it twice.
    if fault.structure != "file" { parts.append(Say.structure(fault.structure).text) }
    let kind = fault.isLoss ? Say.error.text : Say.warning.text
    return "\(kind): \(parts.joined(separator: Say.comma.text)): "
      + "\(Say.code(fault.code, detail: Terminal.visible(fault.detail)).text)\n"
  }

  /// `{"file","offset","structure","code","message"}`; the message is English whatever the language.
  static func jsonLine(_ fault: EventFault) -> String {
    var sink = ByteSink()
    sink.append("{\"file\":")
    sink.appendJSONString(fault.file)
    sink.append(",\"offset\":")
    if let offset = fault.offset { sink.appendDecimal(Int64(offset)) } else { sink.append("null") }
    sink.append(",\"structure\":")
    sink.appendJSONString(fault.structure)
    sink.append(",\"code\":")
    sink.appendJSONString(fault.code)
    sink.append(",\"message\":")
    sink.appendJSONString(
      "\(Say.structure(fault.structure).en): \(Say.code(fault.code, detail: fault.detail).en)")
    sink.append(",\"recordId\":")
    if let id = fault.recordID { sink.appendDecimal(id) } else { sink.append("null") }
    sink.append(",\"loss\":")
    sink.append(fault.isLoss ? "true" : "false")
    sink.append("}\n")
    return sink.string()
  }
}
