internal import WindowsFormats

/// EvtxECmd's JSON: mapped columns, and the data as JSON text in `Payload`.
enum EvtxECmd {
  private static let table: KeyTable<SystemMember> = KeyTable([
    "Provider": .provider, "EventId": .eventID, "EventRecordId": .recordID, "Level": .level, "Keywords": .keywords,
    "TimeCreated": .time, "ProcessId": .processID, "ThreadId": .threadID, "Channel": .channel, "Computer": .host,
    "UserId": .userSID, "MapDescription": .other("MapDescription"),
  ])

  static func read(_ fields: [EventField], payload: EventValue?, into record: inout EventRecord) -> Bool {
    assign(fields, table, into: &record)
    if let payload = payload?.fields {
      if let data = payload["EventData"] { EventTree.readEventData(data, into: &record, namesAreKeys: false) }
      if let data = payload["UserData"] { EventTree.readUserData(data, into: &record) }
    }
    if record.data.isEmpty {
      // The map's columns are all that is left of the data.
      record.data = fields.filter { $0.name.hasPrefix("PayloadData") && !$0.value.isBlank }
    }
    return record.isEvent
  }
}
