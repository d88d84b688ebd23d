internal import WindowsFormats

/// Vector's `windows_event_log` source.
enum VectorSource {
  private static let table: KeyTable<SystemMember> = KeyTable([
    "provider_name": .provider, "provider_guid": .guid("Provider.Guid"), "event_id": .eventID,
    "qualifiers": .number("EventID.Qualifiers"), "version": .version, "level": .level, "level_value": .level,
    "task": .task, "task_name": .other("task_name"), "opcode": .opcode, "opcode_name": .other("opcode_name"),
    "keywords": .keywords, "keyword_names": .other("keyword_names"), "timestamp": .time, "time_created": .time,
    "record_id": .recordID, "activity_id": .activityID,
    "related_activity_id": .guid("Correlation.RelatedActivityID"), "process_id": .processID,
    "thread_id": .threadID, "channel": .channel, "computer": .host, "user_id": .userSID, "message": .message,
  ])

  static func read(_ fields: [EventField], into record: inout EventRecord) -> Bool {
    assign(fields, table, into: &record)
    if let data = fields["event_data"] { EventTree.readEventData(data, into: &record) }
    if let data = fields["user_data"]?.fields { record.data += data }
    if record.data.isEmpty, let inserts = fields["string_inserts"]?.values { readInserts(inserts, into: &record) }
    return record.isEvent
  }
}
