/// Fragments as XML text, as Event Viewer and `wevtutil` show them, one event a line.
extension RecordRenderer {
  mutating func emitXML(_ parent: Int) throws(BinXMLFault) {
    var child = Int(parser.nodes[parent].firstChild)
    while child >= 0 {
      try emitXMLNode(child)
      child = Int(parser.nodes[child].next)
    }
  }

  private mutating func emitXMLNode(_ node: Int, inAttribute: Bool = false) throws(BinXMLFault) {
    switch parser.nodes[node].kind {
    case .element: try emitXMLElement(node)
    case .instance: throw .needsExpansion
    case .substitution, .value:
      emit(valueOp(isNested(node) ? .xmlNested : inAttribute ? .xmlAttributeText : .xmlText, node))
    default:
      let start = literals.count
      try appendText(node, escaping: .xml)
      try endLiteral(start)
    }
  }

  private mutating func emitXMLElement(_ element: Int) throws(BinXMLFault) {
    let content = content(of: element)
    let repeats = content.isSingleValue && !isNested(content.value)
    let repeatOp = ops.count
    if repeats { emit(valueOp(.xmlRepeat, content.value)) }
    try emitXMLStartTag(element)
    if content.count == 0 {
      try literal("/>")
    } else {
      try literal(">")
      try emitXML(element)
      let start = literals.count
      literals.append("</")
      try appendName(element, escaping: .xml)
      literals.append(62)
      try endLiteral(start)
    }
    if repeats {
      ops[repeatOp].field = UInt32(ops.count &- repeatOp &- 1)
      // The next literal belongs to what follows the repetition.
      closeLiteral()
    }
  }

  private mutating func emitXMLStartTag(_ element: Int) throws(BinXMLFault) {
    let start = literals.count
    literals.append(60)
    try appendName(element, escaping: .xml)
    try endLiteral(start)
    var attribute = Int(parser.nodes[element].firstAttribute)
    while attribute >= 0 {
      try emitXMLAttribute(attribute)
      attribute = Int(parser.nodes[attribute].next)
    }
  }

  private mutating func emitXMLAttribute(_ attribute: Int) throws(BinXMLFault) {
    let content = content(of: attribute)
    let start = literals.count
    literals.append(32)
    try appendName(attribute, escaping: .xml)
    literals.append("=\"")
    if content.isSingleValue {
      if isAbsent(content.value) { return literals.truncate(to: start) }
      if parser.nodes[content.value].kind == .substitution {
        var op = valueOp(.xmlAttribute, content.value)
        op.offset = UInt32(start)
        op.length = UInt32(literals.count &- start)
        return emit(op)
      }
    }
    try endLiteral(start)
    var child = Int(parser.nodes[attribute].firstChild)
    while child >= 0 {
      try emitXMLNode(child, inAttribute: true)
      child = Int(parser.nodes[child].next)
    }
    try literal("\"")
  }

  /// Runs the element's ops for each element of an array value; the text op shows `repeated` then.
  mutating func runRepeated(
    _ op: RenderingOp, _ first: Int, _ values: FragmentParser.Values, depth: Int
  ) throws(BinXMLFault) -> Int {
    let end = first &+ Int(op.field)
    let value = reference(op, values)
    guard value.type & BinXMLValueType.arrayFlag != 0, value.size > 0 else {
      try run(first, end, values, depth: depth)
      return end
    }
    var position = 0
    defer { repeated = nil }
    while let element = try nextElement(of: value, &position) {
      repeated = element
      try run(first, end, values, depth: depth)
    }
    return end
  }
}
