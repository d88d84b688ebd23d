/// Tokens of content: elements, attributes, text, references, substitutions.
extension FragmentParser {
  /// Parses siblings until the end of the parent's element, the end-of-fragment token or `end`; returns what follows.
  mutating func parseContent(_ start: Int, _ end: Int, parent: Int, _ context: Context) throws(BinXMLFault) -> Int {
    guard context.elementDepth < BinXMLLimits.elementDepth else { throw fail(.limitExceeded, start) }
    var at = start
    while at < end {
      // Tokens that leave no node cost something, too: empty fragments could be nested to any number otherwise.
      try spend(BinXMLLimits.workPerToken, at: at)
      let token = try u8(at)
      switch token {
      case 0x0F: at &+= 4  // fragment header: token, major, minor, flags
      case 0x00: return at &+ 1
      case 0x04: return at &+ 1
      case 0x01, 0x41: at = try parseElement(at, end, parent: parent, context)
      case 0x0C: at = try parseInstance(at, end, parent: parent, context)
      case 0x0A: at = try name(at &+ 1).end
      case 0x0B: at = try counted(at &+ 1).end
      default:
        let next = try parseText(at, end, parent: parent, context)
        guard next > at else { throw fail(.invalidToken, at) }
        at = next
      }
    }
    return at
  }

  // MARK: Names and counted strings

  struct Span {
    /// Offset of the first UTF-16 code unit.
    var offset: Int
    var unitCount: Int
    /// What follows the reference in the content.
    var end: Int
  }

  /// A name reference: an offset to (next 4, hash 2, count 2, UTF-16LE, terminator); inline when it points behind itself.
  mutating func name(_ reference: Int) throws(BinXMLFault) -> Span {
    let offset = Int(try u32(reference))
    let count = Int(try u16(offset &+ 6))
    guard count <= BinXMLLimits.nameLength, view.contains(offset: offset &+ 8, length: count &* 2) else {
      throw fail(.invalidValue, reference)
    }
    if resolver.verifiesNames { try spend(count, at: reference) }
    if resolver.verifiesNames && !hasValidNameHash(offset, unitCount: count) { throw fail(.invalidValue, offset) }
    let end = offset == reference &+ 4 ? reference &+ 14 &+ count &* 2 : reference &+ 4
    return Span(offset: offset &+ 8, unitCount: count, end: end)
  }

  /// The stored hash of a name is the low half of h = h × 65599 + unit.
  func hasValidNameHash(_ offset: Int, unitCount: Int) -> Bool {
    var hash: UInt32 = 0
    for index in 0..<unitCount { hash = hash &* 65_599 &+ UInt32(view.u16(offset &+ 8 &+ index &* 2) ?? 0) }
    return unitCount > 0 && view.u16(offset &+ 4) == UInt16(truncatingIfNeeded: hash)
  }

  private mutating func counted(_ offset: Int) throws(BinXMLFault) -> Span {
    let count = Int(try u16(offset))
    guard view.contains(offset: offset &+ 2, length: count &* 2) else { throw fail(.truncated, offset) }
    return Span(offset: offset &+ 2, unitCount: count, end: offset &+ 2 &+ count &* 2)
  }

  // MARK: Elements

  /// token, [dependency id 2], size 4, name, [attribute list size 4, attributes], close token, content.
  private mutating func parseElement(
    _ start: Int, _ end: Int, parent: Int, _ context: Context
  ) throws(BinXMLFault) -> Int {
    let hasAttributes = try u8(start) == 0x41
    let nameReference = try elementNameReference(start, end, hasDependency: context.isTemplate)
    let name = try name(nameReference)
    var at = name.end
    let element = try makeNode(.element, at: start)
    nodes[element].offset = UInt32(name.offset)
    nodes[element].length = UInt32(name.unitCount)
    addChild(element, to: parent)
    if hasAttributes {
      at &+= 4
      while true {
        let token = try u8(at)
        guard token == 0x06 || token == 0x46 else { break }
        at = try parseAttribute(at, end, element: element, context)
      }
    }
    switch try u8(at) {
    case 0x03: return at &+ 1
    case 0x02:
      var inner = context
      inner.elementDepth &+= 1
      return try parseContent(at &+ 1, end, parent: element, inner)
    default: throw fail(.invalidToken, at)
    }
  }

  /// Where the name reference of the element stands. Writers disagree on the dependency id outside of templates, so
  /// the form is taken whose size field and name make sense; the expected one first.
  mutating func elementNameReference(
    _ start: Int, _ end: Int, hasDependency: Bool
  ) throws(BinXMLFault) -> Int {
    let expected = start &+ (hasDependency ? 3 : 1)
    if isPlausibleElement(sizeAt: expected, end) { return expected &+ 4 }
    let other = start &+ (hasDependency ? 1 : 3)
    if isPlausibleElement(sizeAt: other, end) { return other &+ 4 }
    throw fail(.invalidValue, start)
  }

  private func isPlausibleElement(sizeAt offset: Int, _ end: Int) -> Bool {
    guard let size = view.u32(offset), Int(size) <= view.count, let name = view.u32(offset &+ 4),
      let count = view.u16(Int(name) &+ 6), count > 0, Int(count) <= BinXMLLimits.nameLength
    else { return false }
    return view.contains(offset: Int(name) &+ 8, length: Int(count) &* 2)
  }

  private mutating func parseAttribute(
    _ start: Int, _ end: Int, element: Int, _ context: Context
  ) throws(BinXMLFault) -> Int {
    let name = try name(start &+ 1)
    let attribute = try makeNode(.attribute, at: start)
    nodes[attribute].offset = UInt32(name.offset)
    nodes[attribute].length = UInt32(name.unitCount)
    addAttribute(attribute, to: element)
    var at = name.end
    while at < end {
      let next = try parseText(at, end, parent: attribute, context)
      if next == at { break }
      at = next
    }
    return at
  }

