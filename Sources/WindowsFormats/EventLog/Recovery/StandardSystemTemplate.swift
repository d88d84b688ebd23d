/// The two layouts of values that the event log service gives to every record's `System`.
///
/// The templates differ by provider in their text, but their values stand in the same order: so a record that has lost
/// its template still says what happened when, in which process, under which number. Seen in every log of Windows 7 to
/// Server 2022 that was looked at; the types of the values are checked before a layout is believed.
///
/// | index | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 |
/// |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
/// | | Level | Opcode | Task | EventID | Qualifiers | Keywords | SystemTime | ActivityID | ProcessID | ThreadID | EventRecordID | Version | UserID | RelatedActivityID |
///
/// Manifest providers (18 values) go on with provider name, provider GUID, channel and data; classic ones (20 values)
/// with five unused times and numbers and data, and have provider and channel in the text of their template.
enum StandardSystemTemplate {
  static let manifestValueCount = 18
  static let classicValueCount = 20
  /// Where the provider's name stands among the values of a manifest provider.
  static let providerIndex = 14
  static let eventIDIndex = 3
  static let timeIndex = 6
  static let versionIndex = 11

  /// The type that each value must have; null is allowed everywhere.
  private static let commonTypes: [UInt8] = [
    0x04, 0x04, 0x06, 0x06, 0x06, 0x15, 0x11, 0x0F, 0x08, 0x08, 0x0A, 0x04, 0x13, 0x0F,
  ]

  /// Values that no record lacks: without them the layout is not believed.
  private static let required: Set<Int> = [0, 3, 5, 6, 8, 10]

  static func matches(types: [UInt8]) -> Bool {
    for (index, expected) in commonTypes.enumerated() {
      guard index < types.count else { return false }
      if types[index] != expected && (types[index] != 0 || required.contains(index)) { return false }
    }
    switch types.count {
    case manifestValueCount:
      return types[14] == 0x01 && (types[15] == 0x0F || types[15] == 0) && types[16] == 0x01
        && (types[17] == 0x21 || types[17] == 0)
    case classicValueCount: return types[19] == 0x21 || types[19] == 0
    default: return false
    }
  }

  static func definition(valueCount: Int) -> TemplateDefinition {
    valueCount == manifestValueCount ? manifest : classic
  }

  private static let manifest = build(valueCount: manifestValueCount)
  private static let classic = build(valueCount: classicValueCount)

  private static func build(valueCount: Int) -> TemplateDefinition {
    let isManifest = valueCount == manifestValueCount
    var builder = TemplateBuilder()
    builder.element("Event") { event in
      event.element("System") { system in appendSystem(&system, isManifest: isManifest) }
      event.append(.value(index: UInt16(valueCount - 1), type: BinXMLValueType.binXML))
    }
    return builder.finished()
  }

  private static func appendSystem(_ system: inout TemplateBuilder, isManifest: Bool) {
    if isManifest {
      system.element(
        "Provider",
        attributes: [("Name", .value(index: 14, type: 0x01)), ("Guid", .value(index: 15, type: 0x0F))])
    }
    system.element("EventID", attributes: [("Qualifiers", .value(index: 4, type: 0x06))]) {
      $0.append(.value(index: 3, type: 0x06))
    }
    system.element("Version") { $0.append(.value(index: 11, type: 0x04)) }
    system.element("Level") { $0.append(.value(index: 0, type: 0x04)) }
    system.element("Task") { $0.append(.value(index: 2, type: 0x06)) }
    system.element("Opcode") { $0.append(.value(index: 1, type: 0x04)) }
    system.element("Keywords") { $0.append(.value(index: 5, type: 0x15)) }
    system.element("TimeCreated", attributes: [("SystemTime", .value(index: 6, type: 0x11))])
    system.element("EventRecordID") { $0.append(.value(index: 10, type: 0x0A)) }
    system.element(
      "Correlation",
      attributes: [
        ("ActivityID", .value(index: 7, type: 0x0F)), ("RelatedActivityID", .value(index: 13, type: 0x0F)),
      ])
    system.element(
      "Execution",
      attributes: [("ProcessID", .value(index: 8, type: 0x08)), ("ThreadID", .value(index: 9, type: 0x08))])
    if isManifest { system.element("Channel") { $0.append(.value(index: 16, type: 0x01)) } }
    system.element("Security", attributes: [("UserID", .value(index: 12, type: 0x13))])
  }
}
