/// Renders the records of one chunk after the other: compiled templates, two kinds of output.
///
/// A template definition is parsed once per chunk and compiled to a flat list of ops with one pool of literal text; a
/// record is then one run over that list, from the chunk's bytes to the output, without a tree, a string or an
/// allocation. Records that do not fit (content outside of templates, field names that are values) are expanded to a
/// tree with their values in place and compiled by the same code, for once.
///
/// A renderer has one output for its life: JSON lines, XML, or slots for matching.
struct RecordRenderer: ~Copyable {
  enum Output: UInt8 { case jsonLines, xml, slots }

  let output: Output
  var parser: FragmentParser
  /// What was rendered. The owner empties it.
  var out = ByteSink(capacity: 1 << 18)
  var literals = ByteSink(capacity: 1 << 16)
  var ops = FlatBuffer<RenderingOp>(capacity: 4096)
  var programs = FlatBuffer<RenderingProgram>(capacity: 256)
  var cache = ProgramCache()
  /// Program index by template offset in the chunk, valid when the upper half is the current `generation`; no clearing.
  var programByOffset = FlatBuffer<UInt32>(capacity: EventLogChunk.byteCount)
  var generation: UInt32 = 0
  /// Ops before this index take no further literal text.
  var literalBarrier = 0
  /// Whether what runs was compiled for one record: its literals are gone afterwards, and slots must copy them.
  var literalsArePassing = false
  /// Starts of groups that may be taken back.
  var marks = FlatBuffer<Int32>(capacity: 64)
  var hasAttributes = false
  /// Where the output of the record has to end.
  var outputCeiling = 0
  /// The element of an array value that XML is being written for.
  var repeated: ValueReference?
  /// Groups of equal names while an element's children are compiled.
  var names = NameGroups()
  var slots = SlotBuffer()
  var fields = FieldTable()

  // MARK: The record being rendered

  /// Everything of a line before the record id: `{"file":"…","recordId":`.
  var linePrefix = ByteSink(capacity: 256)
  var headerID: UInt64 = 0
  var recordIDDiffers = false
  var recovery: RecoveryNote?

  /// What a recovered record's line says about its origin.
  struct RecoveryNote {
    var offset: Int
    var source: StaticString
  }

  init(output: Output) {
    self.output = output
    parser = FragmentParser(view: ByteView(UnsafeRawBufferPointer(start: nil, count: 0)))
    programByOffset.fill(0, count: EventLogChunk.byteCount)
  }

  /// Turns to another chunk. Programs are kept; which definition has which is found out anew.
  mutating func load(_ view: ByteView) {
    parser.view = view
    parser.beginChunk()
    literalBarrier = ops.count
    if cache.isFull || programs.count > 0x8000 || literals.count > BinXMLLimits.literals / 4 { forgetPrograms() }
    generation &+= 1
    if generation == 0xFFFF {
      generation = 1
      programByOffset.fill(0, count: EventLogChunk.byteCount)
    }
  }

  private mutating func forgetPrograms() {
    cache.removeAll()
    literals.removeAll()
    ops.truncate(to: 0)
    programs.truncate(to: 0)
    literalBarrier = 0
  }

  /// Programs hold field numbers, so they go with them.
  mutating func forgetFields() {
    fields = FieldTable()
    forgetPrograms()
  }

  // MARK: Records

  /// Appends a record with what its line begins with.
  mutating func renderLine(_ range: Range<Int>) throws(BinXMLFault) {
    guard output == .jsonLines else { return try render(range) }
    let mark = out.count
    out.append(from: linePrefix, at: 0, byteCount: linePrefix.count)
    do throws(BinXMLFault) {
      try render(range)
    } catch {
      out.truncate(to: mark)
      throw error
    }
  }

  /// Appends the record whose BinXML is at `range` of the chunk; on a fault nothing of it stays in the output.
  mutating func render(_ range: Range<Int>) throws(BinXMLFault) {
    do throws(BinXMLFault) {
      return try attempt { (renderer) throws(BinXMLFault) in try renderer.renderCompiled(range) }
    } catch {
      guard error == .needsExpansion else { throw error }
    }
    try attempt { (renderer) throws(BinXMLFault) in try renderer.renderExpanded(range) }
  }

