internal import WindowsFormats

/// The element tree of an event (`System`, `EventData`, `UserData`, `RenderingInfo`) as JSON or XML readers hand it on.
///
/// Attributes are accepted in every form in use: under `#attributes`, with `@`, in a sibling `Name_attributes`, or as
/// plain members; text as the value itself, under `#text`, or under `Value`.
enum EventTree {
  /// Reads the members of `Event`. False when no `System` says what event it is.
  static func read(_ event: [EventField], into record: inout EventRecord) -> Bool {
    guard let system = event["System"]?.fields else { return false }
    readSystem(system, into: &record)
    for field in event {
      switch field.name {
      case "System", "#attributes": break
      case "EventData":
        readEventData(field.value, into: &record, namesAreKeys: system.at("Provider", "@Name") == nil)
      case "UserData": readUserData(field.value, into: &record)
      case "RenderingInfo": readRenderingInfo(field.value, into: &record)
      case "Message": record.assign(.message, field.value, key: "Message")
      default:
        if field.name.hasPrefix("@") || field.name.hasSuffix("_attributes") || field.name == "xmlns" { break }
        record.data.append(EventField(field.name, withoutNamespaces(field.value)))
      }
    }
    return record.isEvent
  }

  // MARK: System

  private static let systemFields: KeyTable<SystemMember> = KeyTable([
    "Provider": .provider, "Provider.Name": .provider, "Provider.Guid": .guid("Provider.Guid"), "EventID": .eventID,
    "EventID.Qualifiers": .number("EventID.Qualifiers"), "Version": .version, "Level": .level, "Task": .task,
    "Opcode": .opcode, "Keywords": .keywords, "TimeCreated": .time, "TimeCreated.SystemTime": .time,
    "EventRecordID": .recordID, "Correlation.ActivityID": .activityID,
    "Correlation.RelatedActivityID": .guid("Correlation.RelatedActivityID"), "Execution.ProcessID": .processID,
    "Execution.ThreadID": .threadID, "Execution.ProcessorID": .number("Execution.ProcessorID"),
    "Execution.SessionID": .number("Execution.SessionID"), "Execution.KernelTime": .number("Execution.KernelTime"),
    "Execution.UserTime": .number("Execution.UserTime"),
    "Execution.ProcessorTime": .number("Execution.ProcessorTime"), "Channel": .channel, "Computer": .host,
    "Security.UserID": .userSID,
  ])

  private static func readSystem(_ system: [EventField], into record: inout EventRecord) {
    for field in system {
      var element = field.name
      if element.hasSuffix("_attributes") { element.removeLast("_attributes".count) }
      guard let members = field.value.fields else {
        assign(element, field.value, to: &record)
        continue
      }
      for member in members {
        switch member.name {
        case "#text", "Value": assign(element, member.value, to: &record)
        case "#attributes":
          for attribute in member.value.fields ?? [] {
            assign(element + "." + attribute.name, attribute.value, to: &record)
          }
        default:
          let name = member.name.hasPrefix("@") ? String(member.name.dropFirst()) : member.name
          assign(element + "." + name, member.value, to: &record)
        }
      }
    }
  }

  private static func assign(_ path: String, _ value: EventValue, to record: inout EventRecord) {
    if let field = systemFields[path] {
      record.assign(field, value, key: path)
    } else if !value.isBlank {
      record.keep(value, path)
    }
  }

  // MARK: Data

