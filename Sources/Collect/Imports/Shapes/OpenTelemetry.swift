internal import WindowsFormats

/// The body that the OpenTelemetry Collector's `windowseventlog` receiver makes.
enum OpenTelemetry {
  private static let table: KeyTable<SystemMember> = KeyTable([
    "system_time": .time, "channel": .channel, "computer": .host, "record_id": .recordID, "level": .level,
    "task": .task, "opcode": .opcode, "keywords": .keywords, "version": .version, "message": .message,
  ])

  static func read(_ fields: [EventField], into record: inout EventRecord) -> Bool {
    assign(fields, table, into: &record)
    func set(_ field: SystemMember, _ group: String, _ name: String) {
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
