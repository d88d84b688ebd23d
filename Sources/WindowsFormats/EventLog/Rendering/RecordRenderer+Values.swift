/// Values as JSON and as text, [MS-EVEN6] 2.2.12 and 3.1.4.7.
extension RecordRenderer {
  /// A JSON value. Strings come first: they are most of a log.
  @inline(__always)
  mutating func appendValue(_ value: ValueReference, null: StaticString, depth: Int) throws(BinXMLFault) {
    if value.size > BinXMLLimits.smallValue { try parser.spend(value.size, at: value.offset) }
    if value.type == BinXMLValueType.string {
      let units = parser.view.stringUnitCount(at: value.offset, byteCount: value.size)
      guard out.appendQuotedUTF16(parser.view, at: value.offset, unitCount: units) else {
        throw parser.fail(.truncated, value.offset)
      }
      return
    }
    try appendOtherValue(value, null: null, depth: depth)
  }

  @inline(never)
  private mutating func appendOtherValue(
    _ value: ValueReference, null: StaticString, depth: Int
  ) throws(BinXMLFault) {
    // Unsigned numbers of their type's own size are most of what is not a string.
    if let number = unsigned(value) {
      out.reserve(20)
      return out.uncheckedDecimal(number)
    }
    if try appendQuotedIdentifier(value) { return }
    if value.type & BinXMLValueType.arrayFlag != 0 {
      out.append(91)
      try appendArray(value, depth: depth)
      return out.append(93)
    }
    switch value.type {
    case BinXMLValueType.null: out.append(null)
    case BinXMLValueType.int8...BinXMLValueType.uint64, BinXMLValueType.bool:
      if value.size == 0 { return out.append(null) }
      try appendScalarText(value)
    case BinXMLValueType.real32, BinXMLValueType.real64:
      if value.size == 0 { return out.append(null) }
      try appendReal(value)
    // A fragment where the template declares something else: only the expanded record shows what it belongs to.
    case BinXMLValueType.binXML where value.size > 0: throw .needsExpansion
    case BinXMLValueType.evtXML where value.size > 0, BinXMLValueType.ansiString...BinXMLValueType.hexInt64,
      BinXMLValueType.evtHandle, BinXMLValueType.binXML, BinXMLValueType.evtXML:
      out.append(34)
      try appendText(value, escaping: .json, depth: depth)
      out.append(34)
    default: throw parser.fail(.unsupported, value.offset)
    }
  }

  /// The types with an own notation that System has in every record.
  @inline(__always)
  private mutating func appendQuotedIdentifier(_ value: ValueReference) throws(BinXMLFault) -> Bool {
    switch (value.type, value.size) {
    case (BinXMLValueType.guid, 16): try check(out.appendQuotedGUID(parser.view, at: value.offset), value)
    case (BinXMLValueType.hexInt64, 8):
      let number = try bits(value, width: 8)
      out.reserve(20)
      out.put(34)
      out.uncheckedHex(number)
      out.put(34)
    case (BinXMLValueType.fileTime, 8):
      let time = try bits(value, width: 8)
      out.reserve(50)
      out.put(34)
      out.uncheckedFileTime(time)
      out.put(34)
    case (BinXMLValueType.sid, 8...):
      out.append(34)
      try check(out.appendSID(parser.view, at: value.offset, byteCount: value.size), value)
      out.append(34)
    default: return false
    }
    return true
  }

  @inline(__always)
  private func unsigned(_ value: ValueReference) -> UInt64? {
    switch value.type {
    case BinXMLValueType.uint32 where value.size == 4: parser.view.u32(value.offset).map(UInt64.init)
    case BinXMLValueType.uint16 where value.size == 2: parser.view.u16(value.offset).map(UInt64.init)
    case BinXMLValueType.uint8 where value.size == 1: parser.view.u8(value.offset).map(UInt64.init)
    case BinXMLValueType.uint64 where value.size == 8: parser.view.u64(value.offset)
    default: nil
    }
  }

  /// A finite number as JSON; infinities and NaN as strings, which JSON has no numbers for.
  private mutating func appendReal(_ value: ValueReference) throws(BinXMLFault) {
    let number = try real(value)
    if !number.isFinite { out.append(34) }
    out.append(number.text)
    if !number.isFinite { out.append(34) }
  }

