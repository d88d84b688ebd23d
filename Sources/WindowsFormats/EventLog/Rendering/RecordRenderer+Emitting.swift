/// Building blocks of the compilers: ops, literals, questions about nodes.
extension RecordRenderer {
  mutating func emit(_ op: RenderingOp) { ops.append(op) }

  mutating func emit(_ kind: RenderingOp.Kind) { ops.append(RenderingOp(kind: kind)) }

  /// Ends a literal begun at `start` of the pool: joined to the op before when that is the literal just in front.
  mutating func endLiteral(_ start: Int) throws(BinXMLFault) {
    let length = literals.count &- start
    guard length > 0 else { return }
    guard literals.count <= BinXMLLimits.literals else { throw parser.fail(.limitExceeded, 0) }
    let last = ops.count &- 1
    if last >= literalBarrier, ops[last].kind == .literal, Int(ops[last].offset &+ ops[last].length) == start {
      ops[last].length &+= UInt32(length)
      return
    }
    ops.append(RenderingOp(kind: .literal, offset: UInt32(start), length: UInt32(length)))
  }

  /// Keeps the next literal apart from the last op.
  mutating func closeLiteral() { literalBarrier = ops.count }

  mutating func literal(_ text: StaticString) throws(BinXMLFault) {
    let start = literals.count
    literals.append(text)
    try endLiteral(start)
  }

  /// Appends UTF-16 of the chunk to the literal pool, escaped for the output.
  mutating func appendName(_ node: Int, escaping: TextEscaping) throws(BinXMLFault) {
    try parser.spend(Int(parser.nodes[node].length), at: Int(parser.nodes[node].offset))
    _ = literals.appendUTF16(
      parser.view, at: Int(parser.nodes[node].offset), unitCount: Int(parser.nodes[node].length), escaping: escaping)
  }

  // MARK: Questions about nodes

  /// Whether the name of an element or attribute, or a text, is exactly `name` (ASCII).
  @inline(__always)
  func isNamed(_ node: Int, _ name: StaticString) -> Bool {
    let node = parser.nodes[node]
    return parser.view.isUTF16(at: Int(node.offset), unitCount: Int(node.length), equalTo: name)
  }

  /// Whether the attribute declares a namespace: those are part of the markup, not of the data.
  func isNamespaceDeclaration(_ attribute: Int) -> Bool {
    let node = parser.nodes[attribute]
    return isNamed(attribute, "xmlns")
      || parser.view.isUTF16(at: Int(node.offset), unitCount: Int(node.length), startingWith: "xmlns:")
  }

  func child(_ parent: Int, named name: StaticString) -> Int? {
    var node = Int(parser.nodes[parent].firstChild)
    while node >= 0 {
      if parser.nodes[node].kind == .element && isNamed(node, name) { return node }
      node = Int(parser.nodes[node].next)
    }
    return nil
  }

  func attribute(_ element: Int, named name: StaticString) -> Int? {
    var node = Int(parser.nodes[element].firstAttribute)
    while node >= 0 {
      if isNamed(node, name) { return node }
      node = Int(parser.nodes[node].next)
    }
    return nil
  }

  /// What the children of an element or attribute are.
  struct Content {
    var elements = 0
    var instances = 0
    /// Substitutions and values.
    var values = 0
    var texts = 0
    /// The last value-like child.
    var value = -1

    var count: Int { elements + instances + values + texts }
    /// One value and nothing else.
    var isSingleValue: Bool { values == 1 && count == 1 }
  }

  func content(of parent: Int) -> Content {
    var content = Content()
    var node = Int(parser.nodes[parent].firstChild)
    while node >= 0 {
      switch parser.nodes[node].kind {
      case .element: content.elements += 1
      case .instance: content.instances += 1
      case .substitution, .value:
        content.values += 1
        content.value = node
      default: content.texts += 1
      }
      node = Int(parser.nodes[node].next)
    }
    return content
  }

  /// A substitution that the template declares to hold BinXML.
  func isNested(_ node: Int) -> Bool {
    parser.nodes[node].kind == .substitution && parser.nodes[node].valueType == BinXMLValueType.binXML
  }

  /// An op of `kind` for a substitution or value node.
  func valueOp(_ kind: RenderingOp.Kind, _ node: Int) -> RenderingOp {
    let value = parser.nodes[node]
    guard value.kind == .value else { return RenderingOp(kind: kind, substitution: value.substitution) }
    return RenderingOp(
      kind: kind, valueType: value.valueType, substitution: RenderingOp.absolute, offset: value.offset,
      length: value.length)
  }

  /// Whether a value node of an expanded fragment has nothing to show: as an attribute it is left out.
  func isAbsent(_ node: Int) -> Bool {
    let value = parser.nodes[node]
    return value.kind == .value && (value.valueType == BinXMLValueType.null || value.length == 0)
  }

  /// The character of an entity reference, for the five that XML predefines.
  func predefinedEntity(_ node: Int) -> UInt8? {
    if isNamed(node, "amp") { return 38 }
    if isNamed(node, "lt") { return 60 }
    if isNamed(node, "gt") { return 62 }
    if isNamed(node, "quot") { return 34 }
    if isNamed(node, "apos") { return 39 }
    return nil
  }

  /// Appends the text of a text-like node to the literal pool.
  mutating func appendText(_ node: Int, escaping: TextEscaping) throws(BinXMLFault) {
    let text = parser.nodes[node]
    switch text.kind {
    case .text: try appendName(node, escaping: escaping)
    case .characterReference:
      let scalar = Unicode.Scalar(UInt32(text.substitution)) ?? "\u{FFFD}"
      literals.appendUTF8(String(Character(scalar)), escaping: escaping)
    case .entityReference:
      if let byte = predefinedEntity(node) {
        literals.appendUTF8(String(Character(Unicode.Scalar(byte))), escaping: escaping)
      } else {
        // Unknown entities cannot be resolved; the reference itself is kept.
        literals.appendUTF8("&", escaping: escaping)
        try appendName(node, escaping: escaping)
        literals.append(59)
      }
    default: break
    }
  }
}