  /// Runs `body` within what is left of the chunk's work; what it wrote counts, even when it is taken back.
  @inline(__always)
  private mutating func attempt(_ body: (inout Self) throws(BinXMLFault) -> Void) throws(BinXMLFault) {
    let mark = out.count
    outputCeiling = mark &+ (BinXMLLimits.workPerChunk &- parser.work)
    rewindScratch()
    do throws(BinXMLFault) {
      try body(&self)
      try parser.spend(out.count &- mark, at: 0)
    } catch {
      parser.note(out.count &- mark)
      out.truncate(to: mark)
      throw error
    }
  }

  /// Scratch state is reset at the start of a record, so that one that failed leaves nothing behind.
  @inline(__always)
  mutating func rewindScratch() {
    parser.nodes.truncate(to: 0)
    parser.offsets.truncate(to: 0)
    parser.looseValues.truncate(to: 0)
    marks.truncate(to: 0)
    slots.removeAll()
    recordIDDiffers = false
    repeated = nil
    literalsArePassing = false
  }

  private mutating func renderCompiled(_ range: Range<Int>) throws(BinXMLFault) {
    var at = range.lowerBound
    while at < range.upperBound, try parser.u8(at) == 0x0F { at &+= 4 }
    guard at < range.upperBound, try parser.u8(at) == 0x0C else {
      return try renderSplit(at..<range.upperBound, role: .document, depth: 0)
    }
    let end = try renderInstance(at, limit: range.upperBound, role: .document, depth: 0)
    // A record is one instance and the end of its fragment; whatever else it holds is shown by the expansion.
    if end < range.upperBound, try parser.u8(end) != 0x00 { throw .needsExpansion }
  }

  /// Runs the program of the template instance at `offset`; returns what follows it.
  mutating func renderInstance(
    _ offset: Int, limit: Int, role: FragmentRole, depth: Int
  ) throws(BinXMLFault) -> Int {
    let instance = try parser.instance(at: offset, limit: limit)
    guard instance.definition >= 0 else { throw parser.fail(.invalidValue, offset) }
    let program = try program(of: instance.definition, role: role)
    guard program.isUsable else { throw .needsExpansion }
    try run(Int(program.first), Int(program.end), instance.values, depth: depth)
    parser.offsets.truncate(to: instance.values.firstOffset)
    return instance.end
  }

  @inline(__always)
  private mutating func program(of definition: Int, role: FragmentRole) throws(BinXMLFault) -> RenderingProgram {
    if definition < programByOffset.count {
      let entry = programByOffset[definition]
      if entry >> 16 == generation {
        let program = programs[Int(entry & 0xFFFF)]
        if program.role == role { return program }
      }
    }
    return try compile(definition, role: role)
  }

  /// The program of a definition that this chunk has not used yet: from the cache, else compiled.
  @inline(never)
  private mutating func compile(_ definition: Int, role: FragmentRole) throws(BinXMLFault) -> RenderingProgram {
    guard programs.count < 0xFFFF else { throw parser.fail(.limitExceeded, definition) }
    let index: Int
    switch try cache.find(definition, role: role, in: &parser) {
    case .program(let known): index = known
    case .uncacheable: index = try compileProgram(definition, role: role)
    case .unknown(let key):
      do throws(BinXMLFault) {
        index = try compileProgram(definition, role: role)
      } catch {
        cache.forget(key)
        throw error
      }
      cache.remember(key, program: index)
    }
    if definition < programByOffset.count { programByOffset[definition] = generation << 16 | UInt32(index) }
    return programs[index]
  }

  private mutating func compileProgram(_ definition: Int, role: FragmentRole) throws(BinXMLFault) -> Int {
    let firstNode = parser.nodes.count
    defer { parser.nodes.truncate(to: firstNode) }
    let root = try parser.parseDefinition(definition, values: nil, depth: 0)
    let first = ops.count
    let firstLiteral = literals.count
    literalBarrier = first
    var isUsable = true
    do throws(BinXMLFault) {
      try emit(root, role: role)
    } catch {
      ops.truncate(to: first)
      literals.truncate(to: firstLiteral)
      guard error == .needsExpansion else { throw error }
      isUsable = false
    }
    programs.append(
      RenderingProgram(role: role, isUsable: isUsable, first: Int32(first), end: Int32(ops.count)))
    literalBarrier = ops.count
    return programs.count &- 1
  }

  /// Parses the whole record with its values in place, compiles that and runs it once.
  private mutating func renderExpanded(_ range: Range<Int>) throws(BinXMLFault) {
    do throws(BinXMLFault) {
      try runOnce(try expand(range), role: .document, depth: 0)
    } catch .needsExpansion {
      throw parser.fail(.unsupported, range.lowerBound)
    }
  }

