/// Array values: one substitution that stands for several ([MS-EVEN6] 3.1.4.7.5).
extension RecordRenderer {
  /// The elements of an array from the value's bytes; nil past the last. `position` starts at 0.
  mutating func nextElement(
    of value: ValueReference, _ position: inout Int
  ) throws(BinXMLFault) -> ValueReference? {
    guard position < value.size else { return nil }
    let type = value.type & ~BinXMLValueType.arrayFlag
    let start = value.offset &+ position
    let rest = value.size &- position
    let size = try elementSize(type, at: start, rest: rest, arraySize: value.size)
    guard size.content <= rest else {
      position = value.size
      return nil
    }
    position &+= size.stride
    try parser.spend(BinXMLLimits.workPerToken &+ size.stride, at: start)
    return ValueReference(type: type, offset: start, size: size.content)
  }

  /// Strings end with a NUL, SIDs carry their length, all else has a fixed width.
  private mutating func elementSize(
    _ type: UInt8, at start: Int, rest: Int, arraySize: Int
  ) throws(BinXMLFault) -> (content: Int, stride: Int) {
    switch type {
    case BinXMLValueType.string:
      var size = 0
      while size &+ 2 <= rest {
        if try parser.u16(start &+ size) == 0 { return (size, size &+ 2) }
        size &+= 2
      }
      return (size, rest)
    case BinXMLValueType.ansiString:
      var size = 0
      while size < rest {
        if try parser.u8(start &+ size) == 0 { return (size, size &+ 1) }
        size &+= 1
      }
      return (size, rest)
    case BinXMLValueType.sid:
      guard rest >= 8 else { throw parser.fail(.truncated, start) }
      let size = 8 &+ Int(try parser.u8(start &+ 1)) &* 4
      return (size, size)
    case BinXMLValueType.sizeT:
      // Arrays of pointers do not say their width: eight bytes wherever they fit.
      let width = arraySize % 8 == 0 ? 8 : 4
      return (width, width)
    default:
      guard let width = BinXMLValueType.width(type) else { throw parser.fail(.unsupported, start) }
      return (width, width)
    }
  }

  /// Elements separated by commas; what is left of a cut-off element is not shown.
  mutating func appendArray(_ value: ValueReference, depth: Int) throws(BinXMLFault) {
    var position = 0
    while let element = try nextElement(of: value, &position) {
      separate()
      try appendValue(element, null: "\"\"", depth: depth)
    }
  }

  /// The array's elements, or the one value, as elements of the JSON array being written.
  mutating func appendItems(_ value: ValueReference, depth: Int) throws(BinXMLFault) {
    if value.type & BinXMLValueType.arrayFlag != 0 { return try appendArray(value, depth: depth) }
    separate()
    try appendValue(value, null: "\"\"", depth: depth)
  }

  /// The elements joined by commas, where an array stands inside text.
  mutating func appendArrayText(
    _ value: ValueReference, escaping: TextEscaping, depth: Int
  ) throws(BinXMLFault) {
    var position = 0
    var isFirst = true
    while let element = try nextElement(of: value, &position) {
      if isFirst { isFirst = false } else { out.append(44) }
      try appendText(element, escaping: escaping, depth: depth)
    }
  }
}
