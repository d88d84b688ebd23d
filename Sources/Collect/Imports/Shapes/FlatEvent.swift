internal import WindowsFormats

/// Everything at the top level: NXLog's `to_json`, the OTRF exports made with it, and look-alikes without `EventTime`.
///
/// Names are compared with their case: `ProcessID` is System's, `ProcessId` the event's own.
enum FlatEvent {
  private enum Meaning: Sendable {
    case system(SystemMember)
    /// NXLog's local time, its time of receipt in the same zone, and Logstash's time of receipt in UTC.
    case eventTime, receivedTime, timestamp
    /// System's process, and the name it moved to when the event has a `ProcessID` of its own.
    case processID, executionProcessID
    /// NXLog's type, or the event's own field of that name.
    case eventType
  }

  private static let meanings: KeyTable<Meaning> = KeyTable([
    "EventTime": .eventTime, "EventReceivedTime": .receivedTime, "@timestamp": .timestamp,
    "TimeCreated": .eventTime, "Hostname": .system(.host), "Computer": .system(.host),
    "ComputerName": .system(.host), "Channel": .system(.channel), "LogName": .system(.channel),
    "SourceName": .system(.provider), "ProviderName": .system(.provider),
    "ProviderGuid": .system(.guid("Provider.Guid")), "EventID": .system(.eventID), "EventCode": .system(.eventID),
    "RecordNumber": .system(.recordID), "EventRecordID": .system(.recordID), "Version": .system(.version),
    "Level": .system(.level), "Severity": .system(.level), "SeverityValue": .system(.other("SeverityValue")),
    "Task": .system(.task), "Category": .system(.other("Category")), "OpcodeValue": .system(.opcode),
    "Opcode": .system(.opcode), "Keywords": .system(.keywords), "ProcessID": .processID,
    "ExecutionProcessID": .executionProcessID, "ThreadID": .system(.threadID),
    "ExecutionThreadID": .system(.threadID), "UserID": .system(.userSID), "ActivityID": .system(.activityID),
    "RelatedActivityID": .system(.guid("Correlation.RelatedActivityID")),
    "AccountName": .system(.other("AccountName")), "AccountType": .system(.other("AccountType")),
    "Domain": .system(.other("Domain")), "EventType": .eventType,
    "EventTypeOrignal": .system(.other("EventTypeOrignal")), "Message": .system(.message),
    "SourceModuleName": .system(.envelope), "SourceModuleType": .system(.envelope), "@version": .system(.envelope),
    "host": .system(.envelope), "port": .system(.envelope), "tags": .system(.envelope), "type": .system(.envelope),
  ])

  static func read(_ fields: [EventField], into record: inout EventRecord, isNXLog: Bool) -> Bool {
    var times = ZoneEvidence()
    var ownProcess: EventValue?
    var isAudit = false
    record.data.reserveCapacity(fields.count)
    for field in fields {
      switch meanings[field.name] {
      // Sysmon's own version (event 4) has the same name, and dots in it.
      case .system(.version) where field.value.string != nil && field.value.number32 == nil: record.data.append(field)
      case .system(let meaning): record.assign(meaning, field.value, key: field.name)
      case .eventTime: times.event = times.event ?? field.value
      case .receivedTime: times.received = field.value
      case .timestamp: times.timestamp = field.value
      case .processID: ownProcess = field.value
      case .executionProcessID: record.assign(.processID, field.value, key: field.name)
      case .eventType where FlatEvent.isEventType(field.value):
        record.keep(field.value, field.name)
        isAudit = field.value.string?.hasPrefix("AUDIT_") == true
      case .eventType, nil:
        if field.name == "UtcTime" { times.utc = field.value }
        let value = isNXLog ? FlatEvent.decodingEntities(field.value) : field.value
        record.data.append(EventField(field.name, value))
      }
    }
    if let ownProcess {
      if record.processID == nil {
        record.assign(.processID, ownProcess, key: "ProcessID")
      } else {
        record.data.append(EventField("ProcessID", ownProcess))
      }
    }
    // Audits have no level; NXLog calls them informational.
    if isAudit { record.level = 0 }
    if record.provider == nil, let index = record.data.firstIndex(where: { $0.name == "Source" }) {
      record.assign(.provider, record.data.remove(at: index).value, key: "Source")
    }
    times.setTime(of: &record)
    return record.isEvent
  }

