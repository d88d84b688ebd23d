#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A block of memory of fixed size that bytes are copied into and viewed in place.
struct WorkBuffer: ~Copyable {
  private let base: UnsafeMutableRawPointer
  let byteCount: Int

  init(byteCount: Int) {
    self.byteCount = byteCount
    base = .allocate(byteCount: byteCount, alignment: 64)
    memset(base, 0, byteCount)
  }

  deinit { base.deallocate() }

  /// All of it; valid as long as the buffer is.
  var view: ByteView { ByteView(base: UnsafeRawPointer(base), count: byteCount) }

  /// Copies as much of `source` as fits to the start and clears up to `cleared` bytes behind it.
  mutating func load(_ source: ByteView, clearingTo cleared: Int) {
    let count = min(source.count, byteCount)
    memcpy(base, source.base, count)
    if cleared > count { memset(base + count, 0, min(cleared, byteCount) - count) }
  }

  /// Copies the bytes of a sink to `offset`; false when they do not fit.
  mutating func store(_ sink: borrowing ByteSink, at offset: Int) -> Bool {
    guard offset >= 0, sink.position <= byteCount &- offset else { return false }
    memcpy(base + offset, sink.base, sink.position)
    return true
  }
}
