internal import WindowsFormats

/// `Get-WinEvent | ConvertTo-Json`.
enum GetWinEvent {
  private static let table: KeyTable<SystemMember> = KeyTable([
    "ProviderName": .provider, "ProviderId": .guid("Provider.Guid"), "Id": .eventID,
    "Qualifiers": .number("EventID.Qualifiers"), "Version": .version, "Level": .level, "Task": .task,
    "Opcode": .opcode, "Keywords": .keywords, "TimeCreated": .time, "RecordId": .recordID,
    "ActivityId": .activityID, "RelatedActivityId": .guid("Correlation.RelatedActivityID"), "ProcessId": .processID,
    "ThreadId": .threadID, "LogName": .channel, "MachineName": .host, "Message": .message,
  ])

  static func read(_ fields: [EventField], into record: inout EventRecord) -> Bool {
    assign(fields, table, into: &record)
    if let sid = fields.at("UserId", "Value") ?? fields["UserId"] { record.assign(.userSID, sid, key: "UserId") }
    if let properties = fields["Properties"]?.values {
      readInserts(properties.map { $0.fields?["Value"] ?? $0 }, into: &record)
    }
    return record.isEvent
  }
}
