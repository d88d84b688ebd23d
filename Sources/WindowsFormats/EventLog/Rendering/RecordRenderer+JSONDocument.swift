/// A whole record as its canonical JSON line.
extension RecordRenderer {
  /// `Event` → recordId, the scalars of System, what else System has, data, tail.
  mutating func emitDocument(_ root: Int) throws(BinXMLFault) {
    guard let event = documentElement(root) else {
      // Content that is no event (a bare value, another root): kept under `data`.
      try emitEmptySystem()
      try emitMembers(root, startsObject: true)
      return try emitTail(renderingInfo: nil)
    }
    let system = child(event, named: "System")
    let parts = systemParts(of: system)
    try emitScalars(parts)
    try literal(",\"system\":{")
    if let system { try emitRestOfSystem(system, parts) }
    try literal("},\"data\":{")
    let renderingInfo = try emitSections(of: event)
    try emitTail(renderingInfo: renderingInfo)
  }

  func documentElement(_ root: Int) -> Int? {
    let first = Int(parser.nodes[root].firstChild)
    guard first >= 0, parser.nodes[first].kind == .element, isNamed(first, "Event") else { return nil }
    return first
  }

  private mutating func emitEmptySystem() throws(BinXMLFault) {
    try emitScalars(systemParts(of: nil))
    try literal(",\"system\":{},\"data\":{")
  }

  /// The children of Event behind System; RenderingInfo is returned for the end of the line.
  private mutating func emitSections(of event: Int) throws(BinXMLFault) -> Int? {
    var renderingInfo: Int?
    var substitutions = 0
    var sections = 0
    var child = Int(parser.nodes[event].firstChild)
    while child >= 0 {
      switch parser.nodes[child].kind {
      case .element where isNamed(child, "System"): break
      case .element where isNamed(child, "RenderingInfo") && renderingInfo == nil: renderingInfo = child
      case .element:
        sections += 1
        try emitDataSection(child)
      case .substitution:
        substitutions += 1
        emit(valueOp(.nestedData, child))
      case .instance: throw .needsExpansion
      default: break
      }
      child = Int(parser.nodes[child].next)
    }
    try emitLooseValues(of: event)
    // Two sources of members might repeat a name: only the record itself can tell.
    if substitutions > 1 || (substitutions == 1 && sections > 0) { throw .needsExpansion }
    return renderingInfo
  }

  /// Values of an expanded record that stand where a section should: kept as text of `data`.
  private mutating func emitLooseValues(of event: Int) throws(BinXMLFault) {
    let values = looseValues(of: event)
    guard !values.isEmpty else { return }
    emit(.comma)
    try literal(values.count == 1 ? "\"#text\":" : "\"#text\":[")
    for (index, value) in values.enumerated() {
      if index > 0 { try literal(",") }
      emit(valueOp(.value, value))
    }
    if values.count > 1 { try literal("]") }
  }

  func looseValues(of event: Int) -> [Int] {
    var values: [Int] = []
    var child = Int(parser.nodes[event].firstChild)
    while child >= 0 {
      if parser.nodes[child].kind == .value && !isAbsent(child) { values.append(child) }
      child = Int(parser.nodes[child].next)
    }
    return values
  }

  private mutating func emitTail(renderingInfo: Int?) throws(BinXMLFault) {
    try literal("}")
    emit(.tail)
    if let renderingInfo {
      try literal(",\"renderingInfo\":")
      try emitElementValue(renderingInfo)
    }
    try literal("}\n")
  }

  // MARK: System

  /// The fixed keys. A part of System that a template lacks is null.
  private mutating func emitScalars(_ parts: SystemParts) throws(BinXMLFault) {
    try emitRecordID(parts)
    try emitScalar(",\"time\":", parts[.timeCreated], .textOrNull)
    try emitScalar(",\"host\":", parts[.computer], .textOrNull)
    try emitScalar(",\"channel\":", parts[.channel], .textOrNull)
    try emitScalar(",\"provider\":", parts[.providerName], .textOrNull)
    try emitScalar(",\"eventId\":", parts[.eventID], .number)
    try emitScalar(",\"version\":", parts[.version], .number)
    try emitScalar(",\"level\":", parts[.level], .number)
    try emitScalar(",\"task\":", parts[.task], .number)
    try emitScalar(",\"opcode\":", parts[.opcode], .number)
    try emitScalar(",\"keywords\":", parts[.keywords], .textOrNull)
    try emitScalar(",\"processId\":", parts[.processID], .number)
    try emitScalar(",\"threadId\":", parts[.threadID], .number)
    try emitScalar(",\"userSid\":", parts[.userID], .textOrNull)
    try emitScalar(",\"activityId\":", parts[.activityID], .textOrNull)
  }

