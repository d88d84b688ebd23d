/// BinXML → nodes ([MS-EVEN6] 2.2.12 to 2.2.18).
///
/// The grammar is walked once for a template definition, whose substitutions stay open, and once for a record that has
/// to be expanded: then `values` says where the record's values are, and substitutions and nested instances become
/// value nodes and elements in place.
struct FragmentParser: ~Copyable {
  /// The chunk, with any template images behind it.
  var view: ByteView
  var nodes = FlatBuffer<BinXMLNode>(capacity: 1024)
  /// Where the last fault was met, an offset in the chunk.
  var faultOffset = 0
  /// What was spent since the chunk was loaded, see `BinXMLLimits.workPerChunk`. It never goes down.
  private(set) var work = 0
  /// Offsets of the values of the instances being read, innermost last; see `Values.firstOffset`.
  var offsets = FlatBuffer<UInt32>(capacity: 4096)
  /// For recovery: a copy of the chunk with room behind it for definitions from elsewhere.
  var workspace = WorkBuffer(byteCount: 0)
  /// Template definitions of recovered records: where a definition really stands, see `TemplateResolver`.
  var resolver = TemplateResolver()

  /// The values of a template instance: descriptors (size 2, type 1, zero 1) at `descriptors`, then the bytes.
  struct Values {
    var descriptors: Int
    var count: Int
    /// Index in `offsets` of the first value's offset.
    var firstOffset: Int
  }

  init(view: ByteView) { self.view = view }

  mutating func fail(_ fault: BinXMLFault, _ offset: Int) -> BinXMLFault {
    faultOffset = offset
    return fault
  }

  @inline(__always)
  mutating func u8(_ offset: Int) throws(BinXMLFault) -> UInt8 {
    guard let value = view.u8(offset) else { throw fail(.truncated, offset) }
    return value
  }

  @inline(__always)
  mutating func u16(_ offset: Int) throws(BinXMLFault) -> UInt16 {
    guard let value = view.u16(offset) else { throw fail(.truncated, offset) }
    return value
  }

  @inline(__always)
  mutating func u32(_ offset: Int) throws(BinXMLFault) -> UInt32 {
    guard let value = view.u32(offset) else { throw fail(.truncated, offset) }
    return value
  }

  // MARK: Work

  mutating func beginChunk() { work = 0 }

  /// Counts work towards the limit of the chunk.
  @inline(__always)
  mutating func spend(_ amount: Int, at offset: Int) throws(BinXMLFault) {
    work &+= amount
    guard work <= BinXMLLimits.workPerChunk else { throw fail(.limitExceeded, offset) }
  }

  // MARK: Arena

  mutating func makeNode(_ kind: BinXMLNode.Kind, at offset: Int) throws(BinXMLFault) -> Int {
    try spend(BinXMLLimits.workPerToken, at: offset)
    guard nodes.count < BinXMLLimits.nodes else { throw fail(.limitExceeded, offset) }
    nodes.append(BinXMLNode(kind: kind))
    return nodes.count &- 1
  }

  mutating func addChild(_ child: Int, to parent: Int) {
    let last = Int(nodes[parent].lastChild)
    if last < 0 { nodes[parent].firstChild = Int32(child) } else { nodes[last].next = Int32(child) }
    nodes[parent].lastChild = Int32(child)
  }

  mutating func addAttribute(_ attribute: Int, to element: Int) {
    let last = Int(nodes[element].lastAttribute)
    if last < 0 { nodes[element].firstAttribute = Int32(attribute) } else { nodes[last].next = Int32(attribute) }
    nodes[element].lastAttribute = Int32(attribute)
  }

  // MARK: Template instances

  /// The parts of a template instance: token, version, template id, definition offset, [definition], values.
  struct Instance {
    /// Offset of the definition in the view; -1 when a recovered record has lost its template.
    var definition: Int
    var values: Values
    /// First byte after the last value.
    var end: Int
  }

  /// Reads the head and the value table of the instance whose token is at `offset`; values must end by `limit`.
  /// The values' offsets are pushed on `offsets`: who calls truncates it to `Values.firstOffset` when done.
  @inline(__always)
  mutating func instance(at offset: Int, limit: Int) throws(BinXMLFault) -> Instance {
    let stated = Int(try u32(offset &+ 6))
    var at = offset &+ 10
    if stated == at { at = try skipInlineDefinition(at) }
    let count = Int(try u32(at))
    let descriptors = at &+ 4
    guard count <= BinXMLLimits.substitutions, view.contains(offset: descriptors, length: count &* 4) else {
      throw fail(.truncated, at)
    }
    try spend(BinXMLLimits.workPerToken &+ count, at: offset)
    let firstOffset = offsets.count
    var end = descriptors &+ count &* 4
    offsets.extend(by: count)
    for index in 0..<count {
      offsets[firstOffset &+ index] = UInt32(truncatingIfNeeded: end)
      end &+= Int(try u16(descriptors &+ index &* 4))
    }
    guard end <= limit else { throw fail(.truncated, descriptors) }
    return Instance(
      definition: resolver.isActive
        ? try resolve(offset, stated: stated, descriptors: descriptors, valueCount: count) : stated,
      values: Values(descriptors: descriptors, count: count, firstOffset: firstOffset), end: end)
  }

  private mutating func skipInlineDefinition(_ definition: Int) throws(BinXMLFault) -> Int {
    let size = Int(try u32(definition &+ 20))
    guard view.contains(offset: definition &+ 24, length: size) else { throw fail(.truncated, definition &+ 20) }
    return definition &+ 24 &+ size
  }

  /// The content of a template definition: next offset (4), GUID (16), size (4), then that many bytes.
  mutating func definitionContent(_ definition: Int) throws(BinXMLFault) -> Range<Int> {
    let size = Int(try u32(definition &+ 20))
    guard view.contains(offset: definition &+ 24, length: size) else { throw fail(.truncated, definition &+ 20) }
    return definition &+ 24..<definition &+ 24 &+ size
  }

  /// A new root with the parsed content of a definition; its substitutions stay open when `values` is nil.
  mutating func parseDefinition(_ definition: Int, values: Values?, depth: Int) throws(BinXMLFault) -> Int {
    let content = try definitionContent(definition)
    let root = try makeNode(.root, at: definition)
    _ = try parseContent(
      content.lowerBound, content.upperBound, parent: root, Context(values: values, isTemplate: true, depth: depth))
    return root
  }

  /// What the content being parsed belongs to.
  struct Context {
    var values: Values?
    /// Template definitions have a dependency id in each element; fragments outside of them have none.
    var isTemplate: Bool
    /// Fragments around this one.
    var depth: Int
    var elementDepth = 0

    var expands: Bool { values != nil || !isTemplate }
  }
}
