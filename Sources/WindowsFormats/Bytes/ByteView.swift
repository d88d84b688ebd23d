#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A borrowed run of bytes with checked little-endian loads.
///
/// The owner of the memory keeps it alive while a view is used. This type and `ByteSink` hold all unsafe memory access
/// of the module: each load proves its bounds first, so no offset taken from a file can read outside the buffer.
public struct ByteView: @unchecked Sendable {
  @usableFromInline let base: UnsafeRawPointer
  /// Number of bytes that may be read.
  public let count: Int

  public init(_ bytes: UnsafeRawBufferPointer) {
    base = bytes.baseAddress ?? ByteView.nothing
    count = bytes.count
  }

  @inlinable
  init(base: UnsafeRawPointer, count: Int) {
    self.base = base
    self.count = count
  }

  /// Something to point at when there are no bytes.
  private static var nothing: UnsafeRawPointer { UnsafeRawPointer(("" as StaticString).utf8Start) }

  /// Whether `length` bytes starting at `offset` lie inside the view; never overflows.
  @inlinable @inline(__always)
  public func contains(offset: Int, length: Int) -> Bool {
    offset >= 0 && length >= 0 && offset <= count && length <= count &- offset
  }

  @inlinable @inline(__always)
  public func u8(_ offset: Int) -> UInt8? {
    contains(offset: offset, length: 1) ? base.load(fromByteOffset: offset, as: UInt8.self) : nil
  }

  @inlinable @inline(__always)
  public func u16(_ offset: Int) -> UInt16? {
    contains(offset: offset, length: 2)
      ? UInt16(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt16.self)) : nil
  }

  @inlinable @inline(__always)
  public func u32(_ offset: Int) -> UInt32? {
    contains(offset: offset, length: 4)
      ? UInt32(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt32.self)) : nil
  }

  @inlinable @inline(__always)
  public func u64(_ offset: Int) -> UInt64? {
    contains(offset: offset, length: 8)
      ? UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) : nil
  }

  /// The bytes of a range, clamped to the view.
  public func bytes(_ offset: Int, _ length: Int) -> [UInt8] {
    guard contains(offset: offset, length: length) else { return [] }
    return [UInt8](UnsafeRawBufferPointer(start: base + offset, count: length))
  }

  /// A view of a part of this one, or nil when the part does not lie inside.
  public func slice(_ offset: Int, _ length: Int) -> ByteView? {
    contains(offset: offset, length: length) ? ByteView(base: base + offset, count: length) : nil
  }

  /// Whether every byte of the range is zero.
  public func isZero(_ offset: Int, _ length: Int) -> Bool {
    guard contains(offset: offset, length: length) else { return false }
    guard length > 0 else { return true }
    // Zero when the first byte is and each byte is like the one before it: the C library compares by vectors.
    return u8(offset) == 0 && memcmp(base + offset, base + offset + 1, length - 1) == 0
  }
}

extension ByteView {
  /// Code units of a UTF-16LE string value without the terminators at its end. Characters behind a NUL in the middle
  /// are kept: they were logged.
  @inline(__always)
  func stringUnitCount(at offset: Int, byteCount: Int) -> Int {
    var units = byteCount >> 1
    while units > 0, u16(offset &+ (units &- 1) &* 2) == 0 { units &-= 1 }
    return units
  }
}

extension ByteView {
  /// Whether `unitCount` UTF-16LE code units at `offset` spell exactly `text` (ASCII). Compared from the end, where
  /// the names of one format differ most.
  @inline(__always)
  func isUTF16(at offset: Int, unitCount: Int, equalTo text: StaticString) -> Bool {
    guard unitCount == text.utf8CodeUnitCount, contains(offset: offset, length: unitCount &* 2) else { return false }
    let expected = text.utf8Start
    var index = unitCount &- 1
    while index >= 0 {
      let unit = base.loadUnaligned(fromByteOffset: offset &+ index &* 2, as: UInt16.self)
      if UInt16(littleEndian: unit) != UInt16(expected[index]) { return false }
      index &-= 1
    }
    return true
  }

  /// Whether the code units at `offset` begin with `text` (ASCII).
  func isUTF16(at offset: Int, unitCount: Int, startingWith text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    return unitCount >= count && isUTF16(at: offset, unitCount: count, equalTo: text)
  }

  /// Whether two runs of code units are the same.
  @inline(__always)
  func areEqual(_ one: Int, _ other: Int, unitCount: Int) -> Bool {
    let length = unitCount &* 2
    guard contains(offset: one, length: length), contains(offset: other, length: length) else { return false }
    return memcmp(base + one, base + other, length) == 0
  }

  /// A hash of code units for tables of names (FNV-1a over units).
  @inline(__always)
  func hashOfUTF16(at offset: Int, unitCount: Int) -> UInt32 {
    guard unitCount >= 0, contains(offset: offset, length: unitCount &* 2) else { return 0 }
    var hash: UInt32 = 2_166_136_261
    for index in 0..<unitCount {
      hash = (hash ^ UInt32(base.loadUnaligned(fromByteOffset: offset &+ index &* 2, as: UInt16.self))) &* 16_777_619
    }
    return hash
  }
}

extension ByteView {
  /// The first offset in a range at which these four bytes stand (little-endian), at any alignment.
  func firstIndex(ofSignature signature: UInt32, from start: Int, to end: Int) -> Int? {
    var at = max(start, 0)
    let last = min(end, count) &- 4
    let first = Int32(signature & 0xFF)
    while at <= last {
      guard let found = memchr(base + at, first, last &- at &+ 1) else { return nil }
      at = UnsafeRawPointer(found) - base
      if base.loadUnaligned(fromByteOffset: at, as: UInt32.self) == signature.littleEndian { return at }
      at &+= 1
    }
    return nil
  }
}

extension ByteView {
  func firstIndex(ofByte byte: UInt8, from start: Int) -> Int? {
    guard start >= 0, start < count, let found = memchr(base + start, Int32(byte), count &- start) else { return nil }
    return UnsafeRawPointer(found) - base
  }
}
