/// A record as an `<Event>` element, for records that did not come as BinXML.
extension EventRecord {
  /// Appends the element and a line feed; a recovered record is announced by a comment before it.
  public func appendXMLLine(to sink: inout ByteSink) {
    if let recovery { EventRecord.appendComment(recovery, to: &sink) }
    sink.append("<Event xmlns=\"http://schemas.microsoft.com/win/2004/08/events/event\"><System>")
    sink.append("<Provider")
    attribute("Name", provider, to: &sink)
    sink.append("/>")
    element("EventID", eventID.map(String.init), to: &sink)
    element("Version", version.map(String.init), to: &sink)
    element("Level", level.map(String.init), to: &sink)
    element("Task", task.map(String.init), to: &sink)
    element("Opcode", opcode.map(String.init), to: &sink)
    element("Keywords", keywords, to: &sink)
    sink.append("<TimeCreated")
    attribute("SystemTime", time, to: &sink)
    sink.append("/>")
    switch recordID {
    case .number(let number): element("EventRecordID", String(number), to: &sink)
    case .ordinal(let position): element("EventRecordID", "#\(position)", to: &sink)
    }
    sink.append("<Correlation")
    attribute("ActivityID", activityID, to: &sink)
    sink.append("/><Execution")
    attribute("ProcessID", processID.map(String.init), to: &sink)
    attribute("ThreadID", threadID.map(String.init), to: &sink)
    sink.append("/>")
    element("Channel", channel, to: &sink)
    element("Computer", host, to: &sink)
    sink.append("<Security")
    attribute("UserID", userSID, to: &sink)
    sink.append("/></System>")
    appendData(to: &sink)
    sink.append("</Event>\n")
  }

  /// Flat data is EventData; one object alone is UserData's element.
  private func appendData(to sink: inout ByteSink) {
    if data.count == 1, case .object(let children) = data[0].value {
      sink.append("<UserData>")
      appendTree(data[0].name, .object(children), to: &sink)
      return sink.append("</UserData>")
    }
    sink.append("<EventData>")
    for field in data { appendData(field.name, field.value, to: &sink) }
    sink.append("</EventData>")
  }

  private func appendData(_ name: String, _ value: EventValue, to sink: inout ByteSink) {
    if case .array(let values) = value {
      for element in values { appendData(name, element, to: &sink) }
      return
    }
    sink.append("<Data")
    if name != "Data" { attribute("Name", name, to: &sink) }
    sink.append(">")
    appendContent(value, to: &sink)
    sink.append("</Data>")
  }

  private func appendTree(_ name: String, _ value: EventValue, to sink: inout ByteSink) {
    if case .array(let values) = value {
      for element in values { appendTree(name, element, to: &sink) }
      return
    }
    let tag = EventRecord.elementName(name)
    sink.append("<\(tag)>")
    appendContent(value, to: &sink)
    sink.append("</\(tag)>")
  }

  private func appendContent(_ value: EventValue, to sink: inout ByteSink) {
    if case .object(let children) = value {
      for child in children where child.name != "#attributes" {
        if child.name == "#text" {
          sink.appendXMLText(child.value.text ?? "")
        } else {
          appendTree(child.name, child.value, to: &sink)
        }
      }
      return
    }
    sink.appendXMLText(value.text ?? "")
  }

  /// A field name as an element name: names from JSON may hold anything.
  private static func elementName(_ name: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      if scalars.isEmpty && isRestOfName(scalar) { scalars.append("_") }
      scalars.append(isNameStart(scalar) || isRestOfName(scalar) ? scalar : "_")
    }
    return scalars.isEmpty ? "_" : String(scalars)
  }

  /// Letters of the scripts that names come in, as far as all editions of XML 1.0 allow them in names.
  private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "_": true
    default:
      switch scalar.value {
      // Latin, Greek, Cyrillic, kana, Han, Hangul.
      case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x131, 0x391...0x3A1, 0x3A3...0x3CE, 0x410...0x44F, 0x3041...0x3094,
        0x30A1...0x30FA, 0x4E00...0x9FA5, 0xAC00...0xD7A3:
        true
      default: false
      }
    }
  }

  private static func isRestOfName(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", "-", ".", "\u{30FC}": true
    default: false
    }
  }

  /// What announces a recovered record.
  static func appendComment(_ recovery: Recovery, to sink: inout ByteSink) {
    sink.append(
      "<!-- recovered from \(commentWord(recovery.source)) at offset \(recovery.offset), "
        + "template: \(commentWord(recovery.template))")
    if let written = recovery.writtenTime { sink.append(", written: \(commentWord(written))") }
    sink.append(" -->")
  }

  /// A word for a comment. A line that says how it was recovered may say anything, such as the end of the comment.
  private static func commentWord(_ text: String) -> String {
    String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" ? $0 : "_" }).replacing("--", with: "-_")
  }

  private func element(_ name: String, _ text: String?, to sink: inout ByteSink) {
    guard let text else { return }
    sink.append("<\(name)>")
    sink.appendXMLText(text)
    sink.append("</\(name)>")
  }

  private func attribute(_ name: String, _ text: String?, to sink: inout ByteSink) {
    guard let text else { return }
    sink.append(" \(name)=\"")
    sink.appendXMLText(text)
    sink.append("\"")
  }
}
