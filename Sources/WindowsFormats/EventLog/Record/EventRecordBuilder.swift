/// Makes an `EventRecord` of an expanded record: the tree path, for whoever wants values and not a line.
///
/// It follows the same rules as the JSON programs and shares nothing with them but the tree, so each checks the other.
extension RecordRenderer {
  /// The record whose BinXML is at `range` of the chunk.
  mutating func eventRecord(_ range: Range<Int>, headerID: UInt64) throws(BinXMLFault) -> EventRecord {
    let root = try expand(range)
    var record = EventRecord(recordID: .number(headerID))
    guard let event = documentElement(root) else {
      record.data = try members(of: root)
      return record
    }
    if let system = child(event, named: "System") { try readSystem(system, headerID, into: &record) }
    var section = Int(parser.nodes[event].firstChild)
    while section >= 0 {
      if parser.nodes[section].kind == .element && !isNamed(section, "System") {
        if isNamed(section, "RenderingInfo"), record.renderingInfo.isEmpty {
          let value = try elementValue(section)
          if case .object(let fields) = value { record.renderingInfo = fields }
        } else {
          record.data += try sectionFields(section)
        }
      }
      section = Int(parser.nodes[section].next)
    }
    let loose = looseValues(of: event)
    if loose.count == 1 {
      record.data.append(EventField("#text", try nodeValue(loose[0])))
    } else if loose.count > 1 {
      var values: [EventValue] = []
      for node in loose { values.append(try nodeValue(node)) }
      record.data.append(EventField("#text", .array(values)))
    }
    return record
  }

  // MARK: System

  private mutating func readSystem(
    _ system: Int, _ headerID: UInt64, into record: inout EventRecord
  ) throws(BinXMLFault) {
    let parts = systemParts(of: system)
    if let number = recordID(parts[.recordID]) {
      record.recordID = .number(number)
      if number != headerID { record.logRecordID = headerID }
    }
    record.time = try scalar(parts[.timeCreated])
    record.host = try scalar(parts[.computer])
    record.channel = try scalar(parts[.channel])
    record.provider = try scalar(parts[.providerName])
    record.eventID = try number(parts[.eventID])
    record.version = try number(parts[.version])
    record.level = try number(parts[.level])
    record.task = try number(parts[.task])
    record.opcode = try number(parts[.opcode])
    record.keywords = try scalar(parts[.keywords])
    record.processID = try number(parts[.processID])
    record.threadID = try number(parts[.threadID])
    record.userSID = try scalar(parts[.userID])
    record.activityID = try scalar(parts[.activityID])
    try readRestOfSystem(system, parts, into: &record)
  }

  private mutating func readRestOfSystem(
    _ system: Int, _ parts: SystemParts, into record: inout EventRecord
  ) throws(BinXMLFault) {
    var element = Int(parser.nodes[system].firstChild)
    while element >= 0 {
      if parser.nodes[element].kind == .element {
        if isSystemElement(element) {
          let rest = try attributes(of: element) { !parts.contains($0) }
          if !rest.isEmpty { record.system.append(EventField(try nameText(element), .object(rest))) }
        } else {
          record.system.append(EventField(try nameText(element), try elementValue(element)))
        }
      }
      element = Int(parser.nodes[element].next)
    }
  }

  private func recordID(_ node: Int?) -> UInt64? {
    guard let node, let value = onlyChild(of: node) else { return nil }
    let reference = nodeReference(value)
    switch parser.nodes[value].kind {
    case .value: return recordID(reference)
    case .text:
      return recordID(
        ValueReference(type: BinXMLValueType.string, offset: reference.offset, size: reference.size &* 2))
    default: return nil
    }
  }

  /// The number of an element or attribute: of an integer type, or decimal digits. Nil for what 32 bits cannot hold.
  private mutating func number(_ node: Int?) throws(BinXMLFault) -> UInt32? {
    guard let node, let value = onlyChild(of: node) else { return nil }
    let content = parser.nodes[value]
    switch (content.kind, content.valueType) {
    case (.value, BinXMLValueType.int8...BinXMLValueType.uint64): return UInt32(try joinedText(of: node))
    case (.value, BinXMLValueType.string), (.text, _): return recordID(node).flatMap { UInt32(exactly: $0) }
    default: return nil
    }
  }