  private static func isEventType(_ value: EventValue) -> Bool {
    switch value.string {
    case "INFO", "WARNING", "ERROR", "CRITICAL", "VERBOSE", "DEBUG", "AUDIT_SUCCESS", "AUDIT_FAILURE": true
    default: false
    }
  }

  /// NXLog takes values from the rendered XML without decoding it.
  private static func decodingEntities(_ value: EventValue) -> EventValue {
    guard case .string(var text) = value, text.withUTF8({ UnsafeRawBufferPointer($0).index(of: 38, from: 0) }) != nil
    else { return value }
    return .string(decodingXMLEntities(text))
  }
}

/// What a record says about the zone of its local time.
struct ZoneEvidence {
  var event: EventValue?
  var received: EventValue?
  var timestamp: EventValue?
  var utc: EventValue?

  /// The event's time in UTC. Without a zone it follows from two clocks that show the same moment: NXLog's local time of
  /// receipt beside Logstash's in UTC, or the event's time beside Sysmon's `UtcTime`. Else the time is kept as if it
  /// were UTC, and `timeZone` says that this is not known.
  func setTime(of record: inout EventRecord) {
    guard let event, let source = SourceTime(event) else {
      if let event, !event.isBlank { record.keep(event, "EventTime") }
      if let time = (timestamp ?? received).flatMap({ SourceTime($0) }) {
        record.time = time.rfc3339()
        if time.offsetMinutes == nil { record.keep(.string("unknown"), "timeZone") }
      }
      return
    }
    if source.offsetMinutes != nil {
      record.time = source.rfc3339()
    } else if let minutes = offset(of: received, to: timestamp) ?? offset(of: event, to: utc) {
      record.time = source.rfc3339(assumingOffset: minutes)
      record.keep(.string(text(minutes)), "timeZone")
    } else {
      record.time = source.rfc3339()
      record.keep(.string("unknown"), "timeZone")
    }
  }

  /// Minutes between two writings of nearly the same moment: a multiple of a quarter of an hour, give or take two minutes.
  private func offset(of local: EventValue?, to utc: EventValue?) -> Int? {
    guard let local = local.flatMap({ SourceTime($0) }), local.offsetMinutes == nil,
      let utc = utc.flatMap({ SourceTime($0) }), (utc.offsetMinutes ?? 0) == 0,
      let here = local.localSeconds, let there = utc.localSeconds
    else { return nil }
    let seconds = here - there
    guard abs(seconds) <= 15 * 3600 else { return nil }
    let quarters = (seconds + (seconds < 0 ? -450 : 450)) / 900
    return abs(seconds - quarters * 900) <= 120 ? Int(quarters * 15) : nil
  }

  private func text(_ minutes: Int) -> String {
    let hours = String(100 + abs(minutes) / 60).dropFirst()
    let rest = String(100 + abs(minutes) % 60).dropFirst()
    return (minutes < 0 ? "-" : "+") + hours + ":" + rest
  }
}

/// The five entities of XML, once.
func decodingXMLEntities(_ text: String) -> String {
  var result = ""
  var rest = Substring(text)
  while let ampersand = rest.firstIndex(of: "&") {
    result += rest[..<ampersand]
    rest = rest[ampersand...]
    let entities: [(String, Character)] = [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&"),
    ]
    if let (entity, character) = entities.first(where: { rest.hasPrefix($0.0) }) {
      result.append(character)
      rest = rest.dropFirst(entity.count)
    } else {
      result.append("&")
      rest = rest.dropFirst()
    }
  }
  return result + rest
}
