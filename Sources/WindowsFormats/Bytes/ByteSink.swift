#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A growing run of output bytes in one reused buffer.
///
/// Callers of the `unchecked…` family reserve first; the public `append…` family reserves itself. After `reserve(n)`,
/// n + 64 bytes may be written: short copies move whole vectors and overshoot.
public struct ByteSink: ~Copyable, @unchecked Sendable {
  @usableFromInline var base: UnsafeMutablePointer<UInt8>
  @usableFromInline var position = 0
  @usableFromInline var capacity: Int

  /// What may be written past a reservation.
  @usableFromInline static let overshoot = 64

  public init(capacity: Int = 4096) {
    self.capacity = max(capacity, 1024)
    base = .allocate(capacity: self.capacity + ByteSink.overshoot)
  }

  deinit { base.deallocate() }

  /// Number of bytes written.
  public var count: Int { position }

  public mutating func removeAll() { position = 0 }

  /// Forgets what was written after the first `count` bytes.
  public mutating func truncate(to count: Int) { if count >= 0 && count < position { position = count } }

  public borrowing func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try body(UnsafeRawBufferPointer(start: base, count: position))
  }

  public borrowing func array() -> [UInt8] { [UInt8](UnsafeBufferPointer(start: base, count: position)) }

  public borrowing func string() -> String {
    String(decoding: UnsafeBufferPointer(start: base, count: position), as: UTF8.self)
  }

  borrowing func bytes(from start: Int, count: Int) -> [UInt8] {
    precondition(start >= 0 && count >= 0 && count <= position &- start)
    return [UInt8](UnsafeBufferPointer(start: base + start, count: count))
  }

  /// The text from `start` to the end.
  borrowing func string(from start: Int) -> String {
    precondition(start >= 0 && start <= position)
    return String(decoding: UnsafeBufferPointer(start: base + start, count: position &- start), as: UTF8.self)
  }

  @inline(__always)
  mutating func reserve(_ byteCount: Int) {
    if position &+ byteCount > capacity { grow(byteCount) }
  }

  @inline(never)
  private mutating func grow(_ byteCount: Int) {
    var wanted = capacity &* 2
    while wanted < position &+ byteCount { wanted = wanted &* 2 }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted + ByteSink.overshoot)
    larger.update(from: base, count: position)
    base.deallocate()
    base = larger
    capacity = wanted
  }

  // MARK: Bytes and literals

  @inline(__always)
  mutating func put(_ byte: UInt8) {
    base[position] = byte
    position &+= 1
  }

  @inline(__always)
  mutating func put(_ text: StaticString) {
    memcpy(base + position, text.utf8Start, text.utf8CodeUnitCount)
    position &+= text.utf8CodeUnitCount
  }

  @inline(__always)
  mutating func put(_ source: UnsafePointer<UInt8>, _ byteCount: Int) {
    memcpy(base + position, source, byteCount)
    position &+= byteCount
  }

  /// The byte written last; meaningful only when something was written.
  @inline(__always)
  var last: UInt8 { base[position &- 1] }

  public mutating func append(_ byte: UInt8) {
    reserve(1)
    put(byte)
  }

  @inline(__always)
  mutating func appendBytes(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
    reserve(3)
    put(first)
    put(second)
    put(third)
  }

  public mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    reserve(bytes.count)
    memcpy(base + position, start, bytes.count)
    position &+= bytes.count
  }

  public mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBytes { append($0) } }

  public mutating func append(_ text: StaticString) {
    reserve(text.utf8CodeUnitCount)
    put(text)
  }

  public mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }
}

extension ByteSink {
  /// Overwrites four bytes that were written before, little-endian.
  package mutating func patch(_ value: UInt32, at offset: Int) {
    precondition(offset >= 0 && offset &+ 4 <= position)
    UnsafeMutableRawPointer(base + offset).storeBytes(of: value.littleEndian, as: UInt32.self)
  }
}
