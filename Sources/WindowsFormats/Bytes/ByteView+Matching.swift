#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What matching asks of bytes: comparison, hashes and windows over text that lies in a buffer of our own.
extension ByteView {
  /// Whether `byteCount` bytes of both views are the same. Ranges that are not inside are not the same. Compared by
  /// words in place: what is compared is mostly shorter than a call to the C library is long.
  @inlinable @inline(__always)
  package func isEqual(at offset: Int, to other: ByteView, at otherOffset: Int, byteCount: Int) -> Bool {
    guard contains(offset: offset, length: byteCount), other.contains(offset: otherOffset, length: byteCount) else {
      return false
    }
    let one = base + offset
    let two = other.base + otherOffset
    var at = 0
    while byteCount &- at >= 8 {
      if (one + at).loadUnaligned(as: UInt64.self) != (two + at).loadUnaligned(as: UInt64.self) { return false }
      at &+= 8
    }
    while at < byteCount {
      if (one + at).load(as: UInt8.self) != (two + at).load(as: UInt8.self) { return false }
      at &+= 1
    }
    return true
  }

  /// A hash of a run of bytes, eight at a time. Only for tables whose entries are then compared.
  @inlinable
  package func hash(at offset: Int, byteCount: Int) -> UInt64 {
    guard contains(offset: offset, length: byteCount) else { return 0 }
    var hash = UInt64(truncatingIfNeeded: byteCount) &* 0x9E37_79B9_7F4A_7C15
    var at = base + offset
    let end = at + byteCount
    while at + 8 <= end {
      hash = (hash ^ at.loadUnaligned(as: UInt64.self)) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 32
      at += 8
    }
    var rest: UInt64 = 0
    while at < end {
      rest = rest << 8 | UInt64(at.load(as: UInt8.self))
      at += 1
    }
    hash = (hash ^ rest) &* 0xFF51_AFD7_ED55_8CCD
    return hash ^ hash >> 29
  }

  /// Calls `body` with the four bytes at every `stride`th offset of a range and that offset. Nothing happens unless four
  /// bytes can be read at the last one.
  @inlinable @inline(__always)
  package func forEachWindow(from start: Int, to end: Int, stride: Int, _ body: (UInt32, Int) -> Void) {
    guard start >= 0, start < end, stride > 0, contains(offset: end, length: 3) else { return }
    var at = start
    while at < end {
      body(UInt32(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt32.self)), at)
      at &+= stride
    }
  }

  /// The first offset in a range at which `other`'s run of bytes stands.
  package func firstIndex(of other: ByteView, at otherOffset: Int, byteCount: Int, from start: Int, to end: Int) -> Int?
  {
    guard start >= 0, end >= start, end <= count, other.contains(offset: otherOffset, length: byteCount) else {
      return nil
    }
    guard byteCount > 0 else { return start }
    let first = Int32(other.base.load(fromByteOffset: otherOffset, as: UInt8.self))
    var at = start
    while byteCount <= end &- at {
      guard let found = memchr(base + at, first, end &- at &- byteCount &+ 1) else { return nil }
      at = UnsafeRawPointer(found) - base
      if memcmp(base + at, other.base + otherOffset, byteCount) == 0 { return at }
      at &+= 1
    }
    return nil
  }

  /// Hands a run of bytes to a function of a C library.
  package func withBytes<R>(at offset: Int, byteCount: Int, _ body: (UnsafeRawBufferPointer) -> R) -> R? {
    guard contains(offset: offset, length: byteCount) else { return nil }
    return body(UnsafeRawBufferPointer(start: base + offset, count: byteCount))
  }
}

extension ByteSink {
  /// What was written; valid until more is.
  @inlinable
  package var view: ByteView { ByteView(base: UnsafeRawPointer(base), count: position) }

  /// Copies bytes of `view` with the letters A–Z made small, up to the first byte outside of ASCII.
  /// - Returns: How many bytes were copied.
  package mutating func appendLowercasedASCII(_ view: ByteView, at offset: Int, byteCount: Int) -> Int {
    guard view.contains(offset: offset, length: byteCount) else { return 0 }
    reserve(byteCount)
    let source = view.base + offset
    let target = UnsafeMutableRawPointer(base + position)
    var at = 0
    while byteCount &- at >= 16 {
      let first = (source + at).loadUnaligned(as: UInt64.self)
      let second = (source + at + 8).loadUnaligned(as: UInt64.self)
      if (first | second) & 0x8080_8080_8080_8080 != 0 { break }
      (target + at).storeBytes(of: ByteSink.lowercased(first), as: UInt64.self)
      (target + at + 8).storeBytes(of: ByteSink.lowercased(second), as: UInt64.self)
      at &+= 16
    }
    while byteCount &- at >= 8 {
      let word = (source + at).loadUnaligned(as: UInt64.self)
      if word & 0x8080_8080_8080_8080 != 0 { break }
      (target + at).storeBytes(of: ByteSink.lowercased(word), as: UInt64.self)
      at &+= 8
    }
    while at < byteCount {
      let byte = source.load(fromByteOffset: at, as: UInt8.self)
      if byte >= 0x80 { break }
      target.storeBytes(of: byte &- 65 < 26 ? byte | 32 : byte, toByteOffset: at, as: UInt8.self)
      at &+= 1
    }
    position &+= at
    return at
  }

  /// Eight ASCII bytes with the letters A–Z made small: a byte's high bit tells that it is not below 'A' and not above
  /// 'Z', and becomes the bit by which the cases differ.
  @inline(__always)
  private static func lowercased(_ word: UInt64) -> UInt64 {
    let notBelow = word &+ 0x3F3F_3F3F_3F3F_3F3F
    let above = word &+ 0x2525_2525_2525_2525
    return word | (notBelow & ~above & 0x8080_8080_8080_8080) >> 2
  }

  /// Zeros, so that windows of four bytes can be read up to the last byte before them.
  package mutating func appendWindowPadding() {
    reserve(4)
    UnsafeMutableRawPointer(base + position).storeBytes(of: 0, as: UInt32.self)
    position &+= 4
  }

  /// One scalar as UTF-8; what is none becomes U+FFFD.
  package mutating func append(scalar: UInt32) {
    reserve(4)
    put(scalar: scalar < 0xD800 || (0xE000..<0x11_0000).contains(scalar) ? scalar : 0xFFFD)
  }
}
