/// Which escapes a text needs where it is going.
enum TextEscaping: Sendable {
  /// None: the raw value, for matching.
  case none
  /// Inside a JSON string (RFC 8259 section 7).
  case json
  /// XML character data or attribute value; characters that XML 1.0 forbids become U+FFFD.
  case xml
}

/// Text from UTF-16LE, Windows-1252 and UTF-8 to escaped UTF-8.
extension ByteSink {
  /// UTF-16LE code units to UTF-8; an unpaired surrogate becomes U+FFFD. `source` may be unaligned.
  @inline(__always)
  mutating func appendUTF16(_ source: UnsafeRawPointer, unitCount: Int, escaping: TextEscaping) {
    switch escaping {
    case .json: appendUTF16JSON(source, unitCount: unitCount)
    case .none: appendUTF16Raw(source, unitCount: unitCount)
    case .xml: appendUTF16XML(source, unitCount: unitCount)
    }
  }

  /// Sixteen units at a time while they are plain ASCII, with one test for what needs care.
  @inline(__always)
  mutating func appendUTF16JSON(_ source: UnsafeRawPointer, unitCount: Int) {
    reserve(unitCount &* 6 &+ 32)
    var at = 0
    let quote = SIMD16<UInt8>(repeating: 34)
    let backslash = SIMD16<UInt8>(repeating: 92)
    let space = SIMD16<UInt8>(repeating: 32)
    while unitCount &- at >= 16 {
      let units = source.loadUnaligned(fromByteOffset: at &* 2, as: SIMD16<UInt16>.self)
      let words = unsafeBitCast(units, to: SIMD4<UInt64>.self)
      if ((words.x | words.y) | (words.z | words.w)) & 0xFF80_FF80_FF80_FF80 != 0 {
        let end = at &+ 16
        while at < end { at = appendUnitJSON(source, at, unitCount) }
        continue
      }
      let bytes = unsafeBitCast(units, to: SIMD32<UInt8>.self).evenHalf
      let special = (bytes .== quote) .| (bytes .== backslash) .| (bytes .< space)
      UnsafeMutableRawPointer(base + position).storeBytes(of: bytes, as: SIMD16<UInt8>.self)
      let mask = unsafeBitCast(special, to: SIMD2<UInt64>.self)
      if mask.x | mask.y == 0 {
        position &+= 16
        at &+= 16
        continue
      }
      let plain = mask.x != 0 ? mask.x.trailingZeroBitCount >> 3 : 8 &+ (mask.y.trailingZeroBitCount >> 3)
      position &+= plain
      at &+= plain
      // A path has a backslash every few characters: the common escape is written here.
      let byte = UInt8(truncatingIfNeeded: source.loadUnaligned(fromByteOffset: at &* 2, as: UInt16.self))
      if byte == 92 || byte == 34 {
        put(92)
        put(byte)
      } else {
        escapeJSON(byte)
      }
      at &+= 1
    }
    // Four units at a time in one word; lanes below 0x80 only.
    while unitCount &- at >= 4 {
      let word = source.loadUnaligned(fromByteOffset: at &* 2, as: UInt64.self)
      if word & 0xFF80_FF80_FF80_FF80 == 0 {
        let high: UInt64 = 0x0080_0080_0080_0080
        let control = (word &+ 0x0060_0060_0060_0060) & high ^ high
        let isQuote = ((word ^ 0x0022_0022_0022_0022) &+ 0x007F_007F_007F_007F) & high ^ high
        let isBackslash = ((word ^ 0x005C_005C_005C_005C) &+ 0x007F_007F_007F_007F) & high ^ high
        if control | isQuote | isBackslash == 0 {
          let pairs = (word | word >> 8) & 0x0000_FFFF_0000_FFFF
          UnsafeMutableRawPointer(base + position).storeBytes(
            of: UInt32(truncatingIfNeeded: pairs | pairs >> 16), as: UInt32.self)
          position &+= 4
          at &+= 4
          continue
        }
      }
      at = appendUnitJSON(source, at, unitCount)
    }
    while at < unitCount { at = appendUnitJSON(source, at, unitCount) }
  }

  @inline(__always)
  private mutating func appendUnitJSON(_ source: UnsafeRawPointer, _ at: Int, _ unitCount: Int) -> Int {
    let unit = source.loadUnaligned(fromByteOffset: at &* 2, as: UInt16.self)
    if unit < 0x80 {
      let byte = UInt8(truncatingIfNeeded: unit)
      if byte == 92 {
        put(92)
        put(92)
      } else if byte >= 32 && byte != 34 {
        put(byte)
      } else {
        escapeJSON(byte)
      }
      return at &+ 1
    }
    return appendWide(source, at, unitCount, unit)
  }

  /// A unit of 0x80 or more, with its partner when it is the first of a surrogate pair. Needs 4 bytes reserved.
  @inline(never)
  private mutating func appendWide(_ source: UnsafeRawPointer, _ at: Int, _ unitCount: Int, _ unit: UInt16) -> Int {
    if unit & 0xF800 != 0xD800 {
      put(scalar: UInt32(unit))
      return at &+ 1
    }
    if unit < 0xDC00 && at &+ 1 < unitCount {
      let low = source.loadUnaligned(fromByteOffset: at &* 2 &+ 2, as: UInt16.self)
      if low & 0xFC00 == 0xDC00 {
        put(scalar: 0x10000 &+ (UInt32(unit & 0x3FF) << 10 | UInt32(low & 0x3FF)))
        return at &+ 2
      }
    }
    put(scalar: 0xFFFD)
    return at &+ 1
  }

