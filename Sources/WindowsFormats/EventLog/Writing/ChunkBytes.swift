/// Little-endian appending and patching of a growing run of bytes: the writer's only way to put numbers into a chunk.
struct ChunkBytes: Sendable {
  private(set) var array: [UInt8] = []

  var count: Int { array.count }

  mutating func reserve(_ byteCount: Int) { array.reserveCapacity(byteCount) }

  mutating func truncate(to count: Int) { array.removeLast(max(0, array.count - count)) }

  mutating func append(_ byte: UInt8) { array.append(byte) }

  mutating func append(_ bytes: some Sequence<UInt8>) { array.append(contentsOf: bytes) }

  mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    withUnsafeBytes(of: number.littleEndian) { array.append(contentsOf: $0) }
  }

  /// UTF-16LE code units, without a terminator.
  mutating func append(utf16 text: String) {
    var text = text
    let isASCII = text.withUTF8 { utf8 in
      guard utf8.allSatisfy({ $0 < 0x80 }) else { return false }
      // Most texts: half of the bytes stay zero, without a decoder and a bounds check for each unit.
      var units = [UInt8](repeating: 0, count: utf8.count * 2)
      for (index, byte) in utf8.enumerated() { units[index * 2] = byte }
      array.append(contentsOf: units)
      return true
    }
    if isASCII { return }
    for unit in text.utf16 { append(unit) }
  }

  mutating func append(_ guid: EventLogWriter.GUID) {
    append(guid.low)
    append(guid.high)
  }

  mutating func appendZeros(_ count: Int) { array.append(contentsOf: repeatElement(0, count: count)) }

  /// Overwrites a number inside what was written; the caller gives an offset it wrote itself.
  mutating func patch<Number: FixedWidthInteger>(_ number: Number, at offset: Int) {
    withUnsafeBytes(of: number.littleEndian) { source in
      for (index, byte) in source.enumerated() { array[offset + index] = byte }
    }
  }

  func u32(_ offset: Int) -> UInt32 { array.withUnsafeBytes { ByteView($0).u32(offset) } ?? 0 }

  /// CRC-32 of some ranges, one after the other.
  func checksum(_ ranges: Range<Int>...) -> UInt32 {
    array.withUnsafeBytes { source in
      var crc = CRC32()
      for range in ranges {
        if let part = ByteView(source).slice(range.lowerBound, range.count) { crc.add(part) }
      }
      return crc.value
    }
  }
}
