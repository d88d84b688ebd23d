internal import WindowsFormats

/// Wazuh's `data.win`: names with their first letter lowered, numbers as text.
enum Wazuh {
  private static let table: KeyTable<SystemMember> = KeyTable([
    "providerName": .provider, "providerGuid": .guid("Provider.Guid"),
    "eventSourceName": .other("Provider.EventSourceName"), "eventID": .eventID, "version": .version, "level": .level,
    "task": .task, "opcode": .opcode, "keywords": .keywords, "systemTime": .time, "eventRecordID": .recordID,
    "processID": .processID, "threadID": .threadID, "channel": .channel, "computer": .host,
    "securityUserID": .userSID, "activityID": .activityID, "severityValue": .other("severityValue"),
    "message": .message,
  ])

  static func read(_ win: [EventField], into record: inout EventRecord) -> Bool {
    guard let system = win["system"]?.fields else { return false }
    assign(system, table, into: &record)
    for field in win where field.name != "system" {
      if field.name == "eventdata" {
        EventTree.readEventData(raised(field.value), into: &record)
      } else {
        record.data.append(EventField(raised(field.name), raised(field.value)))
      }
    }
    return record.isEvent
  }

  private static func raised(_ value: EventValue) -> EventValue {
    guard let fields = value.fields else { return value }
    return .object(fields.map { EventField(raised($0.name), raised($0.value)) })
  }

  /// `param1` and its like are lower case in the event itself.
  private static func raised(_ name: String) -> String {
    guard let first = name.first, first.isLowercase, !name.hasPrefix("param") else { return name }
    return first.uppercased() + name.dropFirst()
  }
}
