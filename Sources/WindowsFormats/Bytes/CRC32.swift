internal import CDeflate

/// CRC-32 as in ISO 3309 and zlib, the checksum of EVTX headers and chunks.
///
/// libdeflate computes it with the processor's carry-less multiplication. A table in Swift costs as much as reading the
/// records themselves, and then checksums would be the first thing to be switched off.
public struct CRC32: Sendable {
  /// The checksum of what was added so far.
  public private(set) var value: UInt32 = 0

  public init() {}

  public mutating func add(_ view: ByteView) { value = libdeflate_crc32(value, view.base, view.count) }

  public static func of(_ view: ByteView) -> UInt32 {
    var crc = CRC32()
    crc.add(view)
    return crc.value
  }
}
