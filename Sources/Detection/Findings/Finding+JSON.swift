internal import Sigma
public import WindowsFormats

extension Finding {
  /// Appends the finding as one JSON line, keys in the order that the command line contract gives.
  public func appendJSONLine(to sink: inout ByteSink) {
    sink.append("{\"type\":\"finding\",\"id\":")
    sink.appendJSONString(id)
    sink.append(",\"detector\":")
    sink.appendJSONString(detector)
    sink.append(",\"title\":")
    sink.appendJSONString(title.en.isEmpty ? title.ja : title.en)
    sink.append(",\"level\":")
    sink.appendJSONString(level.rawValue)
    sink.append(",\"behaviour\":")
    sink.appendJSONStrings(behaviours)
    sink.append(",\"attack\":")
    sink.appendJSONStrings(attack)
    sink.append(",\"time\":")
    if time.isEmpty { sink.append("null") } else { sink.appendJSONString(time) }
    sink.append(",\"host\":")
    sink.appendJSONString(host)
    sink.append(",\"user\":")
    sink.appendJSONString(user)
    sink.append(",\"summary\":")
    sink.appendJSONString(summary)
    sink.append(",\"evidence\":[")
    for (index, item) in evidence.enumerated() {
      if index > 0 { sink.append(44) }
      item.appendJSON(to: &sink)
    }
    sink.append("],\"fields\":{")
    for (index, field) in fields.enumerated() {
      if index > 0 { sink.append(44) }
      sink.appendJSONString(field.name)
      sink.append(58)
      sink.appendJSONString(field.value)
    }
    sink.append("},\"explanation\":")
    explanation.appendJSON(to: &sink)
    sink.append(",\"response\":")
    response.appendJSON(to: &sink)
    sink.append(",\"tactics\":")
    sink.appendJSONStrings(tactics)
    if !title.ja.isEmpty {
      sink.append(",\"titleJa\":")
      sink.appendJSONString(title.ja)
    }
    sink.append("}\n")
  }
}

extension EventEvidence {
  func appendJSON(to sink: inout ByteSink) {
    sink.append("{\"file\":")
    sink.appendJSONString(file)
    sink.append(",\"recordId\":")
    switch recordID {
    case .number(let number): sink.appendDecimal(number)
    case .ordinal(let position): sink.appendJSONString("#\(position)")
    }
    sink.append(",\"channel\":")
    sink.appendJSONString(channel)
    sink.append(",\"eventId\":")
    sink.appendDecimal(UInt64(eventID))
    sink.append(",\"offset\":")
    sink.appendDecimal(UInt64(max(offset, 0)))
    sink.append(",\"sha256\":")
    sink.appendJSONString(sha256)
    if isRecovered { sink.append(",\"recovered\":true") }
    sink.append(125)
  }
}

extension LocalizedText {
  func appendJSON(to sink: inout ByteSink) {
    sink.append("{\"en\":")
    sink.appendJSONString(en)
    sink.append(",\"ja\":")
    sink.appendJSONString(ja)
    sink.append(125)
  }
}

extension ByteSink {
  mutating func appendJSONStrings(_ texts: [String]) {
    append(91)
    for (index, text) in texts.enumerated() {
      if index > 0 { append(44) }
      appendJSONString(text)
    }
    append(93)
  }
}
