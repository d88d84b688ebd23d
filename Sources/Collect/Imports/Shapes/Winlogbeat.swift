internal import WindowsFormats

/// Winlogbeat 6 (fields at the top), 7 and 8 (under `winlog`), Elastic documents with dotted keys, and the `fields`
/// form of search results, where every value is an array.
enum Winlogbeat {
  private static let winlogFields: KeyTable<SystemMember> = KeyTable([
    "channel": .channel, "log_name": .channel, "provider_name": .provider, "source_name": .provider,
    "provider_guid": .guid("Provider.Guid"), "event_id": .eventID, "record_id": .recordID, "record_number": .recordID,
    "computer_name": .host, "version": .version, "level": .level, "task": .task, "opcode": .opcode,
    "keywords": .keywords, "process_id": .processID, "thread_id": .threadID, "activity_id": .activityID,
    "related_activity_id": .guid("Correlation.RelatedActivityID"), "time_created": .time, "message": .message,
  ])

  static func read(_ source: [EventField], into record: inout EventRecord) -> Bool {
    let document = nesting(source)
    let winlog = document["winlog"]?.fields
    for field in winlog ?? document {
      if let meaning = winlogFields[field.name] { record.assign(meaning, field.value, key: field.name) }
    }
    readSurroundings(document, winlog: winlog ?? document, into: &record)
    if let data = (winlog ?? document)["event_data"] { readEventData(data, into: &record) }
    if let data = (winlog ?? document)["user_data"]?.fields { readUserData(data, into: &record) }
    return record.isEvent
  }

  /// What later versions moved out of `winlog`, used where `winlog` itself has nothing.
  private static func readSurroundings(
    _ document: [EventField], winlog: [EventField], into record: inout EventRecord
  ) {
    func fill(_ isMissing: Bool, _ field: SystemMember, _ value: EventValue?, _ key: String) {
      if isMissing, let value { record.assign(field, value, key: key) }
    }
    fill(record.time == nil, .time, document["@timestamp"], "@timestamp")
    fill(record.eventID == nil, .eventID, document.at("event", "code"), "event.code")
    fill(record.provider == nil, .provider, document.at("event", "provider"), "event.provider")
    fill(record.processID == nil, .processID, winlog.at("process", "pid"), "process.pid")
    fill(record.threadID == nil, .threadID, winlog.at("process", "thread", "id"), "process.thread.id")
    fill(record.host == nil, .host, document.at("host", "name"), "host.name")
    fill(record.renderingInfo.isEmpty, .message, document["message"], "message")
    if !record.system.contains(where: { $0.name == "level" }) {
      fill(record.level == nil, .level, document.at("log", "level"), "log.level")
    }
    for field in winlog["user"]?.fields ?? [] {
      record.assign(field.name == "identifier" ? .userSID : .other("user." + field.name), field.value, key: field.name)
    }
  }

  /// Classic events have unnamed data, which Winlogbeat calls `param1`, `param2`… A provider with a manifest may use
  /// these names itself, and has a GUID.
  private static func readEventData(_ value: EventValue, into record: inout EventRecord) {
    guard let fields = value.fields, !fields.isEmpty, record.system["Provider.Guid"] == nil else {
      return EventTree.readEventData(value, into: &record)
    }
    let numbered = fields.compactMap { field -> (Int, EventValue)? in
      guard field.name.hasPrefix("param"), let number = Int(field.name.dropFirst(5)) else { return nil }
      return (number, field.value)
    }
    guard numbered.count == fields.count else { return EventTree.readEventData(value, into: &record) }
    record.data.append(EventField("Data", .array(numbered.sorted { $0.0 < $1.0 }.map(\.1))))
  }

  /// `xml_name` is the element that the other members stand under.
  private static func readUserData(_ fields: [EventField], into record: inout EventRecord) {
    guard let name = fields["xml_name"]?.string else {
      record.data += fields
      return
    }
    record.data.append(EventField(name, .object(fields.filter { $0.name != "xml_name" })))
  }

  // MARK: Dotted keys

  /// Objects in place of dotted keys, and single values in place of arrays of one.
  static func nesting(_ fields: [EventField]) -> [EventField] {
    guard fields.contains(where: { $0.name.hasPrefix("winlog.") }) else { return fields }
    var nest = DottedKeys()
    for field in fields {
      let value: EventValue = if let values = field.value.values, values.count == 1 { values[0] } else { field.value }
      // At most three parts: names of event data may hold dots themselves.
      nest.insert(value, path: field.name.split(separator: ".", maxSplits: 2)[...])
    }
    return nest.fields
  }
}

/// An object that is built from paths of names, in the order of their first parts. Names are found by table: a hostile
/// record may have a million.
private struct DottedKeys {
  private var own: [EventField]
  private var places: [String: Int] = [:]
  /// The objects among `own` that were added to.
  private var inner: [Int: DottedKeys] = [:]

  init(_ fields: [EventField] = []) {
    own = fields
    for (place, field) in fields.enumerated() where places[field.name] == nil { places[field.name] = place }
  }

  var fields: [EventField] {
    var fields = own
    for (place, keys) in inner { fields[place].value = .object(keys.fields) }
    return fields
  }

  /// What a path already has is kept.
  mutating func insert(_ value: EventValue, path: ArraySlice<Substring>) {
    guard let first = path.first.map(String.init) else { return }
    let rest = path.dropFirst()
    guard let place = places[first] else {
      places[first] = own.count
      if !rest.isEmpty { inner[own.count, default: DottedKeys()].insert(value, path: rest) }
      return own.append(EventField(first, rest.isEmpty ? value : .null))
    }
    guard !rest.isEmpty, inner[place] != nil || own[place].value.fields != nil else { return }
    inner[place, default: DottedKeys(own[place].value.fields ?? [])].insert(value, path: rest)
  }
}
