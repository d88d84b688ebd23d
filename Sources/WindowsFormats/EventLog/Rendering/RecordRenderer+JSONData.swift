/// The `data` object: `EventData` by name, `UserData` as a tree, anything else under its own name.
extension RecordRenderer {
  /// The sections below `Event` (or in a nested fragment) as members of `data`.
  mutating func emitDataSections(_ parent: Int) throws(BinXMLFault) {
    let content = content(of: parent)
    if content.instances > 0 { throw .needsExpansion }
    if content.isSingleValue {
      emit(valueOp(.nestedData, content.value))
      return
    }
    // Values beside elements: what they hold decides, so the record is expanded. Loose values there have no name.
    if content.values > 0 && content.elements > 0 && hasOpenSubstitution(parent) { throw .needsExpansion }
    var section = Int(parser.nodes[parent].firstChild)
    while section >= 0 {
      if parser.nodes[section].kind == .element { try emitDataSection(section) }
      section = Int(parser.nodes[section].next)
    }
  }

  func hasOpenSubstitution(_ parent: Int) -> Bool {
    var child = Int(parser.nodes[parent].firstChild)
    while child >= 0 {
      if parser.nodes[child].kind == .substitution { return true }
      child = Int(parser.nodes[child].next)
    }
    return false
  }

  mutating func emitDataSection(_ section: Int) throws(BinXMLFault) {
    if isNamed(section, "EventData") {
      try emitSectionAttributes(section)
      try emitEventData(section)
    } else if isNamed(section, "UserData") {
      try emitSectionAttributes(section)
      try emitMembers(section, startsObject: false)
    } else {
      // In a nested fragment only an expansion can put it where it belongs: behind the record.
      if isNamed(section, "RenderingInfo") { throw .needsExpansion }
      emit(.comma)
      try emitKey(section)
      try emitElementValue(section)
    }
  }

  private mutating func emitSectionAttributes(_ section: Int) throws(BinXMLFault) {
    guard hasDataAttributes(section) else { return }
    let start = literals.count
    literals.append("\"#attributes\":{")
    emit(RenderingOp(kind: .groupBegin, offset: UInt32(start), length: UInt32(literals.count &- start)))
    try emitAttributes(section)
    emit(.groupEnd)
  }

  /// `<Data Name="X">` by X in order; unnamed `Data` together as `"Data":[…]`; repeated names as arrays.
  private mutating func emitEventData(_ section: Int) throws(BinXMLFault) {
    let content = content(of: section)
    if content.instances > 0 { throw .needsExpansion }
    if content.isSingleValue {
      // Its fields are named by rules that need the elements themselves.
      if isNested(content.value) { throw .needsExpansion }
      emit(.comma)
      try literal("\"#text\":")
      return emit(valueOp(.value, content.value))
    }
    if content.values > 0 && content.elements > 0 && hasOpenSubstitution(section) { throw .needsExpansion }
    try groupData(section)
    let list = names.pushOrdered()
    defer { names.popOrdered(list) }
    var at = list.lowerBound
    while at < list.upperBound {
      let count = Int(names.ordered[at].next)
      emit(.comma)
      try emitDataGroup(at, count: count)
      at += count
    }
    try emitLooseText(section)
  }

  /// Groups `Data` by the text of its Name attribute, other elements by their own name.
  private mutating func groupData(_ section: Int) throws(BinXMLFault) {
    names.begin(childCount: childCount(section))
    var child = Int(parser.nodes[section].firstChild)
    while child >= 0 {
      if parser.nodes[child].kind == .element { group(child: child, name: try nameNode(ofData: child)) }
      child = Int(parser.nodes[child].next)
    }
  }

  /// The node that names a field: the Name attribute's text, or the element itself.
  func nameNode(ofData element: Int) throws(BinXMLFault) -> Int {
    guard isNamed(element, "Data"), let attribute = attribute(element, named: "Name") else { return element }
    let text = Int(parser.nodes[attribute].firstChild)
    guard text >= 0 else { return element }
    let node = parser.nodes[text]
    switch node.kind {
    case .text where node.next < 0 && node.length > 0: return text
    case .substitution: throw .needsExpansion
    default: return element
    }
  }

  /// The members of one name, at `index` of the ordered list.
  private mutating func emitDataGroup(_ index: Int, count: Int) throws(BinXMLFault) {
    let first = names.ordered[index]
    let isUnnamed = first.name == first.child && isNamed(Int(first.child), "Data")
    try emitKey(Int(first.name))
    if count == 1 && !isUnnamed { return try emitDataValue(Int(first.child)) }
    try literal("[")
    for member in index..<index + count {
      let child = Int(names.ordered[member].child)
      let content = content(of: child)
      let isPlain = isNamed(child, "Data") || !hasDataAttributes(child)
      if isPlain && content.isSingleValue && !isNested(content.value) {
        emit(valueOp(.items, content.value))
      } else {
        emit(.comma)
        try emitDataValue(child)
      }
    }
    try literal("]")
  }

  /// The content of a `Data` element: its Name is spent, other attributes are kept.
  private mutating func emitDataValue(_ element: Int) throws(BinXMLFault) {
    if isNamed(element, "Data") { try emitContent(element) } else { try emitElementValue(element) }
  }
}
