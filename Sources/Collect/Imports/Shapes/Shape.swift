internal import WindowsFormats

/// The shapes of JSON records, by name; the name goes into `EventRecord.Original`.
enum Shape: String, Sendable {
  case canonical = "yagura"
  case evtxDump = "evtx-dump"
  case velociraptor, winlogbeat, nxlog, wazuh, vector
  case flat = "flat-json"
  case evtxECmd = "evtxecmd"
  case fluentBit = "fluent-bit"
  case openTelemetry = "opentelemetry"
  case getWinEvent = "get-winevent"

  /// The shape of an object by the names it has; one pass, no value is looked into but for its kind.
  init?(of fields: [EventField]) {
    var marks: Marks = []
    for field in fields {
      if let mark = Shape.marks[field.name] {
        marks.formUnion(mark)
      } else if field.name.utf8.first == UInt8(ascii: "w") && field.name.hasPrefix("winlog.") {
        marks.formUnion(.winlog)
      }
    }
    guard let shape = Shape.decide(marks, fields) else { return nil }
    self = shape
  }

  private static func decide(_ marks: Marks, _ fields: [EventField]) -> Shape? {
    if marks.contains([.recordID, .data, .system]) { return .canonical }
    if marks.contains(.event), fields.at("Event", "System") != nil { return .evtxDump }
    if marks.contains(.upperSystem), fields["System"]?.fields != nil { return .velociraptor }
    if !marks.isDisjoint(with: [.winlog, .oldBeat]) { return .winlogbeat }
    if marks.contains(.win) || (marks.contains(.data) && fields.at("data", "win") != nil) { return .wazuh }
    if marks.contains(.lowerEventID) {
      let isStructured = fields["event_id"]?.fields != nil || fields["provider"]?.fields != nil
      return isStructured ? .openTelemetry : marks.contains(.lowerChannel) ? .vector : nil
    }
    if marks.contains([.payload, .channel, .camelID]) { return .evtxECmd }
    if marks.contains([.plainID, .logName, .providerName]) { return .getWinEvent }
    if marks.contains([.providerName, .channel]) && marks.isDisjoint(with: .nxlog) { return .fluentBit }
    if marks.contains(.nxlog) && marks.contains(.eventID) { return .nxlog }
    if marks.contains(.eventID) && !marks.isDisjoint(with: [.channel, .logName, .sourceName]) { return .flat }
    return nil
  }

  private struct Marks: OptionSet, Sendable {
    let rawValue: UInt32
    static let recordID = Marks(rawValue: 1)
    static let system = Marks(rawValue: 2)
    static let data = Marks(rawValue: 4)
    static let event = Marks(rawValue: 8)
    static let upperSystem = Marks(rawValue: 16)
    static let winlog = Marks(rawValue: 32)
    static let oldBeat = Marks(rawValue: 64)
    static let win = Marks(rawValue: 128)
    static let lowerEventID = Marks(rawValue: 256)
    static let lowerChannel = Marks(rawValue: 512)
    static let payload = Marks(rawValue: 1024)
    static let channel = Marks(rawValue: 2048)
    static let plainID = Marks(rawValue: 4096)
    static let logName = Marks(rawValue: 8192)
    static let providerName = Marks(rawValue: 16384)
    static let nxlog = Marks(rawValue: 32768)
    static let eventID = Marks(rawValue: 65536)
    static let sourceName = Marks(rawValue: 131_072)
    static let camelID = Marks(rawValue: 262_144)
  }

  private static let marks: KeyTable<Marks> = KeyTable([
    "recordId": .recordID, "system": .system, "data": .data, "Event": .event, "System": .upperSystem,
    "winlog": .winlog, "log_name": .oldBeat, "record_number": .oldBeat, "win": .win, "event_id": .lowerEventID,
    "channel": .lowerChannel, "provider_name": .lowerChannel, "Payload": .payload, "PayloadData1": .payload,
    "MapDescription": .payload, "Channel": .channel, "Id": .plainID, "LogName": .logName,
    "ProviderName": .providerName, "EventTime": .nxlog, "EventReceivedTime": .nxlog, "SourceModuleType": .nxlog,
    "EventID": .eventID, "EventId": .camelID, "EventCode": .eventID, "SourceName": .sourceName, "Source": .sourceName,
  ])
}