  private func onlyChild(of node: Int) -> Int? {
    let child = Int(parser.nodes[node].firstChild)
    return child >= 0 && parser.nodes[child].next < 0 ? child : nil
  }

  /// The text of an element or attribute; nil when it is absent or holds a null.
  private mutating func scalar(_ node: Int?) throws(BinXMLFault) -> String? {
    guard let node else { return nil }
    let content = content(of: node)
    if content.count == 0 { return nil }
    if content.isSingleValue, parser.nodes[content.value].valueType == BinXMLValueType.null { return nil }
    return try joinedText(of: node)
  }

  // MARK: Data

  private mutating func sectionFields(_ section: Int) throws(BinXMLFault) -> [EventField] {
    if isNamed(section, "EventData") {
      let own = try attributes(of: section) { _ in true }
      let fields = try dataFields(of: section)
      return (own.isEmpty ? [] : [EventField("#attributes", .object(own))]) + fields
    }
    if isNamed(section, "UserData") {
      let own = try attributes(of: section) { _ in true }
      return (own.isEmpty ? [] : [EventField("#attributes", .object(own))]) + (try members(of: section))
    }
    return [EventField(try nameText(section), try elementValue(section))]
  }

  private mutating func dataFields(of section: Int) throws(BinXMLFault) -> [EventField] {
    let content = content(of: section)
    if content.isSingleValue { return [EventField("#text", try nodeValue(content.value))] }
    var fields = GroupedFields()
    var child = Int(parser.nodes[section].firstChild)
    while child >= 0 {
      if parser.nodes[child].kind == .element {
        let nameNode = try nameNode(ofData: child)
        let isUnnamed = nameNode == child && isNamed(child, "Data")
        fields.add(try nameText(nameNode), try dataValue(child), isArray: isUnnamed, splices: true)
      }
      child = Int(parser.nodes[child].next)
    }
    return fields.finished() + (try looseText(of: section))
  }

  private mutating func dataValue(_ element: Int) throws(BinXMLFault) -> EventValue {
    isNamed(element, "Data") ? try contentValue(element) : try elementValue(element)
  }

  // MARK: Elements

  private mutating func members(of parent: Int) throws(BinXMLFault) -> [EventField] {
    let content = content(of: parent)
    if content.isSingleValue { return [EventField("#text", try nodeValue(content.value))] }
    var fields = GroupedFields()
    var child = Int(parser.nodes[parent].firstChild)
    while child >= 0 {
      if parser.nodes[child].kind == .element {
        fields.add(try nameText(child), try elementValue(child), isArray: false, splices: false)
      }
      child = Int(parser.nodes[child].next)
    }
    return fields.finished()
  }

  private mutating func elementValue(_ element: Int) throws(BinXMLFault) -> EventValue {
    let own = try attributes(of: element) { _ in true }
    let value = try contentValue(element)
    guard !own.isEmpty else { return value }
    var fields = [EventField("#attributes", .object(own))]
    if case .object(let children) = value {
      fields += children
    } else if content(of: element).count > 0 && !isNull(element) {
      fields.append(EventField("#text", value))
    }
    return .object(fields)
  }

  private func isNull(_ element: Int) -> Bool {
    let content = content(of: element)
    return content.isSingleValue && parser.nodes[content.value].valueType == BinXMLValueType.null
  }

  private mutating func contentValue(_ element: Int) throws(BinXMLFault) -> EventValue {
    let content = content(of: element)
    if content.count == 0 { return .string("") }
    if content.isSingleValue { return try nodeValue(content.value) }
    if content.elements > 0 { return .object(try members(of: element) + (try looseText(of: element))) }
    return .string(try joinedText(of: element))
  }

  private mutating func looseText(of element: Int) throws(BinXMLFault) -> [EventField] {
    let content = content(of: element)
    guard content.elements > 0, content.texts > 0 || content.values > 0, hasVisibleText(element) else { return [] }
    return [EventField("#text", .string(try joinedText(of: element)))]
  }

  private mutating func attributes(
    of element: Int, where isWanted: (Int) -> Bool
  ) throws(BinXMLFault) -> [EventField] {
    var fields: [EventField] = []
    var attribute = Int(parser.nodes[element].firstAttribute)
    while attribute >= 0 {
      if !isNamespaceDeclaration(attribute) && isWanted(attribute) {
        let content = content(of: attribute)
        if content.isSingleValue {
          if !isAbsent(content.value) {
            fields.append(EventField(try nameText(attribute), try nodeValue(content.value)))
          }
        } else {
          fields.append(EventField(try nameText(attribute), .string(try joinedText(of: attribute))))
        }
      }
      attribute = Int(parser.nodes[attribute].next)
    }
    return fields
  }

