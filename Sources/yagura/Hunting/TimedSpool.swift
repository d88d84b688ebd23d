internal import Collect
internal import WindowsFormats

/// Things on their way into order of time: their bytes wait in a temporary file, 16 bytes of each in memory.
final class TimedSpool {
  private struct Entry {
    /// FILETIME; what has no time comes first.
    var time: UInt64
    var offset: UInt64
  }

  /// Bytes gathered before they are written.
  private static let blockByteCount = 1 << 18

  private var entries: [Entry] = []
  private let spool: SpoolFile
  private let readBuffer = ReadBuffer(byteCount: 4096)
  private var block = ByteSink(capacity: blockByteCount)
  private var blockStart = 0

  init() throws(SystemFault) { spool = try SpoolFile(folder: nil) }

  var count: Int { entries.count }

  /// Adds bytes; they can be read back by the number that is returned.
  @discardableResult
  func add(time: UInt64, _ write: (inout ByteSink) -> Void) throws(SystemFault) -> UInt64 {
    let offset = UInt64(blockStart + block.count)
    entries.append(Entry(time: time, offset: offset))
    // The length is known afterwards.
    let place = block.count
    withUnsafeBytes(of: UInt64(0)) { block.append($0) }
    write(&block)
    block.patch(UInt32(clamping: block.count - place - 8), at: place)
    if block.count >= TimedSpool.blockByteCount { try flush() }
    return offset
  }

  private func flush() throws(SystemFault) {
    let fault: SystemFault? = block.withBytes { bytes in
      do throws(SystemFault) {
        try spool.write(bytes, at: blockStart)
        return nil
      } catch {
        return error
      }
    }
    if let fault { throw fault }
    blockStart += block.count
    block.removeAll()
  }

  /// Hands out the numbers of everything in order of time, those of one moment together and in the order in which they
  /// were added; false ends it.
  func forEachMoment(limit: Int, _ body: (ArraySlice<UInt64>, UInt64) throws(SystemFault) -> Bool) throws(SystemFault) {
    try flush()
    entries.sort { ($0.time, $0.offset) < ($1.time, $1.offset) }
    var start = 0
    while start < entries.count {
      let time = entries[start].time
      var end = start + 1
      while end < entries.count, entries[end].time == time, end - start < limit { end += 1 }
      guard try body(entries[start..<end].map(\.offset)[...], time) else { return }
      start = end
    }
  }

  /// The bytes with a number; nil when the file is shorter than it was, which only another process can bring about.
  func read<Result>(_ number: UInt64, _ body: (ByteView) -> Result?) throws(SystemFault) -> Result? {
    if Int(number) >= blockStart { try flush() }
    // One read brings the length and, nearly always, all of what it is the length of.
    let count = spool.read(into: readBuffer.bytes, at: Int(number))
    let view = readBuffer.view(count)
    guard let length = view.u64(0).flatMap({ Int(exactly: $0) }), length < 1 << 30 else { return nil }
    if let whole = view.slice(8, length) { return body(whole) }
    let large = ReadBuffer(byteCount: length)
    guard spool.read(into: large.bytes, at: Int(number) + 8) == length else { return nil }
    return body(large.view(length))
  }
}

/// Memory that is read into, with an owner.
private final class ReadBuffer {
  let bytes: UnsafeMutableRawBufferPointer

  init(byteCount: Int) { bytes = .allocate(byteCount: max(byteCount, 8), alignment: 16) }

  deinit { bytes.deallocate() }

  func view(_ count: Int) -> ByteView { ByteView(UnsafeRawBufferPointer(rebasing: bytes[..<count])) }
}
