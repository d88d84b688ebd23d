internal import WindowsFormats

/// Fluent Bit's `winevtlog` input. Data is positional in `StringInserts` unless the input was told to make a map.
enum FluentBit {
  private static let table: KeyTable<SystemMember> = KeyTable([
    "ProviderName": .provider, "ProviderGuid": .guid("Provider.Guid"), "Qualifiers": .number("EventID.Qualifiers"),
    "EventID": .eventID, "Version": .version, "Level": .level, "Task": .task, "Opcode": .opcode,
    "Keywords": .keywords, "TimeCreated": .time, "EventRecordID": .recordID, "ActivityID": .activityID,
    "RelatedActivityID": .guid("Correlation.RelatedActivityID"), "ProcessID": .processID, "ThreadID": .threadID,
    "Channel": .channel, "Computer": .host, "UserID": .userSID, "Message": .message,
  ])

  static func read(_ fields: [EventField], into record: inout EventRecord) -> Bool {
    assign(fields, table, into: &record)
    if let data = fields["EventData"]?.fields {
      record.data = data
    } else if let inserts = fields["StringInserts"]?.values {
      readInserts(inserts, into: &record)
    }
    return record.isEvent
  }
}
