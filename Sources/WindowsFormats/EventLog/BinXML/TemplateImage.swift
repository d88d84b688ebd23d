/// A template definition apart from its chunk: its tokens with every name written out.
///
/// In a chunk, names are shared and referred to by offset, so the same template has other bytes in each chunk. The
/// image is the same wherever it was taken from: it tells whether a compiled program fits a definition in another
/// chunk, and it keeps a template for records that have lost theirs.
///
/// The image is BinXML again: names follow their reference at once, as they do where a name is first used.
extension FragmentParser {
  /// Appends the image of the definition's content to `sink`, in one pass over its tokens.
  /// - Returns: False when the content holds something that belongs to one chunk only (an instance of another
  ///   template), is larger than `BinXMLLimits.imageByteCount` or cannot be read; the sink then holds a part that is of no use.
  func appendImage(_ definition: Int, to sink: inout ByteSink) -> Bool {
    guard let size = view.u32(definition &+ 20), view.contains(offset: definition &+ 24, length: Int(size)) else {
      return false
    }
    var at = definition &+ 24
    let end = at &+ Int(size)
    var depth = 0
    let start = sink.count
    while at < end {
      guard sink.count &- start <= BinXMLLimits.imageByteCount, let token = view.u8(at) else { return false }
      switch token {
      case 0x01, 0x41:
        guard let name = imageName(at &+ 7, &sink, copying: at..<at &+ 3) else { return false }
        at = name
        if token == 0x41 { at &+= 4 }
        depth &+= 1
      case 0x06, 0x46:
        guard let next = imageName(at &+ 1, &sink, copying: at..<at &+ 1) else { return false }
        at = next
      case 0x09, 0x49, 0x0A:
        guard let next = imageName(at &+ 1, &sink, copying: at..<at &+ 1) else { return false }
        at = next
      case 0x02, 0x03, 0x04, 0x00:
        sink.append(token)
        at &+= 1
        if token == 0x03 || token == 0x04 { depth &-= 1 }
        if token == 0x00 { return depth == 0 }
      case 0x05, 0x45:
        guard view.u8(at &+ 1) == BinXMLValueType.string else { return false }
        guard let next = copyCounted(at, countAt: at &+ 2, &sink) else { return false }
        at = next
      case 0x07, 0x47, 0x0B:
        guard let next = copyCounted(at, countAt: at &+ 1, &sink) else { return false }
        at = next
      case 0x08, 0x48:
        guard copy(at..<at &+ 3, &sink) else { return false }
        at &+= 3
      case 0x0D, 0x0E, 0x0F:
        guard copy(at..<at &+ 4, &sink) else { return false }
        at &+= 4
      default: return false
      }
    }
    return depth == 0 && at == end
  }

  @inline(__always)
  private func copy(_ range: Range<Int>, _ sink: inout ByteSink) -> Bool {
    sink.append(from: view, at: range.lowerBound, byteCount: range.count)
  }

  /// The token, then an inline name: a count and its characters. Returns what follows the reference in the content.
  @inline(__always)
  private func imageName(_ reference: Int, _ sink: inout ByteSink, copying token: Range<Int>) -> Int? {
    guard let offset = view.u32(reference).map(Int.init), let count = view.u16(offset &+ 6).map(Int.init),
      count > 0, count <= BinXMLLimits.nameLength, copy(token, &sink),
      sink.append(from: view, at: offset &+ 6, byteCount: 2 &+ count &* 2)
    else { return nil }
    return offset == reference &+ 4 ? reference &+ 14 &+ count &* 2 : reference &+ 4
  }

  private func copyCounted(_ start: Int, countAt: Int, _ sink: inout ByteSink) -> Int? {
    guard let count = view.u16(countAt) else { return nil }
    let end = countAt &+ 2 &+ Int(count) &* 2
    return copy(start..<end, &sink) ? end : nil
  }
}
