/// GUIDs and security identifiers as text.
extension ByteSink {
  /// A GUID, [MS-DTYP] 2.3.4, as upper-case text without braces. Reserve 36; 16 bytes are read.
  mutating func uncheckedGUID(_ source: UnsafeRawPointer) {
    @inline(__always) func byte(_ offset: Int) -> UInt8 { source.load(fromByteOffset: offset, as: UInt8.self) }
    uncheckedHexByte(byte(3))
    uncheckedHexByte(byte(2))
    uncheckedHexByte(byte(1))
    uncheckedHexByte(byte(0))
    put(45)
    uncheckedHexByte(byte(5))
    uncheckedHexByte(byte(4))
    put(45)
    uncheckedHexByte(byte(7))
    uncheckedHexByte(byte(6))
    put(45)
    uncheckedHexByte(byte(8))
    uncheckedHexByte(byte(9))
    put(45)
    for offset in 10..<16 { uncheckedHexByte(byte(offset)) }
  }

  /// A SID, [MS-DTYP] 2.4.2: revision, count, 48-bit authority, sub-authorities. False when it is cut short.
  mutating func appendSID(_ source: UnsafeRawPointer, byteCount: Int) -> Bool {
    guard byteCount >= 8 else { return false }
    let count = Int(source.load(fromByteOffset: 1, as: UInt8.self))
    guard byteCount >= 8 &+ count &* 4 else { return false }
    reserve(40 &+ count &* 12)
    put("S-")
    uncheckedDecimal(UInt64(source.load(as: UInt8.self)))
    put(45)
    var authority: UInt64 = 0
    for offset in 2..<8 { authority = authority << 8 | UInt64(source.load(fromByteOffset: offset, as: UInt8.self)) }
    uncheckedDecimal(authority)
    for index in 0..<count {
      put(45)
      uncheckedDecimal(
        UInt64(UInt32(littleEndian: source.loadUnaligned(fromByteOffset: 8 &+ index &* 4, as: UInt32.self))))
    }
    return true
  }
}
