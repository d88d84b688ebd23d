/// A record as slots: field numbers with the places of their values, for matching without rendering.
///
/// Fields of EventData go by their `Name`, elements of UserData by their path below it and, since rules ask so, by
/// their own name; unnamed `Data` by `Data`. A field that occurs several times has several slots.
extension RecordRenderer {
  mutating func emitDocumentSlots(_ root: Int) throws(BinXMLFault) {
    guard let event = documentElement(root) else { return try emitMemberSlots(root, path: "") }
    if let system = child(event, named: "System") { try emitSystemSlots(system) }
    var child = Int(parser.nodes[event].firstChild)
    while child >= 0 {
      switch parser.nodes[child].kind {
      case .element where isNamed(child, "System"): break
      case .element: try emitSectionSlots(child)
      case .substitution: emit(valueOp(.slotNested, child))
      case .instance: throw .needsExpansion
      default: break
      }
      child = Int(parser.nodes[child].next)
    }
  }

  private mutating func emitSystemSlots(_ system: Int) throws(BinXMLFault) {
    let parts = systemParts(of: system)
    for field in SystemField.allCases {
      if let node = parts[field] { try emitSlot(node, field: field.rawValue) }
    }
  }

  /// The sections of a nested fragment.
  mutating func emitDataSlots(_ parent: Int) throws(BinXMLFault) {
    var child = Int(parser.nodes[parent].firstChild)
    while child >= 0 {
      switch parser.nodes[child].kind {
      case .element: try emitSectionSlots(child)
      case .substitution: emit(valueOp(.slotNested, child))
      case .instance: throw .needsExpansion
      default: break
      }
      child = Int(parser.nodes[child].next)
    }
  }

  private mutating func emitSectionSlots(_ section: Int) throws(BinXMLFault) {
    if isNamed(section, "EventData") {
      try emitAttributeSlots(section, path: "EventData")
      return try emitEventDataSlots(section)
    }
    if isNamed(section, "UserData") { return try emitMemberSlots(section, path: "") }
    try emitElementSlots(section, path: "")
  }

  private mutating func emitEventDataSlots(_ section: Int) throws(BinXMLFault) {
    var child = Int(parser.nodes[section].firstChild)
    while child >= 0 {
      switch parser.nodes[child].kind {
      case .element: try emitSlot(child, field: fields.id(of: try nameText(try nameNode(ofData: child))))
      case .substitution where isNested(child): throw .needsExpansion
      case .substitution, .value: emitSlotValue(child, field: fields.looseText)
      case .instance: throw .needsExpansion
      default: break
      }
      child = Int(parser.nodes[child].next)
    }
  }

  /// Elements below `parent` by path and by name.
  mutating func emitMemberSlots(_ parent: Int, path: String) throws(BinXMLFault) {
    var child = Int(parser.nodes[parent].firstChild)
    while child >= 0 {
      switch parser.nodes[child].kind {
      case .element: try emitElementSlots(child, path: path)
      case .substitution where isNested(child): emit(valueOp(.slotNested, child))
      case .substitution, .value: emitSlotValue(child, field: fields.looseText)
      case .instance: throw .needsExpansion
      default: break
      }
      child = Int(parser.nodes[child].next)
    }
  }

  private mutating func emitElementSlots(_ element: Int, path: String) throws(BinXMLFault) {
    let name = try nameText(element)
    let full = path.isEmpty ? name : path + "." + name
    // Names are shared: long paths cost a log nothing.
    try parser.spend(full.utf8.count, at: Int(parser.nodes[element].offset))
    try emitAttributeSlots(element, path: full)
    if content(of: element).elements > 0 { return try emitMemberSlots(element, path: full) }
    try emitSlot(element, field: fields.id(of: name))
    if full != name { try emitSlot(element, field: fields.id(of: full)) }
  }

  private mutating func emitAttributeSlots(_ element: Int, path: String) throws(BinXMLFault) {
    var attribute = Int(parser.nodes[element].firstAttribute)
    while attribute >= 0 {
      if !isNamespaceDeclaration(attribute) {
        try parser.spend(path.utf8.count, at: Int(parser.nodes[attribute].offset))
        let name = try nameText(attribute)
        try emitSlot(attribute, field: fields.id(of: path + "." + name))
      }
      attribute = Int(parser.nodes[attribute].next)
    }
  }

