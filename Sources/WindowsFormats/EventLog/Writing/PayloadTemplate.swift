/// The shape of a payload: names and declared types without values. Events of one shape share a template.
enum PayloadTemplate: Hashable, Sendable {
  case eventData(names: [ExactText?], types: [UInt8], hasBinary: Bool)
  case classicEventData
  case userData(ElementShape)

  struct ElementShape: Hashable, Sendable {
    var name: ExactText
    var attributes: [AttributeShape]
    var content: Content

    struct AttributeShape: Hashable, Sendable {
      var name: ExactText
      var text: ExactText
    }

    indirect enum Content: Hashable, Sendable {
      /// The substitution's index follows from the order of the leaves.
      case value(type: UInt8)
      case elements([ElementShape])
    }
  }

  func makeTemplate() throws(EventLogWriter.WriteError) -> BinXMLTemplate {
    switch self {
    case .eventData(let names, let types, let hasBinary):
      return try BinXMLTemplate(PayloadTemplate.eventData(names, types, hasBinary: hasBinary))
    case .classicEventData:
      // What the event log service has: the texts as one array, an unused number, and an optional <Binary>.
      let data = BinXMLContent.substitution(0, type: 0x81, isOptional: true)
      let binary = BinXMLContent.substitution(2, type: EventLogWriter.ValueType.binary.rawValue, isOptional: true)
      return try BinXMLTemplate(
        BinXMLElement(
          "EventData",
          [
            .element(BinXMLElement("Data", dependency: 0, [data])),
            .element(BinXMLElement("Binary", dependency: 2, [binary])),
          ]))
    case .userData(let shape):
      var nextIndex: UInt16 = 0
      return try BinXMLTemplate(PayloadTemplate.element(shape, nextIndex: &nextIndex))
    }
  }

  private static func eventData(_ names: [ExactText?], _ types: [UInt8], hasBinary: Bool) -> BinXMLElement {
    var content: [BinXMLContent] = []
    for (index, (name, type)) in zip(names, types).enumerated() {
      let attributes = name.map { [BinXMLAttribute("Name", .text($0.text))] } ?? []
      content.append(
        .element(
          BinXMLElement(
            "Data", attributes: attributes,
            [.substitution(UInt16(truncatingIfNeeded: index), type: type, isOptional: false)])))
    }
    if hasBinary {
      // One value stands between the last field and the bytes: Windows keeps their number there.
      let index = UInt16(truncatingIfNeeded: names.count + 1)
      let type = EventLogWriter.ValueType.binary.rawValue
      content.append(
        .element(BinXMLElement("Binary", [.substitution(index, type: type, isOptional: false)])))
    }
    return BinXMLElement("EventData", content)
  }

  private static func element(_ shape: ElementShape, nextIndex: inout UInt16) -> BinXMLElement {
    let attributes = shape.attributes.map { BinXMLAttribute($0.name.text, .text($0.text.text)) }
    switch shape.content {
    case .value(let type):
      defer { nextIndex &+= 1 }
      return BinXMLElement(
        shape.name.text, attributes: attributes, [.substitution(nextIndex, type: type, isOptional: false)])
    case .elements(let children):
      var content: [BinXMLContent] = []
      for child in children { content.append(.element(element(child, nextIndex: &nextIndex))) }
      return BinXMLElement(shape.name.text, attributes: attributes, content)
    }
  }
}

/// A payload taken apart: its shape, and its values in the order of the substitutions.
struct PayloadParts {
  var shape: PayloadTemplate?
  var values: [BinXMLValue] = []
  private let terminatesStrings: Bool

  /// Substitution identifiers are 16 bits wide and 0xFFFF means none.
  private static let maximumValueCount = 0xFFFE

  init(_ event: EventLogWriter.Event) throws(EventLogWriter.WriteError) {
    terminatesStrings = event.terminatesStrings
    switch event.payload {
    case .none: break
    case .eventData(let fields, let binary): try take(fields, binary)
    case .classicEventData(let texts, let binary):
      shape = .classicEventData
      try append(.array(of: .string, texts.map { .string($0) }), "Data")
      try append(.uint32(0), "Data")
      try append(binary.map { .binary($0) } ?? .null, "Binary")
    case .userData(let element): shape = .userData(try take(element, depth: 1))
    }
  }

  private mutating func take(
    _ fields: [EventLogWriter.Field], _ binary: [UInt8]?
  ) throws(EventLogWriter.WriteError) {
    guard fields.count <= PayloadParts.maximumValueCount - 2 else {
      throw EventLogWriter.WriteError(.tooManyFields, "EventData")
    }
    values.reserveCapacity(fields.count + 2)
    for field in fields { try append(field.value, field.name ?? "Data") }
    shape = .eventData(
      names: fields.map { $0.name.map { ExactText($0) } },
      types: fields.map { declaredType($0.value, $0.declaredType) },
      hasBinary: binary != nil)
    if let binary {
      try append(.uint32(UInt32(clamping: binary.count)), "Binary")
      try append(.binary(binary), "Binary")
    }
  }

  private mutating func take(
    _ element: EventLogWriter.Element, depth: Int
  ) throws(EventLogWriter.WriteError) -> PayloadTemplate.ElementShape {
    guard depth <= BinXMLTemplate.maximumDepth else {
      throw EventLogWriter.WriteError(.nestedTooDeeply, element.name)
    }
    try check(name: element.name)
    for attribute in element.attributes { try check(name: attribute.name) }
    typealias Attribute = PayloadTemplate.ElementShape.AttributeShape
    var attributes = element.attributes.map { Attribute(name: ExactText($0.name), text: ExactText($0.text)) }
    if let namespace = element.namespace {
      attributes.insert(Attribute(name: ExactText("xmlns"), text: ExactText(namespace)), at: 0)
    }
    switch element.content {
    case .value(let value, let declared):
      try append(value, element.name)
      return .init(
        name: ExactText(element.name), attributes: attributes, content: .value(type: declaredType(value, declared)))
    case .elements(let children):
      var shapes: [PayloadTemplate.ElementShape] = []
      for child in children { shapes.append(try take(child, depth: depth + 1)) }
      return .init(name: ExactText(element.name), attributes: attributes, content: .elements(shapes))
    }
  }

  private mutating func append(
    _ value: EventLogWriter.Value, _ subject: String
  ) throws(EventLogWriter.WriteError) {
    guard values.count < PayloadParts.maximumValueCount else {
      throw EventLogWriter.WriteError(.tooManyFields, subject)
    }
    values.append(try BinXMLValue(value, terminated: terminatesStrings, subject: subject))
  }

  /// A null without a declared type is declared as text, as an event manifest would most likely have it.
  private func declaredType(_ value: EventLogWriter.Value, _ declared: EventLogWriter.ValueType?) -> UInt8 {
    if let declared { return declared.rawValue }
    return value == .null ? EventLogWriter.ValueType.string.rawValue : value.typeByte
  }

  /// Not all of XML's production, but everything that would break the markup around the name.
  private func check(name: String) throws(EventLogWriter.WriteError) {
    let isBroken = name.unicodeScalars.contains { scalar in
      scalar.properties.isWhitespace || scalar.value < 0x20 || "<>&\"'/=".unicodeScalars.contains(scalar)
    }
    if name.isEmpty || isBroken { throw EventLogWriter.WriteError(.invalidName, name) }
  }
}
