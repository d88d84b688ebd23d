/// CRC-32 as in ISO 3309 and zlib (reflected polynomial 0xEDB88320), the checksum of EVTX headers and chunks.
public struct CRC32: Sendable {
  private var state: UInt32 = 0xFFFF_FFFF

  public init() {}

  /// The checksum of what was added so far.
  public var value: UInt32 { ~state }

  public mutating func add(_ view: ByteView) {
    var crc = state
    var at = 0
    CRC32.tables.withUnsafeBufferPointer { table in
      // Slicing by eight: one step per 8 bytes, eight independent table reads.
      while at &+ 8 <= view.count {
        let word = UInt64(littleEndian: view.base.loadUnaligned(fromByteOffset: at, as: UInt64.self)) ^ UInt64(crc)
        crc =
          table[1792 + Int(word & 0xFF)] ^ table[1536 + Int(word >> 8 & 0xFF)]
          ^ table[1280 + Int(word >> 16 & 0xFF)] ^ table[1024 + Int(word >> 24 & 0xFF)]
          ^ table[768 + Int(word >> 32 & 0xFF)] ^ table[512 + Int(word >> 40 & 0xFF)]
          ^ table[256 + Int(word >> 48 & 0xFF)] ^ table[Int(word >> 56)]
        at &+= 8
      }
      while at < view.count {
        crc = crc >> 8 ^ table[Int((crc ^ UInt32(view.base.load(fromByteOffset: at, as: UInt8.self))) & 0xFF)]
        at &+= 1
      }
    }
    state = crc
  }

  public static func of(_ view: ByteView) -> UInt32 {
    var crc = CRC32()
    crc.add(view)
    return crc.value
  }

  /// Eight tables of 256 entries: table k advances a byte over k further zero bytes.
  private static let tables: [UInt32] = {
    var table = [UInt32](repeating: 0, count: 8 * 256)
    for index in 0..<256 {
      var crc = UInt32(index)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
      table[index] = crc
    }
    for index in 256..<table.count {
      let previous = table[index - 256]
      table[index] = previous >> 8 ^ table[Int(previous & 0xFF)]
    }
    return table
  }()
}
