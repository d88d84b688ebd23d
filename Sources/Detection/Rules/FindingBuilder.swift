import WindowsFormats

/// Makes findings of one matched event.
struct FindingBuilder<Values: EventValues> {
  let head: EventHead
  var values: Values
  let evidence: EventEvidence
  /// Worked out when the first rule asks.
  private var knownUser: String?
  private var knownProcess: String?

  init(_ head: EventHead, _ values: Values, file: String, offset: Int, bytes: UnsafeRawBufferPointer) {
    self.head = head
    self.values = values
    evidence = EventEvidence(
      file: file, recordID: head.recordID, channel: head.channel, eventID: head.eventID, offset: offset,
      sha256: SHA256.hexadecimal(of: bytes), isRecovered: head.isRecovered)
  }

  mutating func body(_ rule: HuntRule, number: Int) -> FindingBody {
    var body = FindingBody(
      rule: number, id: FindingText.id(detector: rule.detector, evidence: [evidence]), time: head.time,
      host: head.host, user: user())
    body.fields = fields(rule.shownFields)
    body.summary = summary(body.fields)
    body.evidence = [evidence]
    return body
  }

  private mutating func fields(_ names: [String]) -> [FindingField] {
    var fields: [FindingField] = []
    for name in names {
      let texts = values.resolved(name)
      guard let first = texts.first, texts.count > 1 || !first.isEmpty else { continue }
      let text = FindingText.clipped(texts.count == 1 ? first : texts.joined(separator: ", "), FindingText.valueLength)
      fields.append(FindingField(name: DerivedField(name: name)?.shownName ?? name, value: text))
    }
    return fields
  }

  /// The account that an event is about: for a logon the one that logged on, else the one that acted.
  mutating func user() -> String {
    if let knownUser { return knownUser }
    let found = findUser()
    knownUser = found
    return found
  }

  private mutating func findUser() -> String {
    if let user = values["User"], !user.isEmpty { return user }
    let isLogon = head.channel == "Security" && [4624, 4625, 4634, 4647, 4672].contains(head.eventID)
    for prefix in isLogon ? ["Target", "Subject"] : ["Subject", "Target"] {
      guard let name = values["\(prefix)UserName"], !name.isEmpty, name != "-" else { continue }
      let domain = values["\(prefix)DomainName"] ?? ""
      return domain.isEmpty || domain == "-" ? name : "\(domain)\\\(name)"
    }
    return head.userSID
  }

  /// One line: a process by its command line and its parent, anything else by its values.
  private mutating func summary(_ fields: [FindingField]) -> String {
    let process = processSummary()
    return process.isEmpty ? FindingText.summary(fields) : process
  }

  /// Empty when the event is about no process.
  mutating func processSummary() -> String {
    if let knownProcess { return knownProcess }
    var text = ""
    if let line = values["CommandLine"], !line.isEmpty {
      let parent = values["ParentImage"] ?? values["ParentProcessName"] ?? ""
      text = FindingText.clipped(line, 180)
      if !parent.isEmpty { text += "  ←  \(parent)" }
    }
    knownProcess = text
    return text
  }
}

/// The texts of findings.
enum FindingText {
  /// Bytes of a value that a finding shows; scripts can be megabytes, and stay in the evidence.
  static let valueLength = 4096
  static let summaryLength = 240

  /// The text up to `length` bytes of UTF-8, never within a character of it, with `…` for what was cut.
  static func clipped(_ text: String, _ length: Int) -> String {
    let bytes = text.utf8
    guard bytes.count > length else { return text }
    var end = bytes.index(bytes.startIndex, offsetBy: length)
    while end > bytes.startIndex, bytes[end] & 0xC0 == 0x80 { end = bytes.index(before: end) }
    return text[..<end] + "…"
  }

  static func summary(_ fields: [FindingField]) -> String {
    let parts = fields.prefix(5).map { "\($0.name)=\(clipped($0.value, 120))" }
    return clipped(parts.joined(separator: "; "), summaryLength)
  }

  /// The same for the same detector and the same records, wherever the files lie.
  static func id(detector: String, evidence: [EventEvidence]) -> String {
    var sink = ByteSink(capacity: 1024)
    sink.append(detector)
    for item in evidence {
      sink.append(0x1E)
      sink.append(item.channel)
      sink.append(0x1F)
      switch item.recordID {
      case .number(let number): sink.appendDecimal(number)
      case .ordinal(let position):
        sink.append(35)
        sink.appendDecimal(Int64(position))
      }
      sink.append(0x1F)
      sink.append(item.sha256)
    }
    return sink.withBytes { String(SHA256.hexadecimal(of: $0).prefix(24)) }
  }
}
