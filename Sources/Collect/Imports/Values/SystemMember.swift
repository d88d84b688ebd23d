internal import WindowsFormats

/// An element or attribute of `System` that a source's field stands for.
enum SystemMember: Sendable {
  case recordID, time, host, channel, provider, eventID, version, level, task, opcode, keywords, processID, threadID
  case userSID, activityID
  /// What `EventRecord.system` holds, under this name: a GUID, a number, or anything else.
  case guid(String), number(String), other(String)
  /// The rendered message.
  case message
  /// A shipper's own field, which is no part of the event: it stays in the original text only.
  case envelope
}

extension EventRecord {
  /// Sets what `field` says. A value that cannot be what it should be is kept in `system` under the source's `key`.
  mutating func assign(_ field: SystemMember, _ value: EventValue, key: String) {
    if value == .null { return }
    switch field {
    case .recordID:
      if let number = value.unsignedNumber { recordID = .number(number) } else { keep(value, key) }
    case .time: assignTime(value, key: key)
    case .host: assign(\.host, value, key)
    case .channel: assign(\.channel, value, key)
    case .provider: assign(\.provider, value, key)
    case .userSID: if !value.isBlank { assign(\.userSID, value, key) }
    case .activityID: if !value.isBlank { activityID = value.string.map(canonicalGUID) }
    case .eventID: assign(\.eventID, value, key)
    case .version: assign(\.version, value, key)
    case .task: assign(\.task, value, key)
    case .processID: assign(\.processID, value, key)
    case .threadID: assign(\.threadID, value, key)
    case .level: assignWord(\.level, value, key) { levelNumber($0) }
    case .opcode: assignWord(\.opcode, value, key) { opcodeNumber($0) }
    case .keywords: assignKeywords(value, key: key)
    case .guid(let name): if !value.isBlank { keep(value.string.map { .string(canonicalGUID($0)) } ?? value, name) }
    case .number(let name):
      if !value.isBlank {
        keep(value.unsignedNumber.flatMap { Int64(exactly: $0) }.map { .integer($0) } ?? value, name)
      }
    case .other(let name): keep(value, name)
    case .message: if !value.isBlank { renderingInfo.append(EventField("Message", value)) }
    case .envelope: break
    }
  }

  /// Whether anything says which event this is.
  var isEvent: Bool { eventID != nil || channel != nil || provider != nil }

  mutating func keep(_ value: EventValue, _ name: String) { system.append(EventField(name, value)) }

  private mutating func assign(_ path: WritableKeyPath<EventRecord, String?>, _ value: EventValue, _ key: String) {
    if let text = value.text { self[keyPath: path] = text } else { keep(value, key) }
  }

  private mutating func assign(_ path: WritableKeyPath<EventRecord, UInt32?>, _ value: EventValue, _ key: String) {
    if let number = value.number32 {
      self[keyPath: path] = number
    } else if !value.isBlank {
      keep(value, key)
    }
  }

  /// A number, or a word: the word is kept, and its number used unless the source has one elsewhere.
  private mutating func assignWord(
    _ path: WritableKeyPath<EventRecord, UInt32?>, _ value: EventValue, _ key: String, number: (String) -> UInt32?
  ) {
    if let given = value.number32 {
      self[keyPath: path] = given
    } else if let word = value.string, !word.isEmpty {
      keep(value, key)
      if self[keyPath: path] == nil { self[keyPath: path] = number(word) }
    }
  }

  private mutating func assignTime(_ value: EventValue, key: String) {
    guard let source = SourceTime(value), let text = source.rfc3339() else {
      if !value.isBlank { keep(value, key) }
      return
    }
    time = text
    if source.offsetMinutes == nil { keep(.string("unknown"), "timeZone") }
  }

  private mutating func assignKeywords(_ value: EventValue, key: String) {
    switch value {
    case .integer(let number): keywords = hexadecimal(UInt64(bitPattern: number))
    case .unsigned(let number): keywords = hexadecimal(number)
    case .string(let text):
      if let number = UInt64(numeral: text) ?? Int64(text).map({ UInt64(bitPattern: $0) }) {
        keywords = hexadecimal(number)
      } else if !text.isEmpty {
        keep(value, key)
        if keywords == nil { keywords = keywordMask(text) ?? text }
      }
    case .array(let values) where !values.isEmpty:
      keep(value, key)
      let words = values.compactMap(\.text)
      if keywords == nil {
        keywords = words.count == 1 ? keywordMask(words[0]) ?? words[0] : words.joined(separator: ", ")
      }
    default: break
    }
  }
}

func hexadecimal(_ number: UInt64) -> String { "0x" + String(number, radix: 16) }

/// A GUID without braces in upper case, as the binary form is written; other text as it is.
func canonicalGUID(_ text: String) -> String {
  let inner = text.hasPrefix("{") && text.hasSuffix("}") ? text.dropFirst().dropLast() : Substring(text)
  return inner.utf8.count == 36 ? inner.uppercased() : text
}

/// Level names as Windows, Winlogbeat, NXLog and EvtxECmd write them.
func levelNumber(_ word: String) -> UInt32? {
  switch word.lowercased() {
  case "logalways", "log always", "audit_success", "audit_failure": 0
  case "critical": 1
  case "error": 2
  case "warning", "warn": 3
  case "information", "informational", "info": 4
  case "verbose", "debug": 5
  default: nil
  }
}

/// Opcode names of the system manifest.
func opcodeNumber(_ word: String) -> UInt32? {
  switch word.lowercased() {
  case "info": 0
  case "start": 1
  case "stop": 2
  case "dcstart": 3
  case "dcstop": 4
  case "extension": 5
  case "reply": 6
  case "resume": 7
  case "suspend": 8
  case "send": 9
  case "receive": 240
  default: nil
  }
}

/// The masks of the keywords that stand alone in practice.
func keywordMask(_ word: String) -> String? {
  switch word.lowercased() {
  case "audit success": "0x8020000000000000"
  case "audit failure": "0x8010000000000000"
  case "classic": "0x80000000000000"
  default: nil
  }
}