  /// `EventData` from JSON: names to values, `Data` for what has no name, or a list of `{"@Name", "#text"}`.
  ///
  /// Where names are keys, a plain value under `Data` has that name (Microsoft-Client-Licensing-Platform 100 does): what
  /// has none is a list or stands under `#text` there.
  static func readEventData(_ value: EventValue, into record: inout EventRecord, namesAreKeys: Bool = true) {
    var data = FieldCollector()
    switch value {
    case .object(let fields):
      for field in joiningRepeated(fields) {
        switch field.name {
        case "#attributes", "@Name", "Data_attributes", "EventData_attributes":
          let name = field.value.fields?["Name"] ?? field.value
          if name.string != nil { record.keep(name, "EventData.Name") }
        case "Data" where !namesAreKeys || field.value.fields != nil || field.value.values != nil:
          addData(field.value, to: &data)
        default: data.add(field.name, withoutNamespaces(field.value))
        }
      }
    case .array: addData(value, to: &data)
    case .string(let text): if !text.isEmpty { data.addToArray("Data", value) }
    default: break
    }
    record.data += data.fields
  }

  private static func addData(_ value: EventValue, to data: inout FieldCollector) {
    switch value {
    case .array(let values): for value in values { addData(value, to: &data) }
    case .object(let fields):
      let name = fields["@Name"] ?? fields["#attributes"]?.fields?["Name"] ?? fields["Name"]
      let text = fields["#text"] ?? fields["Value"] ?? .string("")
      if let name = name?.string { data.add(name, text) } else { addData(text, to: &data) }
    default: data.addToArray("Data", value)
    }
  }

  /// Dumps that cannot repeat a key number it: `Param`, `Param_1`, `Param_2`. The suffixed ones join the first.
  private static func joiningRepeated(_ fields: [EventField]) -> [EventField] {
    guard fields.contains(where: { $0.name.utf8.last.map { (48...57).contains($0) } == true && $0.name.contains("_") })
    else { return fields }
    var joined: [EventField] = []
    var places: [String: (place: Int, next: Int)] = [:]
    var lists: [Int: [EventValue]] = [:]
    for field in fields {
      if let underscore = field.name.lastIndex(of: "_"),
        let number = Int(field.name[field.name.index(after: underscore)...]),
        let first = places[String(field.name[..<underscore])], first.next == number
      {
        lists[first.place, default: [joined[first.place].value]].append(field.value)
        places[String(field.name[..<underscore])] = (first.place, number + 1)
      } else {
        places[field.name] = (joined.count, 1)
        joined.append(field)
      }
    }
    for (place, values) in lists { joined[place].value = .array(values) }
    return joined
  }

  static func readUserData(_ value: EventValue, into record: inout EventRecord) {
    for field in withoutNamespaces(value).fields ?? [] where field.name != "#attributes" {
      record.data.append(field)
    }
  }

  private static func readRenderingInfo(_ value: EventValue, into record: inout EventRecord) {
    for field in value.fields ?? [] {
      if field.name == "#attributes" {
        record.renderingInfo += field.value.fields ?? []
      } else {
        record.renderingInfo.append(EventField(field.name, field.value))
      }
    }
  }

  /// Drops name space declarations, which every XML tool writes differently.
  static func withoutNamespaces(_ value: EventValue) -> EventValue {
    switch value {
    case .object(let fields):
      var kept: [EventField] = []
      for field in fields where field.name != "@xmlns" && !field.name.hasPrefix("@xmlns:") {
        if field.name == "#attributes", let attributes = field.value.fields {
          let rest = attributes.filter { $0.name != "xmlns" && !$0.name.hasPrefix("xmlns:") }
          if !rest.isEmpty { kept.append(EventField("#attributes", .object(rest))) }
        } else if field.name.hasSuffix("_attributes"), let attributes = field.value.fields {
          let rest = attributes.filter { $0.name != "xmlns" && !$0.name.hasPrefix("xmlns:") }
          if !rest.isEmpty { kept.append(EventField(field.name, .object(rest))) }
        } else {
          kept.append(EventField(field.name, withoutNamespaces(field.value)))
        }
      }
      // With its declaration gone, an element may be plain text or empty.
      if kept.isEmpty && !fields.isEmpty { return .string("") }
      if kept.count == 1, kept[0].name == "#text" { return kept[0].value }
      return .object(kept)
    case .array(let values): return .array(values.map { withoutNamespaces($0) })
    default: return value
    }
  }
}
