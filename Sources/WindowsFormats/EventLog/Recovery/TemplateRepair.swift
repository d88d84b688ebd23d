/// Template definitions that have lost the names they share with others.
///
/// Names stand in a chunk once, where they were first used: near its start, where a new use of the chunk overwrites
/// them first. Definitions further back then survive with their field names, which are text of their own, but without
/// `EventData`, `Data` and `Name`. Those three can be told from the shape: one element, and in it elements that all
/// have the same name and the same single attribute. No other template of an event source looks like that.
///
/// A name that can still be read must be the expected one; a definition of any other shape is not repaired.
struct TemplateRepair {
  private let view: ByteView
  private var at: Int
  private let end: Int
  /// Where the lost names were: each role has one place.
  private var lostData: UInt32?
  private var lostName: UInt32?
  private var substitutionCount = 0

  /// - Returns: The definition at `offset` with its names put back, or nil when its shape is another.
  static func definition(_ view: ByteView, at offset: Int) -> TemplateDefinition? {
    guard let size = view.u32(offset &+ 20), view.contains(offset: offset &+ 24, length: Int(size)) else { return nil }
    var repair = TemplateRepair(view, from: offset &+ 24, to: offset &+ 24 &+ Int(size))
    var image = ByteSink(capacity: 2048)
    guard repair.run(into: &image), repair.substitutionCount > 0 else { return nil }
    return TemplateDefinition(
      guid: view.bytes(offset &+ 4, 16), image: image.array(), substitutionCount: repair.substitutionCount,
      isRepaired: true)
  }

  private init(_ view: ByteView, from start: Int, to end: Int) {
    self.view = view
    at = start
    self.end = end
  }

  private mutating func run(into image: inout ByteSink) -> Bool {
    guard view.u32(at) == 0x0001_010F, image.append(from: view, at: at, byteCount: 4) else { return false }
    at &+= 4
    let rootEnd = elementEnd
    guard view.u8(at) == 0x01, element("EventData", into: &image, lost: nil) != nil, view.u8(at) == 0x02 else {
      return false
    }
    image.append(0x02)
    at &+= 1
    while view.u8(at) == 0x41 {
      guard field(into: &image) else { return false }
    }
    guard view.u8(at) == 0x04, view.u8(at &+ 1) == 0x00, at &+ 1 == rootEnd, at &+ 2 == end else { return false }
    image.append([0x04, 0x00])
    return true
  }

  /// `<Data Name="text">substitution</Data>`.
  private mutating func field(into image: inout ByteSink) -> Bool {
    let fieldEnd = elementEnd
    guard let data = element("Data", into: &image, lost: lostData) else { return false }
    if data != 0 { lostData = data }
    guard let listSize = view.u32(at) else { return false }
    at &+= 4
    let listEnd = at &+ Int(listSize)
    guard view.u8(at) == 0x06 else { return false }
    image.append(0x06)
    at &+= 1
    guard let name = name("Name", into: &image, lost: lostName) else { return false }
    if name != 0 { lostName = name }
    guard view.u8(at) == 0x05, view.u8(at &+ 1) == BinXMLValueType.string, let count = view.u16(at &+ 2), count > 0
    else { return false }
    let length = 4 &+ Int(count) &* 2
    guard image.append(from: view, at: at, byteCount: length), view.u8(at &+ length) == 0x02 else { return false }
    guard at &+ length == listEnd else { return false }
    at &+= length &+ 1
    image.append(0x02)
    guard let token = view.u8(at), token == 0x0D || token == 0x0E,
      view.u16(at &+ 1) == UInt16(truncatingIfNeeded: substitutionCount)
    else { return false }
    substitutionCount &+= 1
    guard image.append(from: view, at: at, byteCount: 4), view.u8(at &+ 4) == 0x04 else { return false }
    at &+= 5
    image.append(0x04)
    return at == fieldEnd && at < end
  }

  /// Where the element that starts here says that it ends.
  private var elementEnd: Int { at &+ 7 &+ Int(view.u32(at &+ 3) ?? 0) }

  /// An element's start up to its name. Returns the place of a lost name, 0 for one that is there, nil for another.
  private mutating func element(_ expected: StaticString, into image: inout ByteSink, lost: UInt32?) -> UInt32? {
    guard image.append(from: view, at: at, byteCount: 3) else { return nil }
    at &+= 7
    return name(expected, into: &image, lost: lost)
  }

  private mutating func name(_ expected: StaticString, into image: inout ByteSink, lost: UInt32?) -> UInt32? {
    guard let offset = view.u32(at) else { return nil }
    let start = Int(offset)
    let count = Int(view.u16(start &+ 6) ?? 0)
    let isThere =
      count > 0 && count <= BinXMLLimits.nameLength && view.contains(offset: start &+ 8, length: count &* 2)
      && hasValidHash(start, count)
    if isThere && !view.isUTF16(at: start &+ 8, unitCount: count, equalTo: expected) { return nil }
    if !isThere, let lost, lost != offset { return nil }
    let isInline = start == at &+ 4
    if isInline && !isThere { return nil }
    at &+= isInline ? 14 &+ count &* 2 : 4
    append(expected, to: &image)
    return isThere ? 0 : offset
  }

  private func hasValidHash(_ offset: Int, _ unitCount: Int) -> Bool {
    var hash: UInt32 = 0
    for index in 0..<unitCount { hash = hash &* 65_599 &+ UInt32(view.u16(offset &+ 8 &+ index &* 2) ?? 0) }
    return view.u16(offset &+ 4) == UInt16(truncatingIfNeeded: hash)
  }

  /// A name as images have it: count and characters.
  private func append(_ text: StaticString, to image: inout ByteSink) {
    image.append(UInt8(text.utf8CodeUnitCount))
    image.append(0)
    text.withUTF8Buffer { bytes in
      for byte in bytes {
        image.append(byte)
        image.append(0)
      }
    }
  }
}
