/// The JSON line of a record, as `CONTRACT` of the command line has it: fixed keys in a fixed order, null where the
/// source has nothing.
extension EventRecord {
  /// Appends `{"file":…}` and a line feed. `file` is shown as given.
  public func appendJSONLine(file: String, to sink: inout ByteSink) {
    sink.append("{\"file\":")
    sink.appendJSONString(file)
    sink.append(",\"recordId\":")
    switch recordID {
    case .number(let number): sink.appendDecimal(number)
    case .ordinal(let position): sink.appendJSONString("#\(position)")
    }
    append("time", time, to: &sink)
    append("host", host, to: &sink)
    append("channel", channel, to: &sink)
    append("provider", provider, to: &sink)
    append("eventId", eventID, to: &sink)
    append("version", version, to: &sink)
    append("level", level, to: &sink)
    append("task", task, to: &sink)
    append("opcode", opcode, to: &sink)
    append("keywords", keywords, to: &sink)
    append("processId", processID, to: &sink)
    append("threadId", threadID, to: &sink)
    append("userSid", userSID, to: &sink)
    append("activityId", activityID, to: &sink)
    sink.append(",\"system\":")
    EventValue.object(system).appendJSON(to: &sink)
    sink.append(",\"data\":")
    EventValue.object(data).appendJSON(to: &sink)
    appendTail(to: &sink)
    sink.append("}\n")
  }

  private func appendTail(to sink: inout ByteSink) {
    sink.append(recovery == nil ? ",\"recovered\":false" : ",\"recovered\":true")
    if let recovery {
      sink.append(",\"offset\":")
      sink.appendDecimal(Int64(recovery.offset))
      append("recoveredFrom", recovery.source, to: &sink)
      append("template", recovery.template, to: &sink)
    }
    if let logRecordID {
      sink.append(",\"logRecordId\":")
      sink.appendDecimal(logRecordID)
    }
    if !renderingInfo.isEmpty {
      sink.append(",\"renderingInfo\":")
      EventValue.object(renderingInfo).appendJSON(to: &sink)
    }
    if let written = recovery?.writtenTime { append("writtenTime", written, to: &sink) }
    if let original {
      append("shape", original.shape, to: &sink)
      sink.append(",\"original\":")
      if original.isJSON { sink.append(original.text) } else { sink.appendJSONString(original.text) }
    }
  }

  private func append(_ key: StaticString, _ text: String?, to sink: inout ByteSink) {
    appendKey(key, to: &sink)
    if let text { sink.appendJSONString(text) } else { sink.append("null") }
  }

  private func append(_ key: StaticString, _ number: UInt32?, to sink: inout ByteSink) {
    appendKey(key, to: &sink)
    if let number { sink.appendDecimal(UInt64(number)) } else { sink.append("null") }
  }

  private func appendKey(_ key: StaticString, to sink: inout ByteSink) {
    sink.append(",\"")
    sink.append(key)
    sink.append("\":")
  }
}

extension EventValue {
  /// The value as JSON. Numbers that JSON cannot hold (infinities, NaN) become strings.
  public func appendJSON(to sink: inout ByteSink) {
    switch self {
    case .string(let text): sink.appendJSONString(text)
    case .integer(let number): sink.appendDecimal(number)
    case .unsigned(let number): sink.appendDecimal(number)
    case .double(let number):
      if number.isFinite { sink.append("\(number)") } else { sink.appendJSONString("\(number)") }
    case .float(let number): if number.isFinite { sink.append("\(number)") } else { sink.appendJSONString("\(number)") }
    case .boolean(let flag): sink.append(flag ? "true" : "false")
    case .null: sink.append("null")
    case .array(let values):
      sink.append(91)
      for (index, value) in values.enumerated() {
        if index > 0 { sink.append(44) }
        value.appendJSON(to: &sink)
      }
      sink.append(93)
    case .object(let fields):
      sink.append(123)
      for (index, field) in fields.enumerated() {
        if index > 0 { sink.append(44) }
        sink.appendJSONString(field.name)
        sink.append(58)
        field.value.appendJSON(to: &sink)
      }
      sink.append(125)
    }
  }
}
