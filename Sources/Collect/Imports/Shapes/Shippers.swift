internal import WindowsFormats

/// Reads fields by a table; what the table does not know is left in the original.
private func read(_ fields: [EventField], _ table: KeyTable<SystemField>, into record: inout EventRecord) {
  for field in fields { if let meaning = table[field.name] { record.assign(meaning, field.value, key: field.name) } }
}

/// Fluent Bit's `winevtlog` input. Data is positional in `StringInserts` unless the input was told to make a map.
enum FluentBit {
  private static let table: KeyTable<SystemField> = KeyTable([
    "ProviderName": .provider, "ProviderGuid": .guid("Provider.Guid"), "Qualifiers": .number("EventID.Qualifiers"),
    "EventID": .eventID, "Version": .version, "Level": .level, "Task": .task, "Opcode": .opcode,
    "Keywords": .keywords, "TimeCreated": .time, "EventRecordID": .recordID, "ActivityID": .activityID,
    "RelatedActivityID": .guid("Correlation.RelatedActivityID"), "ProcessID": .processID, "ThreadID": .threadID,
    "Channel": .channel, "Computer": .host, "UserID": .userSID, "Message": .message,
  ])

  static func read(_ fields: [EventField], into record: inout EventRecord) -> Bool {
    Collect.read(fields, table, into: &record)
    if let data = fields["EventData"]?.fields {
      record.data = data
    } else if let inserts = fields["StringInserts"]?.values {
      readInserts(inserts, into: &record)
    }
    return record.isEvent
  }
}

/// Vector's `windows_event_log` source.
enum VectorSource {
  private static let table: KeyTable<SystemField> = KeyTable([
    "provider_name": .provider, "provider_guid": .guid("Provider.Guid"), "event_id": .eventID,
    "qualifiers": .number("EventID.Qualifiers"), "version": .version, "level": .level, "level_value": .level,
    "task": .task, "task_name": .other("task_name"), "opcode": .opcode, "opcode_name": .other("opcode_name"),
    "keywords": .keywords, "keyword_names": .other("keyword_names"), "timestamp": .time, "time_created": .time,
    "record_id": .recordID, "activity_id": .activityID,
    "related_activity_id": .guid("Correlation.RelatedActivityID"), "process_id": .processID,
    "thread_id": .threadID, "channel": .channel, "computer": .host, "user_id": .userSID, "message": .message,
  ])

  static func read(_ fields: [EventField], into record: inout EventRecord) -> Bool {
    Collect.read(fields, table, into: &record)
    if let data = fields["event_data"] { EventTree.readEventData(data, into: &record) }
    if let data = fields["user_data"]?.fields { record.data += data }
    if record.data.isEmpty, let inserts = fields["string_inserts"]?.values { readInserts(inserts, into: &record) }
    return record.isEvent
  }
}

/// The body that the OpenTelemetry Collector's `windowseventlog` receiver makes.
enum OpenTelemetry {
  private static let table: KeyTable<SystemField> = KeyTable([
    "system_time": .time, "channel": .channel, "computer": .host, "record_id": .recordID, "level": .level,
    "task": .task, "opcode": .opcode, "keywords": .keywords, "version": .version, "message": .message,
  ])

  static func read(_ fields: [EventField], into record: inout EventRecord) -> Bool {
    Collect.read(fields, table, into: &record)
    func set(_ field: SystemField, _ group: String, _ name: String) {
      if let value = fields.at(group, name) { record.assign(field, value, key: group + "." + name) }
    }
    set(.eventID, "event_id", "id")
    set(.number("EventID.Qualifiers"), "event_id", "qualifiers")
    set(.provider, "provider", "name")
    set(.guid("Provider.Guid"), "provider", "guid")
    set(.other("Provider.EventSourceName"), "provider", "event_source")
    set(.processID, "execution", "process_id")
    set(.threadID, "execution", "thread_id")
    set(.userSID, "security", "user_id")
    set(.activityID, "correlation", "activity_id")
    set(.guid("Correlation.RelatedActivityID"), "correlation", "related_activity_id")
    if record.eventID == nil, let value = fields["event_id"] { record.assign(.eventID, value, key: "event_id") }
    if let data = fields["event_data"] { readData(data, into: &record) }
    return record.isEvent
  }

