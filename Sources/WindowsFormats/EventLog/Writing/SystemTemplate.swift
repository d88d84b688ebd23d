/// The template of an event around its payload: `Event`, `System`, and the place of the payload.
///
/// Substitutions, as Windows numbers them: 0 level, 1 opcode, 2 task, 3 event identifier, 4 qualifiers, 5 keywords,
/// 6 time, 7 activity, 8 process, 9 thread, 10 record identifier, 11 version, 12 user. Events of a tracing session go
/// on with 13 related activity, 14 provider name, 15 provider GUID, 16 channel, 17 payload; the others with
/// 13 to 17 unused, 18 related activity, 19 payload. The computer is text of the template in all of them.
struct SystemTemplate: Hashable, Sendable {
  enum PayloadPlace: Hashable, Sendable { case none, eventData, userData }

  private var origin: EventLogWriter.Event.Origin
  private var computer: ExactText
  private var place: PayloadPlace
  // Only where they are text of the template.
  private var providerName: ExactText?
  private var providerGUID: EventLogWriter.GUID?
  private var channel: ExactText?
  private var eventSourceName: ExactText?

  init(for event: EventLogWriter.Event) {
    origin = event.origin
    computer = ExactText(event.computer)
    switch event.payload {
    case .none: place = .none
    case .eventData, .classicEventData: place = .eventData
    case .userData: place = .userData
    }
    if event.origin != .tracing {
      providerName = ExactText(event.provider.name)
      providerGUID = event.provider.guid
      channel = ExactText(event.channel)
    }
    eventSourceName = event.provider.eventSourceName.map { ExactText($0) }
  }

  private var isTracing: Bool { origin == .tracing }
  private var payloadIndex: UInt16 { isTracing ? 17 : 19 }

  func makeTemplate() throws(EventLogWriter.WriteError) -> BinXMLTemplate {
    var content: [BinXMLContent] = [.element(BinXMLElement("System", systemElements.map { .element($0) }))]
    let payload = BinXMLContent.substitution(payloadIndex, type: BinXMLValue.binXMLType, isOptional: true)
    switch place {
    case .none: break
    case .eventData: content.append(payload)
    case .userData: content.append(.element(BinXMLElement("UserData", dependency: payloadIndex, [payload])))
    }
    return try BinXMLTemplate(
      BinXMLElement(
        "Event", dependency: place == .eventData ? payloadIndex : BinXMLElement.noDependency,
        attributes: [BinXMLAttribute("xmlns", .text("http://schemas.microsoft.com/win/2004/08/events/event"))],
        content))
  }

  private var systemElements: [BinXMLElement] {
    var elements = [providerElement]
    elements.append(
      BinXMLElement("EventID", dependency: 3, attributes: [attribute("Qualifiers", 4, .uint16)], [value(3, .uint16)]))
    if origin != .classic { elements.append(element("Version", 11, .uint8)) }
    elements.append(element("Level", 0, .uint8))
    elements.append(element("Task", 2, .uint16))
    if origin != .classic { elements.append(element("Opcode", 1, .uint8)) }
    elements.append(element("Keywords", 5, .hexInt64))
    elements.append(emptyElement("TimeCreated", attribute("SystemTime", 6, .fileTime)))
    elements.append(element("EventRecordID", 10, .uint64))
    if origin != .classic {
      elements.append(
        emptyElement(
          "Correlation", attribute("ActivityID", 7, .guid),
          attribute("RelatedActivityID", isTracing ? 13 : 18, .guid)))
      elements.append(
        emptyElement("Execution", attribute("ProcessID", 8, .uint32), attribute("ThreadID", 9, .uint32)))
    }
    if let channel {
      elements.append(BinXMLElement("Channel", [.text(channel.text)]))
    } else {
      elements.append(element("Channel", 16, .string))
    }
    elements.append(BinXMLElement("Computer", [.text(computer.text)]))
    elements.append(emptyElement("Security", attribute("UserID", 12, .sid)))
    return elements
  }

  private var providerElement: BinXMLElement {
    var attributes: [BinXMLAttribute] = []
    if let providerName {
      attributes.append(BinXMLAttribute("Name", .text(providerName.text)))
      if let guid = providerGUID { attributes.append(BinXMLAttribute("Guid", .text(guid.bracedText))) }
    } else {
      attributes = [attribute("Name", 14, .string), attribute("Guid", 15, .guid)]
    }
    if let eventSourceName { attributes.append(BinXMLAttribute("EventSourceName", .text(eventSourceName.text))) }
    return BinXMLElement("Provider", attributes: attributes, isEmpty: true)
  }

  private func value(_ index: UInt16, _ type: EventLogWriter.ValueType) -> BinXMLContent {
    .substitution(index, type: type.rawValue, isOptional: true)
  }

  private func element(_ name: String, _ index: UInt16, _ type: EventLogWriter.ValueType) -> BinXMLElement {
    BinXMLElement(name, dependency: index, [value(index, type)])
  }

  private func attribute(_ name: String, _ index: UInt16, _ type: EventLogWriter.ValueType) -> BinXMLAttribute {
    BinXMLAttribute(name, value(index, type))
  }

  private func emptyElement(_ name: String, _ attributes: BinXMLAttribute...) -> BinXMLElement {
    BinXMLElement(name, attributes: attributes, isEmpty: true)
  }
}

extension SystemTemplate {
  /// The values of an event in the order of the substitutions.
  static func values(
    of event: EventLogWriter.Event, recordID: UInt64, payload: BinXMLValue
  ) throws(EventLogWriter.WriteError) -> [BinXMLValue] {
    func optional<Wrapped>(
      _ wrapped: Wrapped?, _ make: (Wrapped) -> EventLogWriter.Value
    ) -> EventLogWriter.Value { wrapped.map(make) ?? .null }

    var values: [EventLogWriter.Value] = [
      .uint8(event.level), .uint8(event.opcode), .uint16(event.task), .uint16(event.eventID),
      optional(event.qualifiers) { .uint16($0) }, .hexInt64(event.keywords), .fileTime(event.time),
      optional(event.activityID) { .guid($0) }, .uint32(event.processID), .uint32(event.threadID), .uint64(recordID),
      .uint8(event.version), optional(event.userSID) { .sid($0) },
    ]
    let related = optional(event.relatedActivityID) { EventLogWriter.Value.guid($0) }
    if event.origin == .tracing {
      values += [related, .string(event.provider.name), optional(event.provider.guid) { .guid($0) }]
      values.append(.string(event.channel))
    } else {
      values += [.null, .null, .null, .null, .null, related]
    }
    var encoded: [BinXMLValue] = []
    encoded.reserveCapacity(values.count + 1)
    for value in values { encoded.append(try BinXMLValue(value, terminated: false, subject: "System")) }
    encoded.append(payload)
    return encoded
  }
}

extension BinXMLValue {
  init(
    _ value: EventLogWriter.Value, terminated: Bool, subject: String
  ) throws(EventLogWriter.WriteError) {
    self.init(type: value.typeByte, bytes: try value.encoded(terminated: terminated, subject: subject))
  }
}
