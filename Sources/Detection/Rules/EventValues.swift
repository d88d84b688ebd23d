import WindowsFormats

/// What the head of an event says, whatever form the event came in.
struct EventHead {
  var recordID: EventRecord.RecordID
  var time: String
  var host: String
  var channel: String
  var eventID: UInt32
  var userSID: String
  var isRecovered: Bool

  init(_ record: EventRecord) {
    recordID = record.recordID
    time = record.time ?? ""
    host = record.host ?? ""
    channel = record.channel ?? ""
    eventID = record.eventID ?? 0
    userSID = record.userSID ?? ""
    isRecovered = record.recovery != nil
  }

  /// - Parameter headerID: The number that the log gave the record, for one that has none of its own.
  init(_ slots: inout EventSlotReader, headerID: UInt64) {
    func text(_ field: SystemField) -> String { slots.slot(of: field.rawValue).map { slots.text(of: $0) } ?? "" }
    func number(_ field: SystemField) -> UInt64? { slots.slot(of: field.rawValue).flatMap { slots.number(of: $0) } }
    recordID = .number(number(.recordID) ?? headerID)
    time = text(.timeCreated)
    host = text(.computer)
    channel = text(.channel)
    eventID = number(.eventID).flatMap { UInt32(exactly: $0) } ?? 0
    userSID = text(.userID)
    isRecovered = false
  }
}

/// The values of an event by the names that rules have for them.
protocol EventValues {
  /// The values of a field; empty when the event does not have it.
  mutating func all(_ name: String) -> [String]
}

extension EventValues {
  /// The first value of a field.
  subscript(name: String) -> String? {
    mutating get { all(name).first }
  }

  /// The values of a field of the event, or the one that is derived from others.
  mutating func resolved(_ name: String) -> [String] {
    let own = all(name)
    guard own.isEmpty, let derived = DerivedField(name: name) else { return own }
    var inputs: [String?] = []
    for input in derived.inputs { inputs.append(all(input).first) }
    return derived.value(of: inputs).map { [$0] } ?? []
  }
}

/// The values of a record.
struct RecordValues: EventValues {
  private var texts: [String: [String]] = [:]

  init(_ record: EventRecord) {
    record.forEachValue { name, value in
      texts[FieldNumbers.key(name), default: []] += RecordValues.texts(of: value)
    }
  }

  func all(_ name: String) -> [String] { texts[FieldNumbers.key(name)] ?? [] }

  private static func texts(of value: EventValue) -> [String] {
    if case .array(let elements) = value { return elements.flatMap(texts) }
    return value.text.map { [$0] } ?? []
  }
}
