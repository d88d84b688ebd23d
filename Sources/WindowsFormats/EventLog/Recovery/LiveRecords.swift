/// The live records of a chunk, for telling what stands inside of one.
struct LiveRecords {
  /// Ranges that live records take, in order, neighbours joined.
  let ranges: [Range<Int>]

  /// The live record that an offset lies in, by the chain of sizes; nil outside of live records.
  func enclosing(_ offset: Int, _ chunk: ByteView) -> Range<Int>? {
    guard let range = ranges.first(where: { $0.contains(offset) }) else { return nil }
    var at = range.lowerBound
    while at <= offset {
      guard let size = chunk.u32(at &+ 4), size >= EventLogRecordHeader.minimumByteCount else { return range }
      if offset < at &+ Int(size) { return at..<at &+ Int(size) }
      at &+= Int(size)
    }
    return range
  }
}