  /// The content of an element or attribute as one slot.
  private mutating func emitSlot(_ node: Int, field: FieldTable.ID) throws(BinXMLFault) {
    let content = content(of: node)
    if content.isSingleValue { return emitSlotValue(content.value, field: field) }
    if content.elements > 0 || content.instances > 0 {
      if content.instances > 0 { throw .needsExpansion }
      return try emitMemberSlots(node, path: fields.name(of: field))
    }
    if content.values == 0 { return try emitLiteralSlot(node, field: field) }
    try emitJoinedSlot(node, field: field)
  }

  /// Text of the template itself. It goes to the literal pool, so that the program fits other chunks too.
  private mutating func emitLiteralSlot(_ node: Int, field: FieldTable.ID) throws(BinXMLFault) {
    let start = literals.count
    var child = Int(parser.nodes[node].firstChild)
    while child >= 0 {
      try appendText(child, escaping: .none)
      child = Int(parser.nodes[child].next)
    }
    emit(
      RenderingOp(
        kind: .slotLiteral, offset: UInt32(start),
        length: UInt32(literals.count &- start), field: field))
  }

  private mutating func emitSlotValue(_ node: Int, field: FieldTable.ID) {
    var op = valueOp(isNested(node) ? .slotNested : .slot, node)
    op.field = field
    emit(op)
  }

  private mutating func emitJoinedSlot(_ node: Int, field: FieldTable.ID) throws(BinXMLFault) {
    emit(.slotJoinBegin)
    var child = Int(parser.nodes[node].firstChild)
    while child >= 0 {
      switch parser.nodes[child].kind {
      case .substitution, .value: emit(valueOp(.slotJoinValue, child))
      default:
        let start = literals.count
        try appendText(child, escaping: .none)
        emit(
          RenderingOp(kind: .slotJoinText, offset: UInt32(start), length: UInt32(literals.count &- start)))
      }
      child = Int(parser.nodes[child].next)
    }
    emit(RenderingOp(kind: .slotJoinEnd, field: field))
  }

  /// A name as a string; once per template. Strings and tables of them cost more than the text itself.
  mutating func nameText(_ node: Int) throws(BinXMLFault) -> String {
    let name = parser.nodes[node]
    try parser.spend(Int(name.length) &* 4, at: Int(name.offset))
    let mark = out.count
    defer { out.truncate(to: mark) }
    _ = out.appendUTF16(parser.view, at: Int(name.offset), unitCount: Int(name.length), escaping: .none)
    return out.string(from: mark)
  }

  // MARK: Running

  mutating func runSlot(_ op: RenderingOp, _ values: FragmentParser.Values, depth: Int) throws(BinXMLFault) {
    switch op.kind {
    case .slot:
      let value = reference(op, values)
      // What an attribute or System element lacks is absent; an empty field of data is present and empty.
      if value.isAbsent && op.field <= fields.looseText { return }
      slots.append(field: op.field, value)
    case .slotLiteral:
      guard op.length > 0 || op.field > fields.looseText else { return }
      guard literalsArePassing else {
        return slots.append(field: op.field, literalAt: op.offset, length: op.length)
      }
      try parser.spend(Int(op.length), at: 0)
      slots.beginJoin()
      slots.joinedText.append(from: literals, at: Int(op.offset), byteCount: Int(op.length))
      slots.endJoin(field: op.field)
    case .slotJoinBegin: slots.beginJoin()
    case .slotJoinText:
      try parser.spend(Int(op.length), at: 0)
      slots.joinedText.append(from: literals, at: Int(op.offset), byteCount: Int(op.length))
    case .slotJoinValue:
      let mark = out.count
      try appendText(reference(op, values), escaping: .none, depth: depth)
      slots.joinedText.append(from: out, at: mark, byteCount: out.count &- mark)
      out.truncate(to: mark)
    case .slotJoinEnd: slots.endJoin(field: op.field)
    case .slotNested:
      let value = reference(op, values)
      guard op.field > fields.looseText else { return try appendNested(value, role: .data, depth: depth) }
      // The content of a field: a value that is no fragment, or none, is the field's own.
      let count = slots.slots.count
      if value.type == BinXMLValueType.binXML { try appendNested(value, role: .data, depth: depth) }
      guard slots.slots.count == count else { return }
      let isEmpty = value.isAbsent || value.type == BinXMLValueType.binXML
      slots.append(field: op.field, isEmpty ? .null : value)
    default: throw parser.fail(.unsupported, 0)
    }
  }
}