  @inline(__always)
  mutating func put(scalar: UInt32) {
    if scalar < 0x80 {
      put(UInt8(truncatingIfNeeded: scalar))
    } else if scalar < 0x800 {
      put(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
      put(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    } else if scalar < 0x10000 {
      put(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
      put(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
      put(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    } else {
      put(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
      put(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
      put(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
      put(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    }
  }

  /// An ASCII byte that JSON wants escaped. Needs 6 bytes reserved.
  @inline(never)
  mutating func escapeJSON(_ byte: UInt8) {
    switch byte {
    case 34: put("\\\"")
    case 92: put("\\\\")
    case 8: put("\\b")
    case 12: put("\\f")
    case 10: put("\\n")
    case 13: put("\\r")
    case 9: put("\\t")
    default:
      put("\\u00")
      uncheckedHexDigitLower(byte >> 4)
      uncheckedHexDigitLower(byte)
    }
  }

  @inline(__always)
  private mutating func appendUTF16Raw(_ source: UnsafeRawPointer, unitCount: Int) {
    reserve(unitCount &* 3 &+ 32)
    var at = 0
    while unitCount &- at >= 16 {
      let units = source.loadUnaligned(fromByteOffset: at &* 2, as: SIMD16<UInt16>.self)
      let words = unsafeBitCast(units, to: SIMD4<UInt64>.self)
      if ((words.x | words.y) | (words.z | words.w)) & 0xFF80_FF80_FF80_FF80 == 0 {
        UnsafeMutableRawPointer(base + position).storeBytes(
          of: SIMD16<UInt8>(truncatingIfNeeded: units), as: SIMD16<UInt8>.self)
        position &+= 16
        at &+= 16
      } else {
        let end = at &+ 16
        while at < end { at = appendUnitRaw(source, at, unitCount) }
      }
    }
    while at < unitCount { at = appendUnitRaw(source, at, unitCount) }
  }

  @inline(__always)
  private mutating func appendUnitRaw(_ source: UnsafeRawPointer, _ at: Int, _ unitCount: Int) -> Int {
    let unit = source.loadUnaligned(fromByteOffset: at &* 2, as: UInt16.self)
    if unit < 0x80 {
      put(UInt8(truncatingIfNeeded: unit))
      return at &+ 1
    }
    return appendWide(source, at, unitCount, unit)
  }

  private mutating func appendUTF16XML(_ source: UnsafeRawPointer, unitCount: Int) {
    reserve(unitCount &* 6 &+ 32)
    var at = 0
    while at < unitCount {
      let unit = source.loadUnaligned(fromByteOffset: at &* 2, as: UInt16.self)
      if unit < 0x80 {
        putXML(UInt8(truncatingIfNeeded: unit))
        at &+= 1
      } else if unit >= 0xFFFE {
        put(scalar: 0xFFFD)
        at &+= 1
      } else {
        at = appendWide(source, at, unitCount, unit)
      }
    }
  }

  /// One ASCII byte of XML text. Needs 6 bytes reserved.
  @inline(__always)
  private mutating func putXML(_ byte: UInt8) {
    switch byte {
    case 38: put("&amp;")
    case 60: put("&lt;")
    case 62: put("&gt;")
    case 34: put("&quot;")
    // A parser normalises raw line ends and, in attributes, tabs: a reference keeps them.
    case 13: put("&#13;")
    case 9, 10, 32...: put(byte)
    default: put(scalar: 0xFFFD)
    }
  }

  /// One byte string in Windows-1252, the encoding Windows uses for ANSI strings on most systems.
  mutating func appendANSI(_ source: UnsafeRawPointer, byteCount: Int, escaping: TextEscaping) {
    reserve(byteCount &* 6 &+ 8)
    for offset in 0..<byteCount {
      let byte = source.load(fromByteOffset: offset, as: UInt8.self)
      if byte >= 0x80 {
        put(scalar: windows1252(byte))
      } else {
        putASCII(byte, escaping)
      }
    }
  }

  @inline(__always)
  private mutating func putASCII(_ byte: UInt8, _ escaping: TextEscaping) {
    switch escaping {
    case .none: put(byte)
    case .json: if byte >= 32 && byte != 34 && byte != 92 { put(byte) } else { escapeJSON(byte) }
    case .xml: putXML(byte)
    }
  }

  /// Already valid UTF-8, escaped.
  mutating func appendUTF8(_ text: String, escaping: TextEscaping) {
    var text = text
    text.withUTF8 { bytes in
      reserve(bytes.count &* 6 &+ 8)
      for index in 0..<bytes.count {
        let byte = bytes[index]
        if byte < 0x80 {
          putASCII(byte, escaping)
        } else if escaping == .xml, byte >= 0xBE, index >= 2, bytes[index - 1] == 0xBF, bytes[index - 2] == 0xEF {
          // U+FFFE and U+FFFF are EF BF BE and EF BF BF; XML has no place for them, U+FFFD is EF BF BD.
          put(0xBD)
        } else {
          put(byte)
        }
      }
    }
  }

  /// A JSON string with its quotes.
  public mutating func appendJSONString(_ text: String) {
    append(34)
    appendUTF8(text, escaping: .json)
    append(34)
  }

  /// Text for XML character data or a double-quoted attribute value.
  public mutating func appendXMLText(_ text: String) { appendUTF8(text, escaping: .xml) }
}

/// The scalar of a byte of 0x80 or more in Windows-1252; the five undefined bytes stand for themselves.
private func windows1252(_ byte: UInt8) -> UInt32 {
  guard byte < 0xA0 else { return UInt32(byte) }
  let table: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
    0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
    0x017E, 0x0178,
  ]
  return table[Int(byte) - 0x80]
}
