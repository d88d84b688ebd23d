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

  /// A hash of some of the view's bytes from its start to its end: all of a short one. Only for tables whose entries are
  /// then compared, and that lose no more than time where texts with the same hash follow each other.
  @inlinable @inline(__always)
  package var sampledHash: UInt64 {
    let last = count &- 8
    guard last >= 0 else { return hash(at: 0, byteCount: count) }
    let quarter = last >> 2
    func word(_ offset: Int) -> UInt64 { base.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
    let outer = (word(0) ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15 ^ word(last)
    let inner = word(quarter) &* 0xFF51_AFD7_ED55_8CCD ^ word(2 &* quarter)
    let hash = (outer ^ outer >> 29) &* 0xC4CE_B9FE_1A85_EC53 ^ (inner ^ inner >> 31) &* 0x94D0_49BB_1331_11EB
    let mixed = (hash ^ word(3 &* quarter)) &* 0xBF58_476D_1CE4_E5B9
    return mixed ^ mixed >> 32
  }

  /// A run of bytes as a view of its own; nil when it does not lie inside.
  @inlinable @inline(__always)
  package func part(_ offset: Int, _ length: Int) -> ByteView? {
    contains(offset: offset, length: length) ? ByteView(base: base + offset, count: length) : nil
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
  @inlinable
  package func withBytes<R>(at offset: Int, byteCount: Int, _ body: (UnsafeRawBufferPointer) -> R) -> R? {
    guard contains(offset: offset, length: byteCount) else { return nil }
    return body(UnsafeRawBufferPointer(start: base + offset, count: byteCount))
  }
}

extension ByteSink {
  /// What was written; valid until more is.
  @inlinable
  package var view: ByteView { ByteView(base: UnsafeRawPointer(base), count: position) }

  /// Counts in bytes that are written later, by `replace`; until then they are whatever was there.
  package mutating func skip(_ byteCount: Int) {
    reserve(byteCount)
    position &+= byteCount
  }

  package mutating func append(_ view: ByteView, at offset: Int, byteCount: Int) {
    precondition(view.contains(offset: offset, length: byteCount))
    append(UnsafeRawBufferPointer(start: view.base + offset, count: byteCount))
  }

  /// Writes a run of bytes over those at an offset.
  package mutating func replace(at offset: Int, with view: ByteView, at source: Int, byteCount: Int) {
    precondition(
      view.contains(offset: source, length: byteCount) && self.view.contains(offset: offset, length: byteCount))
    memmove(base + offset, view.base + source, byteCount)
  }

  /// Appends as many bytes as `body` writes into the room that it is given.
  package mutating func append(upTo byteCount: Int, _ body: (UnsafeMutableBufferPointer<UInt8>) -> Int?) {
    reserve(byteCount)
    let written = body(UnsafeMutableBufferPointer(start: base + position, count: byteCount)) ?? 0
    precondition(written >= 0 && written <= byteCount)
    position &+= written
  }

  /// Zeros, so that windows of four bytes can be read up to the last byte before them.
  package mutating func appendWindowPadding() {
    reserve(4)
    UnsafeMutableRawPointer(base + position).storeBytes(of: 0, as: UInt32.self)
    position &+= 4
  }
}
