/// A record as an `<Event>` element, for records that did not come as BinXML.
extension EventRecord {
  /// Appends the element and a line feed; a recovered record is announced by a comment before it.
  public func appendXMLLine(to sink: inout ByteSink) {
    if let recovery {
      sink.append(
        "<!-- recovered from \(recovery.source) at offset \(recovery.offset), template: \(recovery.template) -->")
    }
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
    let allowed = name.unicodeScalars.map { scalar -> Character in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".": Character(scalar)
      // Letters that every edition of XML 1.0 has in names: Latin, kana, Chinese characters, Hangul.
      case "\u{C0}"..."\u{D6}", "\u{D8}"..."\u{F6}", "\u{F8}"..."\u{131}", "\u{3041}"..."\u{3094}",
        "\u{30A1}"..."\u{30FA}", "\u{4E00}"..."\u{9FA5}", "\u{AC00}"..."\u{D7A3}":
        Character(scalar)
      default: "_"
      }
    }
    guard let first = allowed.first else { return "_" }
    return first.isLetter || first == "_" ? String(allowed) : "_" + String(allowed)
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
