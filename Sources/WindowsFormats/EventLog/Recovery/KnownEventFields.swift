/// The field names of Windows events, for recovered records whose template is nowhere to be found.
///
/// What a provider calls the fields of an event is fixed by its manifest for each event id and version. The table was
/// collected from logs of Windows 7 to Server 2022.
struct KnownEventFields: Sendable {
  private var events: [Key: Substring] = [:]

  private struct Key: Hashable {
    var provider: String
    var eventID: UInt16
    var version: UInt8
  }

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
      events[Key(provider: provider, eventID: eventID, version: version)] = columns[2]
    }
  }

  /// A definition of EventData with the known names; nil when the event is unknown or has another number of fields.
  func definition(provider: String, eventID: UInt16, version: UInt8, valueCount: Int) -> TemplateDefinition? {
    guard let columns = events[Key(provider: provider, eventID: eventID, version: version)] else { return nil }
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