  private mutating func parseInstance(
    _ start: Int, _ end: Int, parent: Int, _ context: Context
  ) throws(BinXMLFault) -> Int {
    let instance = try instance(at: start, limit: view.count)
    defer { offsets.truncate(to: instance.values.firstOffset) }
    if context.expands {
      guard instance.definition >= 0 else { throw fail(.invalidValue, start) }
      guard context.depth < BinXMLLimits.fragmentDepth else { throw fail(.limitExceeded, start) }
      let content = try definitionContent(instance.definition)
      _ = try parseContent(
        content.lowerBound, content.upperBound, parent: parent,
        Context(values: instance.values, isTemplate: true, depth: context.depth &+ 1))
    } else {
      let node = try makeNode(.instance, at: start)
      nodes[node].offset = UInt32(start)
      addChild(node, to: parent)
    }
    return instance.end
  }

  // MARK: Text and values

  /// Parses one text-like token; returns `start` when there is none.
  private mutating func parseText(
    _ start: Int, _ end: Int, parent: Int, _ context: Context
  ) throws(BinXMLFault) -> Int {
    switch try u8(start) {
    case 0x05, 0x45: return try parseLiteralValue(start, parent: parent)
    case 0x07, 0x47:
      let text = try counted(start &+ 1)
      try addText(.text, text, parent: parent, at: start)
      return text.end
    case 0x08, 0x48:
      let node = try makeNode(.characterReference, at: start)
      nodes[node].substitution = try u16(start &+ 1)
      addChild(node, to: parent)
      return start &+ 3
    case 0x09, 0x49:
      let entity = try name(start &+ 1)
      try addText(.entityReference, entity, parent: parent, at: start)
      return entity.end
    case 0x0D, 0x0E:
      try addSubstitution(start, parent: parent, context)
      return start &+ 4
    default: return start
    }
  }

  private mutating func addText(
    _ kind: BinXMLNode.Kind, _ span: Span, parent: Int, at offset: Int
  ) throws(BinXMLFault) {
    let node = try makeNode(kind, at: offset)
    nodes[node].offset = UInt32(span.offset)
    nodes[node].length = UInt32(span.unitCount)
    addChild(node, to: parent)
  }

  /// token, type, value. Windows writes strings only; values of fixed size are unambiguous and taken too.
  private mutating func parseLiteralValue(_ start: Int, parent: Int) throws(BinXMLFault) -> Int {
    let type = try u8(start &+ 1)
    if type == BinXMLValueType.string {
      let text = try counted(start &+ 2)
      try addText(.text, text, parent: parent, at: start)
      return text.end
    }
    guard let width = BinXMLValueType.width(type), view.contains(offset: start &+ 2, length: width) else {
      throw fail(.unsupported, start &+ 1)
    }
    let node = try makeNode(.value, at: start)
    nodes[node].valueType = type
    nodes[node].offset = UInt32(start &+ 2)
    nodes[node].length = UInt32(width)
    addChild(node, to: parent)
    return start &+ 2 &+ width
  }

  /// token, index 2, type. With known values the value itself takes its place; nested BinXML is parsed there.
  private mutating func addSubstitution(_ start: Int, parent: Int, _ context: Context) throws(BinXMLFault) {
    let index = try u16(start &+ 1)
    let declared = try u8(start &+ 3)
    let isOptional = try u8(start) == 0x0E
    guard context.isTemplate, let values = context.values else {
      guard context.isTemplate else { throw fail(.invalidToken, start) }
      let node = try makeNode(.substitution, at: start)
      nodes[node].substitution = index
      nodes[node].valueType = declared
      nodes[node].isOptional = isOptional
      addChild(node, to: parent)
      return
    }
    let (type, offset, size) = try value(Int(index), of: values)
    // The place of a fragment stays empty without one: there is no value that could be shown as text.
    let isEmpty = type == BinXMLValueType.null || size == 0
    if declared == BinXMLValueType.binXML && isEmpty && nodes[parent].kind != .attribute { return }
    if type == BinXMLValueType.binXML && size > 0 && nodes[parent].kind != .attribute {
      guard context.depth < BinXMLLimits.fragmentDepth else { throw fail(.limitExceeded, start) }
      _ = try parseContent(
        offset, offset &+ size, parent: parent, Context(values: nil, isTemplate: false, depth: context.depth &+ 1))
      return
    }
    // A string in an attribute may name a field: as text it is compared like any other name.
    let unitCount = type == BinXMLValueType.string ? view.stringUnitCount(at: offset, byteCount: size) : 0
    if nodes[parent].kind == .attribute && unitCount > 0 {
      return try addText(.text, Span(offset: offset, unitCount: unitCount, end: 0), parent: parent, at: start)
    }
    let node = try makeNode(.value, at: start)
    nodes[node].valueType = type
    nodes[node].offset = UInt32(offset)
    nodes[node].length = UInt32(size)
    nodes[node].isOptional = isOptional
    addChild(node, to: parent)
  }

  /// Type, offset and size of a value; an index past the table is a null.
  @inline(__always)
  mutating func value(_ index: Int, of values: Values) throws(BinXMLFault) -> (type: UInt8, offset: Int, size: Int) {
    guard index < values.count else { return (BinXMLValueType.null, 0, 0) }
    let descriptor = try u32(values.descriptors &+ index &* 4)
    return (
      UInt8(truncatingIfNeeded: descriptor >> 16), Int(offsets[values.firstOffset &+ index]), Int(descriptor & 0xFFFF)
    )
  }
}