  /// Renders content that stands outside of a template by the program of the template that it would have.
  private mutating func renderSplit(_ range: Range<Int>, role: FragmentRole, depth: Int) throws(BinXMLFault) {
    let first = parser.looseValues.count
    defer { parser.looseValues.truncate(to: first) }
    let index: Int
    switch try cache.find(loose: range, role: role, in: &parser) {
    case .program(let known): index = known
    case .uncacheable: throw .needsExpansion
    case .unknown(let key):
      do throws(BinXMLFault) {
        index = try compileSplit(cache.image(of: key), role: role)
      } catch {
        cache.forget(key)
        throw error
      }
      cache.remember(key, program: index)
    }
    let program = programs[index]
    guard program.isUsable else { throw .needsExpansion }
    let values = FragmentParser.Values(
      descriptors: -1, count: parser.looseValues.count &- first, firstOffset: first)
    try run(Int(program.first), Int(program.end), values, depth: depth)
  }

  /// Compiles an image as if it stood in a chunk.
  private mutating func compileSplit(_ image: [UInt8], role: FragmentRole) throws(BinXMLFault) -> Int {
    guard programs.count < 0xFFFF else { throw parser.fail(.limitExceeded, 0) }
    var definition = ByteSink(capacity: image.count * 2)
    let template = TemplateDefinition(guid: [UInt8](repeating: 0, count: 16), image: image, substitutionCount: 0)
    guard template.append(to: &definition, base: 0) else { throw .needsExpansion }
    let chunk = parser.view
    defer { parser.view = chunk }
    return try definition.withView { view throws(BinXMLFault) in
      parser.view = view
      return try compileProgram(0, role: role)
    }
  }

  /// Renders content that stands outside of a template: parsed and compiled for this record alone.
  mutating func renderLoose(_ range: Range<Int>, role: FragmentRole, depth: Int) throws(BinXMLFault) {
    do throws(BinXMLFault) {
      return try renderSplit(range, role: role, depth: depth)
    } catch {
      guard error == .needsExpansion else { throw error }
    }
    let firstNode = parser.nodes.count
    defer { parser.nodes.truncate(to: firstNode) }
    let root = try parser.makeNode(.root, at: range.lowerBound)
    _ = try parser.parseContent(
      range.lowerBound, range.upperBound, parent: root,
      FragmentParser.Context(values: nil, isTemplate: false, depth: depth))
    try runOnce(root, role: role, depth: depth)
  }

  private mutating func runOnce(_ root: Int, role: FragmentRole, depth: Int) throws(BinXMLFault) {
    let firstOp = ops.count
    let firstLiteral = literals.count
    let programCount = programs.count
    let wasPassing = literalsArePassing
    literalsArePassing = true
    defer {
      literalsArePassing = wasPassing
      // Programs compiled meanwhile would stand behind these ops; then the scratch stays until the next chunk.
      if programs.count == programCount {
        ops.truncate(to: firstOp)
        literals.truncate(to: firstLiteral)
      }
    }
    literalBarrier = firstOp
    try emit(root, role: role)
    let none = FragmentParser.Values(descriptors: 0, count: 0, firstOffset: 0)
    try run(firstOp, ops.count, none, depth: depth)
  }

  /// The record as a tree whose substitutions are values.
  mutating func expand(_ range: Range<Int>) throws(BinXMLFault) -> Int {
    parser.nodes.truncate(to: 0)
    parser.offsets.truncate(to: 0)
    let root = try parser.makeNode(.root, at: range.lowerBound)
    _ = try parser.parseContent(
      range.lowerBound, range.upperBound, parent: root,
      FragmentParser.Context(values: nil, isTemplate: false, depth: 0))
    return root
  }

  private mutating func emit(_ root: Int, role: FragmentRole) throws(BinXMLFault) {
    switch (output, role) {
    case (.jsonLines, .document): try emitDocument(root)
    case (.jsonLines, .data): try emitDataSections(root)
    case (.jsonLines, .members):
      // Text makes a string of the element around it, which only the expanded record shows.
      if content(of: root).texts > 0 { throw .needsExpansion }
      try emitMembers(root, startsObject: false)
    case (.xml, _):
      try emitXML(root)
      if role == .document { try literal("\n") }
    case (.slots, .document): try emitDocumentSlots(root)
    case (.slots, .data): try emitDataSlots(root)
    case (.slots, .members): try emitMemberSlots(root, path: "")
    }
  }
}
