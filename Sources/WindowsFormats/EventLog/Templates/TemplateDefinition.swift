/// A template definition by itself: its GUID and its image (see `TemplateImage`), to be set down in any chunk.
public struct TemplateDefinition: Hashable, Sendable {
  /// The GUID as it is stored; its first four bytes are the identifier that instances carry.
  var guid: [UInt8]
  /// Tokens of the content with every name written out.
  var image: [UInt8]
  /// One more than the highest index of a substitution.
  var substitutionCount: Int
  /// Whether names were put back by shape (see `TemplateRepair`).
  var isRepaired = false

  var identifier: UInt32 {
    UInt32(guid[0]) | UInt32(guid[1]) << 8 | UInt32(guid[2]) << 16 | UInt32(guid[3]) << 24
  }

  /// The definition as BinXML for offset `base` of a chunk: next offset, GUID, size, content with inline names.
  /// - Returns: False when the image is not one.
  func append(to sink: inout ByteSink, base: Int) -> Bool {
    sink.append([0, 0, 0, 0])
    sink.append(guid)
    let sizeAt = sink.count
    sink.append([0, 0, 0, 0])
    let contentAt = sink.count
    var isWhole = false
    image.withUnsafeBytes { bytes in
      isWhole = TemplateDefinition.expand(ByteView(bytes), into: &sink, base: base)
    }
    sink.patch(UInt32(sink.count - contentAt), at: sizeAt)
    return isWhole
  }

  private static func expand(_ image: ByteView, into sink: inout ByteSink, base: Int) -> Bool {
    var at = 0
    while at < image.count {
      guard let token = image.u8(at) else { return false }
      let length: Int
      switch token {
      case 0x01, 0x41:
        guard sink.append(from: image, at: at, byteCount: 3) else { return false }
        sink.append([0, 0, 0, 0])
        guard let next = appendName(image, at &+ 3, to: &sink, base: base) else { return false }
        if token == 0x41 { sink.append([0, 0, 0, 0]) }
        at = next
        continue
      case 0x06, 0x46, 0x09, 0x49, 0x0A:
        sink.append(token)
        guard let next = appendName(image, at &+ 1, to: &sink, base: base) else { return false }
        at = next
        continue
      case 0x00, 0x02, 0x03, 0x04: length = 1
      case 0x05, 0x45: length = 4 &+ Int(image.u16(at &+ 2) ?? 0) &* 2
      case 0x07, 0x47, 0x0B: length = 3 &+ Int(image.u16(at &+ 1) ?? 0) &* 2
      case 0x08, 0x48: length = 3
      case 0x0D, 0x0E, 0x0F: length = 4
      default: return false
      }
      guard sink.append(from: image, at: at, byteCount: length) else { return false }
      at &+= length
    }
    return true
  }

  /// reference 4, next 4, hash 2, count 2, characters, terminator 2.
  private static func appendName(_ image: ByteView, _ at: Int, to sink: inout ByteSink, base: Int) -> Int? {
    guard let count = image.u16(at).map(Int.init), image.contains(offset: at &+ 2, length: count &* 2) else {
      return nil
    }
    var hash: UInt32 = 0
    for index in 0..<count { hash = hash &* 65_599 &+ UInt32(image.u16(at &+ 2 &+ index &* 2) ?? 0) }
    let start = sink.count
    sink.append([UInt8](repeating: 0, count: 8))
    sink.patch(UInt32(base &+ start &+ 4), at: start)
    sink.append(UInt8(truncatingIfNeeded: hash))
    sink.append(UInt8(truncatingIfNeeded: hash >> 8))
    guard sink.append(from: image, at: at, byteCount: 2 &+ count &* 2) else { return nil }
    sink.append([0, 0])
    return at &+ 2 &+ count &* 2
  }
}

extension FragmentParser {
  /// The definition at `offset`, if all of it can be read and every name's hash fits.
  mutating func definition(at offset: Int) -> TemplateDefinition? {
    let wasVerifying = resolver.verifiesNames
    resolver.verifiesNames = true
    defer { resolver.verifiesNames = wasVerifying }
    let guid = view.bytes(offset &+ 4, 16)
    guard guid.count == 16 else { return nil }
    nodes.truncate(to: 0)
    defer { nodes.truncate(to: 0) }
    guard (try? parseDefinition(offset, values: nil, depth: 0)) != nil else { return nil }
    var highest = -1
    for index in 0..<nodes.count where nodes[index].kind == .substitution {
      highest = max(highest, Int(nodes[index].substitution))
    }
    var sink = ByteSink(capacity: 4096)
    guard appendImage(offset, to: &sink) else { return nil }
    return TemplateDefinition(guid: guid, image: sink.array(), substitutionCount: highest + 1)
  }
}