  /// A map with `Data1`, `Data2`… for what has no name; older versions make `{"data": [{"name": "value"}, …]}`.
  private static func readData(_ value: EventValue, into record: inout EventRecord) {
    guard let fields = value.fields else { return }
    if let list = fields["data"]?.values {
      var data = FieldCollector()
      for field in list.flatMap({ $0.fields ?? [] }) {
        if field.name.isEmpty { data.addToArray("Data", field.value) } else { data.add(field.name, field.value) }
      }
      record.data = data.fields
      return
    }
    let isNumbered = !fields.isEmpty && fields.enumerated().allSatisfy { $1.name == "Data\($0 + 1)" }
    record.data = isNumbered ? [EventField("Data", .array(fields.map(\.value)))] : fields
  }

  /// A value of OTLP's JSON form (`{"kvlistValue": …}`) as plain JSON.
  static func plain(_ value: EventValue) -> EventValue {
    guard let fields = value.fields, fields.count == 1, let kind = fields.first else { return value }
    switch kind.name {
    case "stringValue", "boolValue", "doubleValue", "bytesValue": return kind.value
    case "intValue":
      return kind.value.string.flatMap { Int64($0) }.map { .integer($0) } ?? kind.value
    case "arrayValue": return .array((kind.value.fields?["values"]?.values ?? []).map { plain($0) })
    case "kvlistValue":
      let pairs = kind.value.fields?["values"]?.values ?? []
      return .object(
        pairs.compactMap { pair in
          guard let key = pair.fields?["key"]?.string else { return nil }
          return EventField(key, plain(pair.fields?["value"] ?? .null))
        })
    default: return value
    }
  }
}

/// Wazuh's `data.win`: names with their first letter lowered, numbers as text.
enum Wazuh {
  private static let table: KeyTable<SystemField> = KeyTable([
    "providerName": .provider, "providerGuid": .guid("Provider.Guid"),
    "eventSourceName": .other("Provider.EventSourceName"), "eventID": .eventID, "version": .version, "level": .level,
    "task": .task, "opcode": .opcode, "keywords": .keywords, "systemTime": .time, "eventRecordID": .recordID,
    "processID": .processID, "threadID": .threadID, "channel": .channel, "computer": .host,
    "securityUserID": .userSID, "activityID": .activityID, "severityValue": .other("severityValue"),
    "message": .message,
  ])

  static func read(_ win: [EventField], into record: inout EventRecord) -> Bool {
    guard let system = win["system"]?.fields else { return false }
    Collect.read(system, table, into: &record)
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

/// EvtxECmd's JSON: mapped columns, and the data as JSON text in `Payload`.
enum EvtxECmd {
  private static let table: KeyTable<SystemField> = KeyTable([
    "Provider": .provider, "EventId": .eventID, "EventRecordId": .recordID, "Level": .level, "Keywords": .keywords,
    "TimeCreated": .time, "ProcessId": .processID, "ThreadId": .threadID, "Channel": .channel, "Computer": .host,
    "UserId": .userSID, "MapDescription": .other("MapDescription"),
  ])

  static func read(_ fields: [EventField], payload: EventValue?, into record: inout EventRecord) -> Bool {
    Collect.read(fields, table, into: &record)
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

/// `Get-WinEvent | ConvertTo-Json`.
enum GetWinEvent {
  private static let table: KeyTable<SystemField> = KeyTable([
    "ProviderName": .provider, "ProviderId": .guid("Provider.Guid"), "Id": .eventID,
    "Qualifiers": .number("EventID.Qualifiers"), "Version": .version, "Level": .level, "Task": .task,
    "Opcode": .opcode, "Keywords": .keywords, "TimeCreated": .time, "RecordId": .recordID,
    "ActivityId": .activityID, "RelatedActivityId": .guid("Correlation.RelatedActivityID"), "ProcessId": .processID,
    "ThreadId": .threadID, "LogName": .channel, "MachineName": .host, "Message": .message,
  ])

  static func read(_ fields: [EventField], into record: inout EventRecord) -> Bool {
    Collect.read(fields, table, into: &record)
    if let sid = fields.at("UserId", "Value") ?? fields["UserId"] { record.assign(.userSID, sid, key: "UserId") }
    if let properties = fields["Properties"]?.values {
      readInserts(properties.map { $0.fields?["Value"] ?? $0 }, into: &record)
    }
    return record.isEvent
  }
}

/// Values in the order of the manifest, without names: named where the layout is known, else unnamed data.
private func readInserts(_ inserts: [EventValue], into record: inout EventRecord) {
  if let named = WMIActivity.data(fromInserts: inserts, of: record) {
    record.data = [named]
  } else if !inserts.isEmpty {
    record.data = [EventField("Data", .array(inserts))]
  }
}
