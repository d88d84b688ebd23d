/// The loop that turns a program and a record's values into output.
extension RecordRenderer {
  /// The value an op speaks of: type, offset in the view, size in bytes.
  struct ValueReference {
    var type: UInt8
    var offset: Int
    var size: Int

    static let null = ValueReference(type: BinXMLValueType.null, offset: 0, size: 0)

    var isAbsent: Bool { type == BinXMLValueType.null || size == 0 }
  }

  @inline(__always)
  func reference(_ op: RenderingOp, _ values: FragmentParser.Values) -> ValueReference {
    if op.substitution == RenderingOp.absolute {
      return ValueReference(type: op.valueType, offset: Int(op.offset), size: Int(op.length))
    }
    return reference(Int(op.substitution), values)
  }

  @inline(__always)
  func reference(_ index: Int, _ values: FragmentParser.Values) -> ValueReference {
    if values.descriptors < 0 { return looseReference(index, values) }
    guard index < values.count, let descriptor = parser.view.u32(values.descriptors &+ index &* 4) else {
      return ValueReference(type: BinXMLValueType.null, offset: 0, size: 0)
    }
    return ValueReference(
      type: UInt8(truncatingIfNeeded: descriptor >> 16), offset: Int(parser.offsets[values.firstOffset &+ index]),
      size: Int(descriptor & 0xFFFF))
  }

  private func looseReference(_ index: Int, _ values: FragmentParser.Values) -> ValueReference {
    guard index < values.count else { return ValueReference(type: BinXMLValueType.null, offset: 0, size: 0) }
    let value = parser.looseValues[values.firstOffset &+ index]
    return ValueReference(type: BinXMLValueType.string, offset: Int(value.offset), size: Int(value.byteCount))
  }

  mutating func run(_ first: Int, _ end: Int, _ values: FragmentParser.Values, depth: Int) throws(BinXMLFault) {
    try parser.spend((end &- first) &* BinXMLLimits.workPerToken, at: values.descriptors)
    var at = first
    while at < end {
      let op = ops[at]
      at &+= 1
      switch op.kind {
      case .literal:
        out.append(from: literals, at: Int(op.offset), byteCount: Int(op.length))
        // Between two literals stand values, which pay for themselves when they are large.
        guard out.count <= outputCeiling else { throw parser.fail(.limitExceeded, values.descriptors) }
      case .value: try appendValue(reference(op, values), null: "\"\"", depth: depth)
      case .textOrNull:
        let value = reference(op, values)
        if value.type == BinXMLValueType.string {
          try appendValue(value, null: "null", depth: depth)
        } else {
          try appendTextOrNull(value, depth: depth)
        }
      case .text: try appendText(reference(op, values), escaping: .json, depth: depth)
      case .number: try appendNumber(reference(op, values), depth: depth)
      case .recordID: try appendRecordID(reference(op, values), depth: depth)
      case .items: try appendItems(reference(op, values), depth: depth)
      case .comma: separate()
      case .attribute:
        let value = reference(op, values)
        if value.isAbsent { break }
        separate()
        out.append(from: literals, at: Int(op.offset), byteCount: Int(op.length))
        try appendValue(value, null: "\"\"", depth: depth)
      default: at = try runRare(op, at, values, depth: depth)
      }
    }
  }

  /// A comma, unless the object or array has just been opened.
  @inline(__always)
  mutating func separate() {
    out.reserve(1)
    let last = out.count > 0 ? out.last : 123
    if last != 123 && last != 91 { out.put(44) }
  }

