/// Whether a definition is exactly as large as it and its parts say.
///
/// Every element and every attribute list states its size, and so does the definition. In all definitions of Windows 7
/// to Server 2022 that were looked at, these sizes are exact to the byte; parts of two definitions, or one with a byte
/// too many, do not fit together like that. What the texts say is not looked at.
struct DefinitionStructure {
  private let view: ByteView
  private var at: Int
  private let end: Int
  /// Where the elements end that are open, outermost first.
  private var ends: [Int] = []

  /// - Parameter definition: Offset of the definition in the view.
  static func isExact(_ view: ByteView, at definition: Int) -> Bool {
    guard let size = view.u32(definition &+ 20), view.contains(offset: definition &+ 24, length: Int(size)) else {
      return false
    }
    var structure = DefinitionStructure(view, from: definition &+ 24, to: definition &+ 24 &+ Int(size))
    return structure.run()
  }

  private init(_ view: ByteView, from start: Int, to end: Int) {
    self.view = view
    at = start
    self.end = end
  }

  private mutating func run() -> Bool {
    guard view.u32(at) == 0x0001_010F else { return false }
    at &+= 4
    while at < end, let token = view.u8(at) {
      switch token {
      case 0x01, 0x41:
        guard startElement(hasAttributes: token == 0x41) else { return false }
      case 0x04:
        at &+= 1
        guard ends.popLast() == at else { return false }
      case 0x00: return ends.isEmpty && at &+ 1 == end
      default:
        guard !ends.isEmpty, text(token) else { return false }
      }
    }
    return false
  }

  /// token, dependency 2, size 4, name, [attribute list size 4, attributes], close token.
  private mutating func startElement(hasAttributes: Bool) -> Bool {
    guard ends.count < BinXMLLimits.elementDepth, let size = view.u32(at &+ 3) else { return false }
    let elementEnd = at &+ 7 &+ Int(size)
    guard elementEnd <= end, name(at &+ 7) else { return false }
    if hasAttributes {
      guard let listSize = view.u32(at) else { return false }
      at &+= 4
      let listEnd = at &+ Int(listSize)
      while let token = view.u8(at), token == 0x06 || token == 0x46 {
        guard at < listEnd, name(at &+ 1) else { return false }
        while let next = view.u8(at), text(next) {}
      }
      guard at == listEnd else { return false }
    }
    guard let close = view.u8(at) else { return false }
    at &+= 1
    if close == 0x03 { return at == elementEnd }
    ends.append(elementEnd)
    return close == 0x02
  }

  /// A reference to a name, which follows at once where it is used first.
  private mutating func name(_ reference: Int) -> Bool {
    guard let offset = view.u32(reference).map(Int.init), let count = view.u16(offset &+ 6) else { return false }
    at = offset == reference &+ 4 ? reference &+ 14 &+ Int(count) &* 2 : reference &+ 4
    return at <= end
  }

  /// Steps over text, a reference or a substitution.
  private mutating func text(_ token: UInt8) -> Bool {
    switch token {
    case 0x05, 0x45:
      guard view.u8(at &+ 1) == BinXMLValueType.string, let count = view.u16(at &+ 2) else { return false }
      at &+= 4 &+ Int(count) &* 2
    case 0x07, 0x47, 0x0B:
      guard let count = view.u16(at &+ 1) else { return false }
      at &+= 3 &+ Int(count) &* 2
    case 0x08, 0x48: at &+= 3
    case 0x09, 0x49, 0x0A: return name(at &+ 1)
    case 0x0D, 0x0E: at &+= 4
    default: return false
    }
    return at <= end
  }
}
