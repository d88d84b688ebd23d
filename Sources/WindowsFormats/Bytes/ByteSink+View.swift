#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Copies from a view into the sink: the bounds of both sides are proved here, so that the readers above stay safe.
/// A range that does not lie inside the view writes nothing and returns false.
extension ByteSink {
  @inline(__always)
  mutating func appendUTF16(_ view: ByteView, at offset: Int, unitCount: Int, escaping: TextEscaping) -> Bool {
    guard unitCount >= 0, view.contains(offset: offset, length: unitCount &* 2) else { return false }
    appendUTF16(view.base + offset, unitCount: unitCount, escaping: escaping)
    return true
  }

  /// A quoted JSON string from UTF-16LE.
  @inline(__always)
  mutating func appendQuotedUTF16(_ view: ByteView, at offset: Int, unitCount: Int) -> Bool {
    guard unitCount >= 0, view.contains(offset: offset, length: unitCount &* 2) else { return false }
    reserve(unitCount &* 6 &+ 48)
    put(34)
    appendUTF16JSON(view.base + offset, unitCount: unitCount)
    put(34)
    return true
  }

  mutating func appendANSI(_ view: ByteView, at offset: Int, byteCount: Int, escaping: TextEscaping) -> Bool {
    guard view.contains(offset: offset, length: byteCount) else { return false }
    appendANSI(view.base + offset, byteCount: byteCount, escaping: escaping)
    return true
  }

  mutating func appendHexUpper(_ view: ByteView, at offset: Int, byteCount: Int) -> Bool {
    guard view.contains(offset: offset, length: byteCount) else { return false }
    reserve(byteCount &* 2)
    for index in 0..<byteCount { uncheckedHexByte(view.base.load(fromByteOffset: offset &+ index, as: UInt8.self)) }
    return true
  }

  mutating func appendGUID(_ view: ByteView, at offset: Int) -> Bool {
    guard view.contains(offset: offset, length: 16) else { return false }
    reserve(36)
    uncheckedGUID(view.base + offset)
    return true
  }

  /// A GUID in quotes.
  @inline(__always)
  mutating func appendQuotedGUID(_ view: ByteView, at offset: Int) -> Bool {
    guard view.contains(offset: offset, length: 16) else { return false }
    reserve(40)
    put(34)
    uncheckedGUID(view.base + offset)
    put(34)
    return true
  }

  mutating func appendSID(_ view: ByteView, at offset: Int, byteCount: Int) -> Bool {
    guard view.contains(offset: offset, length: byteCount) else { return false }
    return appendSID(view.base + offset, byteCount: byteCount)
  }

  @inline(__always)
  mutating func appendHex(_ value: UInt64) {
    reserve(18)
    uncheckedHex(value)
  }

  /// Lets `body` read what was written.
  func withView<R, E: Error>(_ body: (ByteView) throws(E) -> R) throws(E) -> R {
    try body(ByteView(base: UnsafeRawPointer(base), count: position))
  }

  /// Copies bytes of another sink. Short runs move as two vectors past the end of what is asked: `ByteSink` keeps
  /// `overshoot` bytes after its capacity on both sides for that.
  @inline(__always)
  mutating func append(from other: borrowing ByteSink, at offset: Int, byteCount: Int) {
    precondition(offset >= 0 && byteCount >= 0 && byteCount <= other.position &- offset)
    reserve(byteCount)
    let target = UnsafeMutableRawPointer(base + position)
    let source = UnsafeRawPointer(other.base + offset)
    if byteCount <= 32 {
      target.storeBytes(of: source.loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
      (target + 16).storeBytes(of: (source + 16).loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
    } else if byteCount <= 64 {
      target.storeBytes(of: source.loadUnaligned(as: SIMD32<UInt8>.self), as: SIMD32<UInt8>.self)
      (target + 32).storeBytes(of: (source + 32).loadUnaligned(as: SIMD32<UInt8>.self), as: SIMD32<UInt8>.self)
    } else {
      memcpy(target, source, byteCount)
    }
    position &+= byteCount
  }
}

extension ByteSink {
  /// Copies bytes of a view.
  @inline(__always)
  mutating func append(from view: ByteView, at offset: Int, byteCount: Int) -> Bool {
    guard view.contains(offset: offset, length: byteCount) else { return false }
    reserve(byteCount)
    let source = view.base + offset
    // Names are short: two words that may overlap, without a call.
    if byteCount >= 8 && byteCount <= 16 {
      let target = UnsafeMutableRawPointer(base + position)
      target.storeBytes(of: source.loadUnaligned(as: UInt64.self), as: UInt64.self)
      (target + (byteCount &- 8)).storeBytes(
        of: (source + (byteCount &- 8)).loadUnaligned(as: UInt64.self), as: UInt64.self)
    } else if byteCount > 16 && byteCount <= 32 {
      let target = UnsafeMutableRawPointer(base + position)
      target.storeBytes(of: source.loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
      (target + (byteCount &- 16)).storeBytes(
        of: (source + (byteCount &- 16)).loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
    } else if byteCount < 8 {
      for index in 0..<byteCount { base[position &+ index] = source.load(fromByteOffset: index, as: UInt8.self) }
    } else {
      memcpy(base + position, source, byteCount)
    }
    position &+= byteCount
    return true
  }

  /// Whether the bytes of two ranges of this sink are the same.
  func areEqual(_ one: Int, _ other: Int, byteCount: Int) -> Bool {
    precondition(one >= 0 && other >= 0 && byteCount >= 0 && max(one, other) &+ byteCount <= position)
    return memcmp(base + one, base + other, byteCount) == 0
  }

  /// A hash of the bytes from `start` to the end, eight at a time. Only for tables whose entries are then compared.
  func hash(from start: Int) -> UInt64 {
    precondition(start >= 0 && start <= position)
    var hash = UInt64(truncatingIfNeeded: position &- start) &* 0x9E37_79B9_7F4A_7C15
    var at = start
    while at &+ 8 <= position {
      let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self)
      hash = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 32
      at &+= 8
    }
    while at < position {
      hash = (hash ^ UInt64(base[at])) &* 0x100_0000_01B3
      at &+= 1
    }
    return hash ^ hash >> 29
  }
}
