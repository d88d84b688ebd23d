internal import WindowsFormats

/// The lines of `yagura events`: everything is already in its place.
enum Canonical {
  static func read(_ fields: [EventField], into record: inout EventRecord) -> Bool {
    guard fields["recordId"] != nil, fields["system"]?.fields != nil, fields["data"]?.fields != nil else {
      return false
    }
    var recovery = EventRecord.Recovery(offset: 0, source: "", template: "")
    var isRecovered = false
    for field in fields {
      let value = field.value
      switch field.name {
      case "recordId": readID(value, into: &record)
      case "time": record.time = value.string
      case "host": record.host = value.string
      case "channel": record.channel = value.string
      case "provider": record.provider = value.string
      case "eventId": record.eventID = value.number32
      case "version": record.version = value.number32
      case "level": record.level = value.number32
      case "task": record.task = value.number32
      case "opcode": record.opcode = value.number32
      case "keywords": record.keywords = value.string
      case "processId": record.processID = value.number32
      case "threadId": record.threadID = value.number32
      case "userSid": record.userSID = value.string
      case "activityId": record.activityID = value.string
      case "system": record.system = value.fields ?? []
      case "data": record.data = value.fields ?? []
      case "recovered": isRecovered = value == .boolean(true)
      case "offset": recovery.offset = value.unsignedNumber.flatMap { Int(exactly: $0) } ?? 0
      case "recoveredFrom": recovery.source = value.string ?? ""
      case "template": recovery.template = value.string ?? ""
      case "writtenTime": recovery.writtenTime = value.string
      case "renderingInfo": record.renderingInfo = value.fields ?? []
      default: break
      }
    }
    if isRecovered { record.recovery = recovery }
    return true
  }

  private static func readID(_ value: EventValue, into record: inout EventRecord) {
    if let number = value.unsignedNumber {
      record.recordID = .number(number)
    } else if let text = value.string, text.hasPrefix("#"), let position = Int(text.dropFirst()) {
      record.recordID = .ordinal(position)
    }
  }
}
