/// Elements as JSON values: the tree of UserData and everything that is not `EventData`.
extension RecordRenderer {
  /// Children of `parent` as members of an object whose brace is written. Equal names become one array.
  mutating func emitMembers(_ parent: Int, startsObject: Bool) throws(BinXMLFault) {
    let content = content(of: parent)
    if content.instances > 0 || (content.values > 0 && content.count > 1) { throw .needsExpansion }
    if content.isSingleValue {
      if isNested(content.value) { return emit(valueOp(.nestedMembers, content.value)) }
      if !startsObject { emit(.comma) }
      try literal("\"#text\":")
      return emit(valueOp(.value, content.value))
    }
    groupChildren(of: parent)
    let list = names.pushOrdered()
    defer { names.popOrdered(list) }
    var at = list.lowerBound
    while at < list.upperBound {
      let first = names.ordered[at]
      let count = Int(first.next)
      if at > list.lowerBound || !startsObject { emit(.comma) }
      try emitKey(Int(first.name))
      if count == 1 {
        try emitElementValue(Int(first.child))
      } else {
        try literal("[")
        for index in 0..<count {
          if index > 0 { try literal(",") }
          try emitElementValue(Int(names.ordered[at + index].child))
        }
        try literal("]")
      }
      at += count
    }
  }

  private mutating func groupChildren(of parent: Int) {
    names.begin(childCount: childCount(parent))
    var child = Int(parser.nodes[parent].firstChild)
    while child >= 0 {
      if parser.nodes[child].kind == .element { group(child: child, name: child) }
      child = Int(parser.nodes[child].next)
    }
  }

  func childCount(_ parent: Int) -> Int {
    var count = 0
    var child = Int(parser.nodes[parent].firstChild)
    while child >= 0 {
      count &+= 1
      child = Int(parser.nodes[child].next)
    }
    return count
  }

  /// Adds a child under the UTF-16 text of the node `name`.
  mutating func group(child: Int, name: Int) {
    let node = parser.nodes[name]
    let hash = parser.view.hashOfUTF16(at: Int(node.offset), unitCount: Int(node.length))
    // Disjoint parts of this struct: the nodes are read while the groups change.
    let view = parser.view
    names.add(child: child, name: name, hash: hash, view: view, nodes: parser.nodes)
  }

  /// `"Name":` from the name of a node.
  mutating func emitKey(_ node: Int) throws(BinXMLFault) {
    let start = literals.count
    literals.append(34)
    try appendName(node, escaping: .json)
    literals.append("\":")
    try endLiteral(start)
  }

  // MARK: Elements

  /// An element as a value: its text, an object of its children, or both with `#attributes` and `#text`.
  mutating func emitElementValue(_ element: Int) throws(BinXMLFault) {
    if hasDataAttributes(element) { return try emitElementWithAttributes(element) }
    try emitContent(element)
  }

  /// What stands in an element, its attributes left aside, as a value.
  mutating func emitContent(_ element: Int) throws(BinXMLFault) {
    let content = content(of: element)
    if content.count == 0 {
      try literal("\"\"")
    } else if content.isSingleValue {
      emit(valueOp(isNested(content.value) ? .nestedValue : .value, content.value))
    } else if content.elements > 0 || content.instances > 0 {
      try literal("{")
      try emitMembers(element, startsObject: true)
      try emitLooseText(element)
      try literal("}")
    } else {
      try literal("\"")
      try emitTextParts(element)
      try literal("\"")
    }
  }

  func hasDataAttributes(_ element: Int) -> Bool {
    var attribute = Int(parser.nodes[element].firstAttribute)
    while attribute >= 0 {
      if !isNamespaceDeclaration(attribute) { return true }
      attribute = Int(parser.nodes[attribute].next)
    }
    return false
  }

  private mutating func emitElementWithAttributes(_ element: Int) throws(BinXMLFault) {
    emit(.attributesBegin)
    try emitAttributes(element)
    emit(.attributesEnd)
    let content = content(of: element)
    if content.count == 0 {
      emit(.finishEmpty)
    } else if content.isSingleValue && isNested(content.value) {
      emit(valueOp(.finishNested, content.value))
    } else if content.elements > 0 || content.instances > 0 {
      emit(.finishChildren)
      try emitMembers(element, startsObject: false)
      try emitLooseText(element)
      emit(.membersEnd)
    } else if content.isSingleValue {
      emit(valueOp(.finishValue, content.value))
    } else {
      emit(.finishTextBegin)
      try emitTextParts(element)
      emit(.finishTextEnd)
    }
  }

  /// The attributes of an element as members, namespaces left out.
  mutating func emitAttributes(_ element: Int) throws(BinXMLFault) {
    var attribute = Int(parser.nodes[element].firstAttribute)
    while attribute >= 0 {
      if !isNamespaceDeclaration(attribute) { try emitAttribute(attribute) }
      attribute = Int(parser.nodes[attribute].next)
    }
  }

  /// One attribute as a member; an absent value leaves it out.
  mutating func emitAttribute(_ attribute: Int) throws(BinXMLFault) {
    let content = content(of: attribute)
    if content.isSingleValue {
      if isAbsent(content.value) { return }
      if parser.nodes[content.value].kind == .substitution {
        let start = literals.count
        literals.append(34)
        try appendName(attribute, escaping: .json)
        literals.append("\":")
        var op = valueOp(.attribute, content.value)
        op.offset = UInt32(start)
        op.length = UInt32(literals.count &- start)
        emit(op)
        return
      }
    }
    emit(.comma)
    try emitKey(attribute)
    if content.isSingleValue {
      emit(valueOp(.value, content.value))
      return
    }
    try literal("\"")
    try emitTextParts(attribute)
    try literal("\"")
  }

  /// Text and values of an element or attribute, one after the other, inside a JSON string.
  mutating func emitTextParts(_ parent: Int) throws(BinXMLFault) {
    var child = Int(parser.nodes[parent].firstChild)
    while child >= 0 {
      switch parser.nodes[child].kind {
      // A fragment that is missing leaves what stands beside it alone, with the type that it has.
      case .substitution where isNested(child): throw .needsExpansion
      case .substitution, .value: emit(valueOp(.text, child))
      case .element, .instance, .root, .attribute: break
      default:
        let start = literals.count
        try appendText(child, escaping: .json)
        try endLiteral(start)
      }
      child = Int(parser.nodes[child].next)
    }
  }

  /// Text beside child elements, as `#text`: nothing that was written is dropped.
  mutating func emitLooseText(_ element: Int) throws(BinXMLFault) {
    let content = content(of: element)
    guard content.elements > 0, content.texts > 0 || content.values > 0, hasVisibleText(element) else { return }
    emit(.comma)
    try literal("\"#text\":\"")
    try emitTextParts(element)
    try literal("\"")
  }

  /// White space between elements is layout.
  func hasVisibleText(_ element: Int) -> Bool {
    var child = Int(parser.nodes[element].firstChild)
    while child >= 0 {
      let node = parser.nodes[child]
      switch node.kind {
      case .element, .instance: break
      case .text:
        for index in 0..<Int(node.length) {
          let unit = parser.view.u16(Int(node.offset) &+ index &* 2) ?? 32
          if unit > 32 { return true }
        }
      case .value: if node.length > 0 { return true }
      default: return true
      }
      child = Int(parser.nodes[child].next)
    }
    return false
  }
}