  // MARK: Values

  private mutating func joinedText(of parent: Int) throws(BinXMLFault) -> String {
    let mark = out.count
    let pool = literals.count
    defer {
      out.truncate(to: mark)
      literals.truncate(to: pool)
    }
    var child = Int(parser.nodes[parent].firstChild)
    while child >= 0 {
      if parser.nodes[child].kind == .value {
        try appendText(nodeReference(child), escaping: .none, depth: BinXMLLimits.fragmentDepth)
      } else {
        try appendText(child, escaping: .none)
        out.append(from: literals, at: pool, byteCount: literals.count &- pool)
        literals.truncate(to: pool)
      }
      child = Int(parser.nodes[child].next)
    }
    return out.string(from: mark)
  }

  private func nodeReference(_ node: Int) -> ValueReference {
    let value = parser.nodes[node]
    return ValueReference(type: value.valueType, offset: Int(value.offset), size: Int(value.length))
  }

  private mutating func nodeValue(_ node: Int) throws(BinXMLFault) -> EventValue {
    try eventValue(nodeReference(node))
  }

  private mutating func eventValue(_ value: ValueReference) throws(BinXMLFault) -> EventValue {
    try parser.spend(value.size, at: value.offset)
    if value.type & BinXMLValueType.arrayFlag != 0 {
      var elements: [EventValue] = []
      var position = 0
      while let element = try nextElement(of: value, &position) { elements.append(try eventValue(element)) }
      return .array(elements)
    }
    switch value.type {
    case BinXMLValueType.int8 where value.size > 0:
      return .integer(Int64(Int8(truncatingIfNeeded: try bits(value, width: 1))))
    case BinXMLValueType.int16 where value.size > 0:
      return .integer(Int64(Int16(truncatingIfNeeded: try bits(value, width: 2))))
    case BinXMLValueType.int32 where value.size > 0:
      return .integer(Int64(Int32(truncatingIfNeeded: try bits(value, width: 4))))
    case BinXMLValueType.int64 where value.size > 0: return .integer(Int64(bitPattern: try bits(value, width: 8)))
    case BinXMLValueType.uint8 where value.size > 0: return .unsigned(try bits(value, width: 1))
    case BinXMLValueType.uint16 where value.size > 0: return .unsigned(try bits(value, width: 2))
    case BinXMLValueType.uint32 where value.size > 0: return .unsigned(try bits(value, width: 4))
    case BinXMLValueType.uint64 where value.size > 0: return .unsigned(try bits(value, width: 8))
    case BinXMLValueType.bool where value.size > 0:
      return .boolean(try bits(value, width: value.size >= 4 ? 4 : 1) != 0)
    case BinXMLValueType.real32 where value.size > 0:
      return .float(Float(bitPattern: UInt32(truncatingIfNeeded: try bits(value, width: 4))))
    case BinXMLValueType.real64 where value.size > 0: return .double(Double(bitPattern: try bits(value, width: 8)))
    default:
      let mark = out.count
      defer { out.truncate(to: mark) }
      try appendText(value, escaping: .none, depth: BinXMLLimits.fragmentDepth)
      return .string(out.string(from: mark))
    }
  }
}

/// Fields in order of first appearance; equal names together.
private struct GroupedFields {
  private var fields: [(name: String, values: [EventValue], isArray: Bool, splices: Bool)] = []
  private var indices: [String: Int] = [:]

  mutating func add(_ name: String, _ value: EventValue, isArray: Bool, splices: Bool) {
    guard let index = indices[name] else {
      indices[name] = fields.count
      return fields.append((name, [value], isArray, splices))
    }
    fields[index].values.append(value)
  }

  func finished() -> [EventField] {
    fields.map { field in
      if field.values.count == 1 && !field.isArray { return EventField(field.name, field.values[0]) }
      guard field.splices else { return EventField(field.name, .array(field.values)) }
      // An array among repeated elements stands for several of them.
      let elements = field.values.flatMap { value -> [EventValue] in
        if case .array(let elements) = value { return elements }
        return [value]
      }
      return EventField(field.name, .array(elements))
    }
  }
}
