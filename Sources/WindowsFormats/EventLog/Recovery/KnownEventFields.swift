/// The field names of Windows events, for recovered records whose template is nowhere to be found.
///
/// What a provider calls the fields of an event is fixed by its manifest for each event id and version. The table was
/// collected from logs of Windows 7 to Server 2022.
struct KnownEventFields: Sendable {
  private var events: [TemplateResolver.Event: Substring] = [:]

  /// The names of all fields of all events.
  private(set) var names: Set<Substring> = []
  /// The words that they are made of.
  private(set) var words: Set<Substring> = []

  static let shared = KnownEventFields()

  private init() {
    let table = knownEventFieldsTable.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
    var provider = ""
    for line in table.split(separator: "\n") {
      if line.hasPrefix("@") {
        provider = String(line.dropFirst())
        continue
      }
      let columns = line.split(separator: "\t")
      guard columns.count == 3, let eventID = UInt16(columns[0]), let version = UInt8(columns[1]) else { continue }
      events[TemplateResolver.Event(provider: provider, eventID: eventID, version: version)] = columns[2]
      names.formUnion(columns[2].split(separator: ","))
    }
    for name in names { words.formUnion(FieldNameWords.split(String(name)) ?? []) }
  }

  /// A definition of EventData with the known names; nil when the event is unknown or has another number of fields.
  func definition(of event: TemplateResolver.Event, _ valueCount: Int) -> TemplateDefinition? {
    guard let columns = events[event] else { return nil }
    let names = columns.split(separator: ",", omittingEmptySubsequences: false)
    guard names.count == valueCount else { return nil }
    var builder = TemplateBuilder()
    builder.element("EventData") { data in
      for (index, name) in names.enumerated() {
        data.element("Data", attributes: [("Name", .text(String(name)))]) {
          $0.append(.value(index: UInt16(truncatingIfNeeded: index), type: BinXMLValueType.string))
        }
      }
    }
    return builder.finished()
  }
}
