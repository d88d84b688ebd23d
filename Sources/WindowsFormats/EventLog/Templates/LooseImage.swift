/// A text of content outside of templates: UTF-16LE at `offset` of the chunk, `byteCount` bytes.
struct LooseValue {
  var offset: UInt32
  var byteCount: UInt32
}

/// Content that stands outside of templates, split into a template and its values.
///
/// Collectors write forwarded events without templates: every record spells out all its elements, and only the texts
/// differ. The image (see `TemplateImage`) of such content with a substitution in the place of each text is the same for
/// all records of one kind, so a program can be found for it like for a template. Names of fields and of providers and
/// namespaces stay in the image: they decide how the rest is shown.
extension FragmentParser {
  /// Appends the image to `sink` and the texts to `looseValues`.
  /// - Returns: False when the content holds a template instance or anything else that no template has.
  mutating func appendLooseImage(_ range: Range<Int>, to sink: inout ByteSink) throws(BinXMLFault) -> Bool {
    var at = range.lowerBound
    let end = range.upperBound
    var depth = 0
    let first = looseValues.count
    sink.append([0x0F, 0x01, 0x01, 0x00])
    while at < end {
      let token = try u8(at)
      switch token {
      case 0x0F: at &+= 4
      case 0x01, 0x41:
        guard depth < BinXMLLimits.elementDepth else { throw fail(.limitExceeded, at) }
        sink.appendBytes(token, 0xFF, 0xFF)
        let name = try name(try elementNameReference(at, end, hasDependency: false))
        guard appendLooseName(name, to: &sink) else { return false }
        at = name.end
        if token == 0x41 { at &+= 4 }
        depth &+= 1
      case 0x06, 0x46:
        let name = try name(at &+ 1)
        sink.append(token)
        guard appendLooseName(name, to: &sink) else { return false }
        at = name.end
        if isStructural(name) || view.u16(at &+ 2) == 0 { at = try copyLooseText(at, to: &sink) }
      case 0x05, 0x45:
        guard try u8(at &+ 1) == BinXMLValueType.string else { return false }
        guard let next = try appendLooseValue(at, first: first, to: &sink) else { return false }
        at = next
      case 0x02:
        sink.append(token)
        at &+= 1
      case 0x03, 0x04:
        sink.append(token)
        at &+= 1
        depth &-= 1
        if depth == 0 {
          sink.append(0x00)
          // Padding and the end token may follow, nothing else.
          return isPadding(at, end)
        }
      default: return false
      }
    }
    return false
  }

  private func isPadding(_ start: Int, _ end: Int) -> Bool { start >= end || view.u8(start) == 0 }

  private func appendLooseName(_ name: Span, to sink: inout ByteSink) -> Bool {
    name.unitCount > 0 && sink.append(from: view, at: name.offset &- 2, byteCount: 2 &+ name.unitCount &* 2)
  }

  /// Attributes whose text is part of the structure: names of fields, and namespaces.
  private func isStructural(_ name: Span) -> Bool {
    view.isUTF16(at: name.offset, unitCount: name.unitCount, equalTo: "Name")
      || view.isUTF16(at: name.offset, unitCount: name.unitCount, startingWith: "xmlns")
  }

  /// Keeps the text behind an attribute's name as it is, when there is one.
  private mutating func copyLooseText(_ at: Int, to sink: inout ByteSink) throws(BinXMLFault) -> Int {
    guard let token = view.u8(at), token == 0x05 || token == 0x45, view.u8(at &+ 1) == BinXMLValueType.string else {
      return at
    }
    let length = 4 &+ Int(try u16(at &+ 2)) &* 2
    guard sink.append(from: view, at: at, byteCount: length) else { throw fail(.truncated, at) }
    return at &+ length
  }

  private mutating func appendLooseValue(
    _ at: Int, first: Int, to sink: inout ByteSink
  ) throws(BinXMLFault) -> Int? {
    let byteCount = Int(try u16(at &+ 2)) &* 2
    guard view.contains(offset: at &+ 4, length: byteCount) else { throw fail(.truncated, at) }
    // As a value the text would lose a NUL at its end, which as text it keeps.
    if byteCount > 0 && view.u16(at &+ 2 &+ byteCount) == 0 { return nil }
    let index = looseValues.count &- first
    guard index < BinXMLLimits.substitutions else { throw fail(.limitExceeded, at) }
    looseValues.append(LooseValue(offset: UInt32(at &+ 4), byteCount: UInt32(byteCount)))
    sink.appendBytes(0x0D, UInt8(truncatingIfNeeded: index), UInt8(truncatingIfNeeded: index >> 8))
    sink.append(BinXMLValueType.string)
    return at &+ 4 &+ byteCount
  }
}