  /// Ops that a record has few of, out of the way of the others. Returns the next op's index.
  private mutating func runRare(
    _ op: RenderingOp, _ next: Int, _ values: FragmentParser.Values, depth: Int
  ) throws(BinXMLFault) -> Int {
    switch op.kind {
    case .groupBegin:
      marks.append(Int32(out.count))
      separate()
      out.append(from: literals, at: Int(op.offset), byteCount: Int(op.length))
    case .groupEnd:
      let mark = Int(marks[marks.count &- 1])
      marks.truncate(to: marks.count &- 1)
      if out.last == 123 { out.truncate(to: mark) } else { out.append(125) }
    case .attributesBegin:
      marks.append(Int32(out.count))
      out.append("{\"#attributes\":{")
    case .attributesEnd:
      let mark = Int(marks[marks.count &- 1])
      marks.truncate(to: marks.count &- 1)
      hasAttributes = out.last != 123
      if hasAttributes { out.append(125) } else { out.truncate(to: mark) }
    case .finishEmpty: out.append(hasAttributes ? "}" : "\"\"")
    case .finishChildren: if !hasAttributes { out.append(123) }
    case .membersEnd: endMembers()
    case .finishNested: try finishNested(reference(op, values), depth: depth)
    case .finishValue: try finishValue(reference(op, values), depth: depth)
    case .finishTextBegin:
      marks.append(hasAttributes ? 1 : 0)
      out.append(hasAttributes ? ",\"#text\":\"" : "\"")
    case .finishTextEnd:
      let isObject = marks[marks.count &- 1] == 1
      marks.truncate(to: marks.count &- 1)
      out.append(isObject ? "\"}" : "\"")
    case .nestedData: try appendNested(reference(op, values), role: .data, depth: depth)
    case .nestedMembers: try appendNested(reference(op, values), role: .members, depth: depth)
    case .nestedValue: try appendNestedValue(reference(op, values), depth: depth)
    case .tail: appendTail()
    case .xmlText: try appendText(repeated ?? reference(op, values), escaping: .xml, depth: depth)
    case .xmlAttributeText: try appendText(reference(op, values), escaping: .xml, depth: depth)
    case .xmlAttribute:
      let value = reference(op, values)
      if value.isAbsent { break }
      out.append(from: literals, at: Int(op.offset), byteCount: Int(op.length))
      try appendText(value, escaping: .xml, depth: depth)
      out.append(34)
    case .xmlNested: try appendNested(reference(op, values), role: .members, depth: depth)
    case .xmlRepeat: return try runRepeated(op, next, values, depth: depth)
    default: try runSlot(op, values, depth: depth)
    }
    return next
  }

  private mutating func finishValue(_ value: ValueReference, depth: Int) throws(BinXMLFault) {
    guard hasAttributes else { return try appendValue(value, null: "\"\"", depth: depth) }
    if value.type != BinXMLValueType.null {
      out.append(",\"#text\":")
      try appendValue(value, null: "\"\"", depth: depth)
    }
    out.append(125)
  }

  private mutating func finishNested(_ value: ValueReference, depth: Int) throws(BinXMLFault) {
    guard hasAttributes else { return try appendNestedValue(value, depth: depth) }
    if value.isAbsent { return out.append(125) }
    try appendNested(value, role: .members, depth: depth)
    out.append(125)
  }

  // MARK: Nested fragments

  /// Renders a BinXML value as part of what is being written; any other value but null becomes `#text`.
  mutating func appendNested(_ value: ValueReference, role: FragmentRole, depth: Int) throws(BinXMLFault) {
    guard value.type == BinXMLValueType.binXML else {
      if value.isAbsent { return }
      switch output {
      case .xml: return try appendText(value, escaping: .xml, depth: depth)
      case .slots: return slots.append(field: fields.looseText, value)
      case .jsonLines: break
      }
      separate()
      out.append("\"#text\":")
      return try appendValue(value, null: "\"\"", depth: depth)
    }
    guard depth < BinXMLLimits.fragmentDepth else { throw parser.fail(.limitExceeded, value.offset) }
    var at = value.offset
    let end = value.offset &+ value.size
    var isFirst = true
    while at < end {
      let token = try parser.u8(at)
      if token == 0x0F {
        at &+= 4
        continue
      }
      if token == 0x00 { return }
      // What stands side by side may repeat a name: JSON has to know all of it.
      if !isFirst && output == .jsonLines { throw .needsExpansion }
      isFirst = false
      switch token {
      case 0x0C: at = try renderInstance(at, limit: end, role: role, depth: depth &+ 1)
      // Elements outside of a template, as classic event sources have them.
      case 0x01, 0x41: return try renderLoose(at..<end, role: role, depth: depth &+ 1)
      // Text, or nothing that could be read: the expansion tells.
      default: throw .needsExpansion
      }
    }
  }

  private mutating func appendNestedValue(_ value: ValueReference, depth: Int) throws(BinXMLFault) {
    if value.isAbsent { return out.append("\"\"") }
    guard value.type == BinXMLValueType.binXML else {
      return try appendValue(value, null: "\"\"", depth: depth)
    }
    out.append(123)
    try appendNested(value, role: .members, depth: depth)
    endMembers()
  }

  /// Closes an object; one without members is an element without content.
  mutating func endMembers() {
    guard out.last == 123 else { return out.append(125) }
    out.truncate(to: out.count &- 1)
    out.append("\"\"")
  }

  // MARK: Circumstances of the record

  private mutating func appendTail() {
    out.append(recovery == nil ? ",\"recovered\":false" : ",\"recovered\":true")
    if let recovery {
      out.append(",\"offset\":")
      out.appendDecimal(Int64(recovery.offset))
      out.append(",\"recoveredFrom\":\"")
      out.append(recovery.source)
      out.append("\",\"template\":\"")
      out.append(parser.resolver.origin.text)
      out.append(34)
    }
    if recordIDDiffers {
      // A forwarded event keeps the number it had at home; this is its number in the collector's log.
      out.append(",\"logRecordId\":")
      out.appendDecimal(headerID)
    }
  }
}