  private mutating func real(_ value: ValueReference) throws(BinXMLFault) -> (isFinite: Bool, text: String) {
    if value.type == BinXMLValueType.real32 {
      let number = Float(bitPattern: UInt32(truncatingIfNeeded: try bits(value, width: 4)))
      return (number.isFinite, "\(number)")
    }
    let number = Double(bitPattern: try bits(value, width: 8))
    return (number.isFinite, "\(number)")
  }

  /// The first `width` bytes of a value as a little-endian number.
  @inline(__always)
  mutating func bits(_ value: ValueReference, width: Int) throws(BinXMLFault) -> UInt64 {
    guard value.size >= width else { throw parser.fail(.truncated, value.offset) }
    switch width {
    case 1: return UInt64(try parser.u8(value.offset))
    case 2: return UInt64(try parser.u16(value.offset))
    case 4: return UInt64(try parser.u32(value.offset))
    default:
      guard let number = parser.view.u64(value.offset) else { throw parser.fail(.truncated, value.offset) }
      return number
    }
  }

  /// The text of a value without quotes.
  mutating func appendText(_ value: ValueReference, escaping: TextEscaping, depth: Int) throws(BinXMLFault) {
    if value.size > BinXMLLimits.smallValue { try parser.spend(value.size, at: value.offset) }
    switch value.type {
    case BinXMLValueType.null: return
    case BinXMLValueType.string, BinXMLValueType.evtXML:
      let units = parser.view.stringUnitCount(at: value.offset, byteCount: value.size)
      try check(out.appendUTF16(parser.view, at: value.offset, unitCount: units, escaping: escaping), value)
    case BinXMLValueType.ansiString:
      var count = value.size
      while count > 0, parser.view.u8(value.offset &+ count &- 1) == 0 { count &-= 1 }
      try check(out.appendANSI(parser.view, at: value.offset, byteCount: count, escaping: escaping), value)
    case BinXMLValueType.real32, BinXMLValueType.real64: if value.size > 0 { out.append(try real(value).text) }
    case BinXMLValueType.binXML:
      if value.size == 0 { return }
      guard output == .xml else { throw .needsExpansion }
      try appendNested(value, role: .members, depth: depth)
    case BinXMLValueType.arrayFlag...: try appendArrayText(value, escaping: escaping, depth: depth)
    default: if value.size > 0 { try appendScalarText(value) }
    }
  }

  private mutating func check(_ wasInside: Bool, _ value: ValueReference) throws(BinXMLFault) {
    guard wasInside else { throw parser.fail(.truncated, value.offset) }
  }

  /// Values whose text is ASCII and needs no escape anywhere.
  private mutating func appendScalarText(_ value: ValueReference) throws(BinXMLFault) {
    switch value.type {
    case BinXMLValueType.int8: out.appendDecimal(Int64(Int8(truncatingIfNeeded: try bits(value, width: 1))))
    case BinXMLValueType.uint8: out.appendDecimal(try bits(value, width: 1))
    case BinXMLValueType.int16: out.appendDecimal(Int64(Int16(truncatingIfNeeded: try bits(value, width: 2))))
    case BinXMLValueType.uint16: out.appendDecimal(try bits(value, width: 2))
    case BinXMLValueType.int32: out.appendDecimal(Int64(Int32(truncatingIfNeeded: try bits(value, width: 4))))
    case BinXMLValueType.uint32: out.appendDecimal(try bits(value, width: 4))
    case BinXMLValueType.int64: out.appendDecimal(Int64(bitPattern: try bits(value, width: 8)))
    case BinXMLValueType.uint64: out.appendDecimal(try bits(value, width: 8))
    case BinXMLValueType.bool: out.append(try bits(value, width: value.size >= 4 ? 4 : 1) != 0 ? "true" : "false")
    case BinXMLValueType.binary, BinXMLValueType.evtHandle:
      try check(out.appendHexUpper(parser.view, at: value.offset, byteCount: value.size), value)
    case BinXMLValueType.guid: try check(value.size >= 16 && out.appendGUID(parser.view, at: value.offset), value)
    case BinXMLValueType.sizeT: out.appendHex(try bits(value, width: value.size >= 8 ? 8 : 4))
    case BinXMLValueType.fileTime: out.appendFileTime(try bits(value, width: 8))
    case BinXMLValueType.systemTime: try appendSystemTime(value)
    case BinXMLValueType.sid:
      try check(out.appendSID(parser.view, at: value.offset, byteCount: value.size), value)
    case BinXMLValueType.hexInt32: out.appendHex(try bits(value, width: 4))
    case BinXMLValueType.hexInt64: out.appendHex(try bits(value, width: 8))
    default: throw parser.fail(.unsupported, value.offset)
    }
  }