  /// The line's first value; the id of the record's header when System has none.
  private mutating func emitRecordID(_ parts: SystemParts) throws(BinXMLFault) {
    if let node = parts[.recordID] {
      let content = content(of: node)
      if content.isSingleValue { return emit(valueOp(.recordID, content.value)) }
      if content.count > 0, isDecimal(node) {
        let text = parser.nodes[Int(parser.nodes[node].firstChild)]
        return emit(
          RenderingOp(
            kind: .recordID, valueType: BinXMLValueType.string, substitution: RenderingOp.absolute,
            offset: text.offset, length: text.length &* 2))
      }
    }
    emit(RenderingOp(kind: .recordID, substitution: RenderingOp.absolute))
  }

  private mutating func emitScalar(
    _ key: StaticString, _ node: Int?, _ kind: RenderingOp.Kind
  ) throws(BinXMLFault) {
    try literal(key)
    guard let node else { return try literal("null") }
    try emitScalarValue(node, kind)
  }

  private mutating func emitScalarValue(_ node: Int, _ kind: RenderingOp.Kind) throws(BinXMLFault) {
    let content = content(of: node)
    if content.count == 0 { return try literal("null") }
    if content.isSingleValue { return emit(valueOp(kind, content.value)) }
    if content.elements > 0 || content.instances > 0 { throw .needsExpansion }
    if kind == .number, content.values == 0, isDecimal(node) { return try emitTextParts(node) }
    try literal("\"")
    try emitTextParts(node)
    try literal("\"")
  }

  /// One text of one to eighteen decimal digits without a leading zero.
  private func isDecimal(_ node: Int) -> Bool {
    let text = Int(parser.nodes[node].firstChild)
    guard text >= 0, parser.nodes[text].next < 0, parser.nodes[text].kind == .text else { return false }
    return isDecimal(at: Int(parser.nodes[text].offset), unitCount: Int(parser.nodes[text].length))
  }

  func isDecimal(at offset: Int, unitCount: Int) -> Bool {
    guard (1...18).contains(unitCount) else { return false }
    for index in 0..<unitCount {
      guard let unit = parser.view.u16(offset &+ index &* 2), (48...57).contains(unit) else { return false }
    }
    return unitCount == 1 || parser.view.u16(offset) != 48
  }

  /// Attributes and elements of System that have no key of their own, as element → attribute.
  private mutating func emitRestOfSystem(_ system: Int, _ parts: SystemParts) throws(BinXMLFault) {
    var element = Int(parser.nodes[system].firstChild)
    while element >= 0 {
      switch parser.nodes[element].kind {
      case .element:
        if isSystemElement(element) {
          try emitRestOfElement(element, parts)
        } else {
          emit(.comma)
          try emitKey(element)
          try emitElementValue(element)
        }
      case .substitution, .instance: throw .needsExpansion
      default: break
      }
      element = Int(parser.nodes[element].next)
    }
  }

  private mutating func emitRestOfElement(_ element: Int, _ parts: SystemParts) throws(BinXMLFault) {
    var rest: [Int] = []
    var attribute = Int(parser.nodes[element].firstAttribute)
    while attribute >= 0 {
      if !parts.contains(attribute) && !isNamespaceDeclaration(attribute) { rest.append(attribute) }
      attribute = Int(parser.nodes[attribute].next)
    }
    guard !rest.isEmpty else { return }
    let start = literals.count
    literals.append(34)
    try appendName(element, escaping: .json)
    literals.append("\":{")
    emit(RenderingOp(kind: .groupBegin, offset: UInt32(start), length: UInt32(literals.count &- start)))
    for attribute in rest { try emitAttribute(attribute) }
    emit(.groupEnd)
  }
}
