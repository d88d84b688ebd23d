/// UTF-16 in blocks to UTF-8; an unpaired surrogate becomes U+FFFD.
struct UTF16Transcoder: Sendable {
  let isBigEndian: Bool
  private var oddByte: UInt8?
  private var highSurrogate: UInt16?

  init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

  mutating func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    output.reserveCapacity(output.count + bytes.count)
    var at = 0
    if let first = oddByte, !bytes.isEmpty {
      oddByte = nil
      append(unit(first, bytes[0]), to: &output)
      at = 1
    }
    while at + 1 < bytes.count {
      append(unit(bytes[at], bytes[at + 1]), to: &output)
      at += 2
    }
    if at < bytes.count { oddByte = bytes[at] }
  }

  mutating func finish(into output: inout [UInt8]) {
    if highSurrogate != nil { append(scalar: 0xFFFD, to: &output) }
    highSurrogate = nil
  }

  private func unit(_ first: UInt8, _ second: UInt8) -> UInt16 {
    isBigEndian ? UInt16(first) << 8 | UInt16(second) : UInt16(second) << 8 | UInt16(first)
  }

  private mutating func append(_ unit: UInt16, to output: inout [UInt8]) {
    if let high = highSurrogate {
      highSurrogate = nil
      if unit & 0xFC00 == 0xDC00 {
        append(scalar: 0x10000 + (UInt32(high & 0x3FF) << 10 | UInt32(unit & 0x3FF)), to: &output)
        return
      }
      append(scalar: 0xFFFD, to: &output)
    }
    if unit < 0x80 {
      output.append(UInt8(truncatingIfNeeded: unit))
    } else if unit & 0xFC00 == 0xD800 {
      highSurrogate = unit
    } else {
      append(scalar: unit & 0xFC00 == 0xDC00 ? 0xFFFD : UInt32(unit), to: &output)
    }
  }

  private func append(scalar: UInt32, to output: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(scalar) else { return }
    output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}

/// From places in the UTF-8 text to offsets in the file. Equal for UTF-8; for UTF-16 the characters in between are
/// counted: whatever takes four bytes in UTF-8 takes two code units, everything else one.
struct OffsetMap: Sendable {
  private var isUTF16 = false
  private var textOffset = 0
  private var fileOffset = 0

  mutating func start(at offset: Int, isUTF16: Bool) {
    fileOffset = offset
    self.isUTF16 = isUTF16
  }

  /// Moves the known pair forward; `view` starts at text offset `base`.
  mutating func advance(to offset: Int, in view: UnsafeRawBufferPointer, base: Int) {
    guard isUTF16 else { return }
    while textOffset < offset {
      let at = textOffset - base
      guard at >= 0, at < view.count else { break }
      switch view[at] {
      case 0xF0...: fileOffset += 4
      case 0x80..<0xC0: break
      default: fileOffset += 2
      }
      textOffset += 1
    }
  }

  /// Exact for the place advanced to, and for every place of UTF-8 text.
  func fileOffset(atTextOffset offset: Int) -> Int { isUTF16 ? fileOffset : offset }
}
