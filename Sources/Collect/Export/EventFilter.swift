public import WindowsFormats

/// Which records are wanted: fields that must have a value, and a span of time.
public struct EventFilter: Sendable {
  /// A field and the values of which it must have one. `*` in a value stands for any run of characters; letter case
  /// is ignored, as Windows does.
  public struct Condition: Sendable, Hashable {
    public var field: String
    public var value: String

    public init(field: String, value: String) {
      self.field = field
      self.value = value
    }

    /// The field as it is compared: `data.Image` is another way to say `image`.
    var canonicalField: String {
      let name = field.lowercased()
      return name.hasPrefix("data.") ? String(name.dropFirst(5)) : name
    }
  }

  public var conditions: [Condition] = []
  /// RFC 3339 times in UTC are compared as text once they have the same form; see `EventTime`.
  public var after: EventTime?
  public var before: EventTime?

  public init(conditions: [Condition] = [], after: EventTime? = nil, before: EventTime? = nil) {
    self.conditions = conditions
    self.after = after
    self.before = before
  }

  public var isEmpty: Bool { conditions.isEmpty && after == nil && before == nil }

  /// Whether the record is wanted. Conditions on the same field are alternatives; different fields must all fit.
  public func accepts(_ record: EventRecord) -> Bool {
    guard accepts(time: record.time) else { return false }
    var decided: [String: Bool] = [:]
    for condition in conditions {
      let field = condition.canonicalField
      if decided[field] == true { continue }
      decided[field] = record.values(of: field).contains { Wildcard.matches($0, pattern: condition.value) }
    }
    return !decided.values.contains(false)
  }

  private func accepts(time text: String?) -> Bool {
    if after == nil && before == nil { return true }
    // A record without a readable time is in no span of time.
    guard let text, let time = EventTime(text) else { return false }
    if let after, time < after { return false }
    if let before, time >= before { return false }
    return true
  }
}

extension EventRecord {
  /// The values of a field by name, letter case ignored: keys of the canonical record, then names in data at any depth,
  /// with or without their path.
  func values(of field: String) -> [String] {
    switch field {
    case "recordid", "eventrecordid":
      switch recordID {
      case .number(let number): return [String(number)]
      case .ordinal(let position): return ["#\(position)"]
      }
    case "time", "timecreated": return time.map { [$0] } ?? []
    case "host", "computer": return host.map { [$0] } ?? []
    case "channel": return channel.map { [$0] } ?? []
    case "provider", "provider_name", "providername": return provider.map { [$0] } ?? []
    case "eventid": return eventID.map { [String($0)] } ?? []
    case "version": return version.map { [String($0)] } ?? []
    case "level": return level.map { [String($0)] } ?? []
    case "task": return task.map { [String($0)] } ?? []
    case "opcode": return opcode.map { [String($0)] } ?? []
    case "keywords": return keywords.map { [$0] } ?? []
    case "usersid": return userSID.map { [$0] } ?? []
    case "activityid": return activityID.map { [$0] } ?? []
    default:
      // ProcessId is a name that many events use in their data too: those come first.
      var found = EventRecord.values(in: .object(data), path: "", field: field)
      if found.isEmpty { found = EventRecord.values(in: .object(system), path: "", field: field) }
      if found.isEmpty, field == "processid" { found = processID.map { [String($0)] } ?? [] }
      if found.isEmpty, field == "threadid" { found = threadID.map { [String($0)] } ?? [] }
      return found
    }
  }

  private static func values(in value: EventValue, path: String, field: String) -> [String] {
    guard case .object(let fields) = value else { return [] }
    var found: [String] = []
    for member in fields {
      let name = member.name.lowercased()
      let full = path.isEmpty ? name : path + "." + name
      if name == field || full == field { found += texts(of: member.value) }
      found += values(in: member.value, path: full, field: field)
    }
    return found
  }

  private static func texts(of value: EventValue) -> [String] {
    switch value {
    case .array(let elements): elements.flatMap(texts)
    case .null: [""]
    default: value.text.map { [$0] } ?? []
    }
  }
}

/// Patterns with `*`.
enum Wildcard {
  static func matches(_ text: String, pattern: String) -> Bool {
    let text = Array(text.lowercased().unicodeScalars)
    let pattern = Array(pattern.lowercased().unicodeScalars)
    var at = 0
    var next = 0
    var star: Int?
    var retry = 0
    while at < text.count {
      if next < pattern.count, pattern[next] == "*" {
        star = next
        retry = at
        next += 1
      } else if next < pattern.count, pattern[next] == text[at] {
        at += 1
        next += 1
      } else if let star {
        retry += 1
        at = retry
        next = star + 1
      } else {
        return false
      }
    }
    return pattern[next...].allSatisfy { $0 == "*" }
  }
}