  /// SYSTEMTIME, [MS-DTYP] 2.3.13: eight 16-bit parts. Parts out of range are a fault, not a date.
  private mutating func appendSystemTime(_ value: ValueReference) throws(BinXMLFault) {
    guard value.size >= 16 else { throw parser.fail(.truncated, value.offset) }
    var parts = (0, 0, 0, 0, 0, 0, 0)
    parts.0 = Int(try parser.u16(value.offset))
    parts.1 = Int(try parser.u16(value.offset &+ 2))
    parts.2 = Int(try parser.u16(value.offset &+ 6))
    parts.3 = Int(try parser.u16(value.offset &+ 8))
    parts.4 = Int(try parser.u16(value.offset &+ 10))
    parts.5 = Int(try parser.u16(value.offset &+ 12))
    parts.6 = Int(try parser.u16(value.offset &+ 14))
    guard parts.0 <= 30_827, parts.1 <= 12, parts.2 <= 31, parts.3 < 24, parts.4 < 60, parts.5 <= 60, parts.6 < 1000
    else { throw parser.fail(.invalidValue, value.offset) }
    out.reserve(48)
    out.uncheckedMilliseconds(
      CivilTime(
        year: parts.0, month: parts.1, day: parts.2, hour: parts.3, minute: parts.4, second: parts.5,
        ticks: parts.6 * 10_000))
  }

  // MARK: Canonical scalars

  /// A field of System that is text in the canonical form, also where a log has a number in its place.
  mutating func appendTextOrNull(_ value: ValueReference, depth: Int) throws(BinXMLFault) {
    switch value.type {
    case BinXMLValueType.string: try appendValue(value, null: "null", depth: depth)
    case BinXMLValueType.null: out.append("null")
    default:
      if try appendQuotedIdentifier(value) { return }
      out.append(34)
      try appendText(value, escaping: .json, depth: depth)
      out.append(34)
    }
  }

  /// As a value, but text of decimal digits is a number: some forwarders write every value as a string.
  @inline(__always)
  mutating func appendNumber(_ value: ValueReference, depth: Int) throws(BinXMLFault) {
    if let number = unsigned(value) {
      out.reserve(20)
      return out.uncheckedDecimal(number)
    }
    try appendNumberText(value, depth: depth)
  }

  @inline(never)
  private mutating func appendNumberText(_ value: ValueReference, depth: Int) throws(BinXMLFault) {
    if value.type == BinXMLValueType.string {
      let units = parser.view.stringUnitCount(at: value.offset, byteCount: value.size)
      if isDecimal(at: value.offset, unitCount: units) {
        return try check(
          out.appendUTF16(parser.view, at: value.offset, unitCount: units, escaping: .none), value)
      }
    }
    try appendValue(value, null: "null", depth: depth)
  }

  mutating func appendRecordID(_ value: ValueReference, depth: Int) throws(BinXMLFault) {
    if value.size > BinXMLLimits.smallValue { try parser.spend(value.size, at: value.offset) }
    let number = recordID(value) ?? headerID
    recordIDDiffers = number != headerID
    out.appendDecimal(number)
  }

  /// The record id that a value spells: an unsigned number, or text of one.
  func recordID(_ value: ValueReference) -> UInt64? {
    if let number = unsigned(value) { return number }
    guard value.type == BinXMLValueType.string else { return nil }
    let units = parser.view.stringUnitCount(at: value.offset, byteCount: value.size)
    return isDecimal(at: value.offset, unitCount: units) ? decimal(value.offset, units) : nil
  }

  /// The number that `isDecimal` text spells: at most 18 digits.
  func decimal(_ offset: Int, _ unitCount: Int) -> UInt64 {
    var number: UInt64 = 0
    for index in 0..<unitCount {
      number = number &* 10 &+ UInt64(parser.view.u16(offset &+ index &* 2) ?? 48) &- 48
    }
    return number
  }
}
