import TestSupport
import WindowsFormats

/// What any reader of a written log must find: one JSON line a record, with every element and attribute that has a
/// value as `{"path", "name", "type", "value"}`.
///
/// `type` is the value's type in the file (an array has `[]` after it); the value is its text in the canonical form of
/// event records. The form is for `dev/check-written-logs`.
struct ExpectedRecord: ~Copyable {
  private var sink = ByteSink()
  private var isFirst = true

  static func line(_ event: Event, recordID: UInt64) -> String {
    var record = ExpectedRecord()
    record.sink.append("{\"recordId\":\(recordID),\"fields\":[")
    record.appendSystem(event, recordID)
    record.appendPayload(event.payload)
    record.sink.append("]}\n")
    return record.sink.string()
  }

  private mutating func appendSystem(_ event: Event, _ recordID: UInt64) {
    func add(_ path: String, _ value: Value) { append("System/" + path, nil, value) }
    let isClassic = event.origin == .classic
    add("Provider/@Name", .string(event.provider.name))
    if let guid = event.provider.guid { add("Provider/@Guid", .guid(guid)) }
    if let source = event.provider.eventSourceName { add("Provider/@EventSourceName", .string(source)) }
    add("EventID", .uint16(event.eventID))
    if let qualifiers = event.qualifiers { add("EventID/@Qualifiers", .uint16(qualifiers)) }
    if !isClassic { add("Version", .uint8(event.version)) }
    add("Level", .uint8(event.level))
    add("Task", .uint16(event.task))
    if !isClassic { add("Opcode", .uint8(event.opcode)) }
    add("Keywords", .hexInt64(event.keywords))
    add("TimeCreated/@SystemTime", .fileTime(event.time))
    add("EventRecordID", .uint64(recordID))
    if !isClassic {
      if let activity = event.activityID { add("Correlation/@ActivityID", .guid(activity)) }
      if let related = event.relatedActivityID { add("Correlation/@RelatedActivityID", .guid(related)) }
      add("Execution/@ProcessID", .uint32(event.processID))
      add("Execution/@ThreadID", .uint32(event.threadID))
    }
    add("Channel", .string(event.channel))
    add("Computer", .string(event.computer))
    if let sid = event.userSID { add("Security/@UserID", .sid(sid)) }
  }

  private mutating func appendPayload(_ payload: EventLogWriter.Payload) {
    switch payload {
    case .none: break
    case .eventData(let fields, let binary):
      for field in fields { append("EventData/Data", field.name, field.value) }
      if let binary { append("EventData/Binary", nil, .binary(binary)) }
    case .classicEventData(let texts, let binary):
      append("EventData/Data", nil, .array(of: .string, texts.map { .string($0) }))
      if let binary { append("EventData/Binary", nil, .binary(binary)) }
    case .userData(let root): append(root, "UserData")
    }
  }

  private mutating func append(_ element: EventLogWriter.Element, _ parent: String) {
    let path = parent + "/" + element.name
    for attribute in element.attributes { append(path + "/@" + attribute.name, nil, .string(attribute.text)) }
    switch element.content {
    case .value(let value, _): append(path, nil, value)
    case .elements(let children): for child in children { append(child, path) }
    }
  }

  private mutating func append(_ path: String, _ name: String?, _ value: Value) {
    if !isFirst { sink.append(",") }
    isFirst = false
    sink.append("{\"path\":")
    sink.appendJSONString(path)
    if let name {
      sink.append(",\"name\":")
      sink.appendJSONString(name)
    }
    if case .array(let element, let values) = value {
      sink.append(",\"type\":\"\(element)[]\",\"value\":[")
      for (index, element) in values.enumerated() {
        if index > 0 { sink.append(",") }
        sink.appendJSONString(ExpectedRecord.text(element))
      }
      sink.append("]}")
    } else {
      sink.append(",\"type\":\"\(value.type)\",\"value\":")
      sink.appendJSONString(ExpectedRecord.text(value))
      sink.append("}")
    }
  }

  private static func text(_ value: Value) -> String {
    switch value {
    case .null, .array: ""
    case .string(let text): text
    case .ansiString(let bytes): String(decoding: bytes.map { UInt16($0) }, as: UTF16.self)
    case .int8(let number): "\(number)"
    case .uint8(let number): "\(number)"
    case .int16(let number): "\(number)"
    case .uint16(let number): "\(number)"
    case .int32(let number): "\(number)"
    case .uint32(let number): "\(number)"
    case .int64(let number): "\(number)"
    case .uint64(let number): "\(number)"
    case .float(let number): "\(number)"
    case .double(let number): "\(number)"
    case .bool(let flag): "\(flag)"
    case .binary(let bytes): bytes.map { hex(UInt64($0), digits: 2) }.joined()
    case .guid(let guid): String(guid.bracedText.dropFirst().dropLast()).uppercased()
    case .hexInt32(let number): "0x" + String(number, radix: 16)
    case .hexInt64(let number), .sizeT(let number): "0x" + String(number, radix: 16)
    case .fileTime(let ticks): fileTime(ticks)
    case .systemTime(let time): String(fileTime(time.fileTime ?? 0).dropLast(5)) + "Z"
    case .sid(let sid): "S-1-\(sid.authority)" + sid.subAuthorities.map { "-\($0)" }.joined()
    }
  }

  private static func hex(_ number: UInt64, digits: Int) -> String {
    let text = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }

  private static func fileTime(_ ticks: UInt64) -> String {
    var sink = ByteSink()
    sink.appendFileTime(ticks)
    return sink.string()
  }
}
