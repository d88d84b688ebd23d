/// Tables of numbers as runs of bytes, in the machine's own byte order: what is kept for the same machine to read.
extension FlatTable where Element: FixedWidthInteger {
  /// Copies `count` numbers at any alignment; nil when they are not all inside the view.
  package convenience init?(_ view: ByteView, at offset: Int, count: Int) {
    let (byteCount, overflowed) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.size)
    guard count >= 0, !overflowed, view.contains(offset: offset, length: byteCount) else { return nil }
    self.init(
      [Element](unsafeUninitializedCapacity: count) { numbers, written in
        UnsafeMutableRawBufferPointer(numbers).copyMemory(
          from: UnsafeRawBufferPointer(start: view.base + offset, count: byteCount))
        written = count
      })
  }

  package func withBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
    body(UnsafeRawBufferPointer(start: UnsafeRawPointer(elements), count: byteCount))
  }
}
