import WindowsFormats

/// What an event says, by the names that rules have for its values.
struct EventValues {
  private var texts: [String: [String]] = [:]

  init(_ record: EventRecord) {
    record.forEachValue { name, value in
      texts[FieldNumbers.key(name), default: []] += EventValues.texts(of: value)
    }
  }

  /// The first value of a field, or of what a derived field is made from.
  subscript(name: String) -> String? { all(name).first }

  func all(_ name: String) -> [String] {
    if let own = texts[FieldNumbers.key(name)] { return own }
    guard let derived = DerivedField(name: name) else { return [] }
    return derived.value(of: derived.inputs.map { texts[$0]?.first }).map { [$0] } ?? []
  }

  private static func texts(of value: EventValue) -> [String] {
    if case .array(let elements) = value { return elements.flatMap(texts) }
    return value.text.map { [$0] } ?? []
  }
}

/// Makes findings of matched events.
struct FindingBuilder {
  /// Characters of a value that a finding shows; scripts can be megabytes, and stay in the evidence.
  static let maximumValueLength = 4096
  static let summaryLength = 240

  let record: EventRecord
  let values: EventValues
  let evidence: EventEvidence

  /// - Parameter bytes: The record as it stands in the file.
  init(_ record: EventRecord, file: String, offset: Int, bytes: UnsafeRawBufferPointer) {
    self.record = record
    values = EventValues(record)
    evidence = EventEvidence(
      file: file, recordID: record.recordID, channel: record.channel ?? "", eventID: record.eventID ?? 0,
      offset: offset, sha256: SHA256.hexadecimal(of: bytes), isRecovered: record.recovery != nil)
  }

  func finding(_ rule: HuntRule) -> Finding {
    var finding = Finding(
      id: FindingBuilder.id(detector: rule.detector, evidence: [evidence]), detector: rule.detector,
      title: rule.title, level: rule.level)
    finding.behaviours = rule.behaviours
    finding.attack = rule.attack
    finding.tactics = rule.tactics
    finding.time = record.time ?? ""
    finding.host = record.host ?? ""
    finding.user = user
    finding.fields = fields(rule.shownFields)
    finding.summary = summary(finding.fields)
    finding.evidence = [evidence]
    finding.explanation = rule.explanation
    finding.response = rule.response
    return finding
  }

  /// The same for the same detector and the same records, wherever the files lie.
  static func id(detector: String, evidence: [EventEvidence]) -> String {
    let parts = [detector] + evidence.map { "\($0.channel)\u{1F}\($0.recordID)\u{1F}\($0.sha256)" }
    return String(SHA256.hexadecimal(of: parts.joined(separator: "\u{1E}")).prefix(24))
  }

  // MARK: Values

  private func fields(_ names: [String]) -> [FindingField] {
    var fields: [FindingField] = []
    for name in names {
      let texts = values.all(name).filter { !$0.isEmpty }
      guard !texts.isEmpty else { continue }
      let text = FindingBuilder.clipped(texts.joined(separator: ", "), FindingBuilder.maximumValueLength)
      fields.append(FindingField(name: DerivedField(name: name)?.shownName ?? name, value: text))
    }
    return fields
  }

  static func clipped(_ text: String, _ length: Int) -> String {
    guard text.unicodeScalars.count > length else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(length))) + "…"
  }

  /// The account that an event is about: for a logon the one that logged on, else the one that acted.
  var user: String {
    if let user = values["User"], !user.isEmpty { return user }
    let isLogon = record.channel == "Security" && [4624, 4625, 4634, 4647, 4672].contains(record.eventID ?? 0)
    let order = isLogon ? ["Target", "Subject"] : ["Subject", "Target"]
    for prefix in order {
      guard let name = values["\(prefix)UserName"], !name.isEmpty, name != "-" else { continue }
      let domain = values["\(prefix)DomainName"] ?? ""
      return domain.isEmpty || domain == "-" ? name : "\(domain)\\\(name)"
    }
    return record.userSID ?? ""
  }

  /// One line: a process by its command line and its parent, anything else by its values.
  private func summary(_ fields: [FindingField]) -> String {
    if let line = values["CommandLine"], !line.isEmpty {
      let parent = values["ParentImage"] ?? values["ParentProcessName"] ?? ""
      let text = FindingBuilder.clipped(line, 180)
      return parent.isEmpty ? text : "\(text)  ←  \(parent)"
    }
    let parts = fields.prefix(5).map { "\($0.name)=\(FindingBuilder.clipped($0.value, 120))" }
    return FindingBuilder.clipped(parts.joined(separator: "; "), FindingBuilder.summaryLength)
  }
}
