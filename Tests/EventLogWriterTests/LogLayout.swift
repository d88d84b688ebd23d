import WindowsFormats

/// The structure of a written log, read by offsets alone: enough to check the writer without a reader.
struct LogLayout {
  var header: [UInt8]
  var chunks: [Chunk] = []

  struct Chunk {
    var bytes: [UInt8]
    var records: [Record] = []
    /// Offsets in the chunk, from the newest entry of each chain to the oldest.
    var nameChains: [[Int]] = []
    var templateChains: [[Int]] = []
  }

  struct Record {
    var offset: Int
    var size: Int
    var recordID: UInt64
    var sizeCopy: Int
  }

  init(_ file: [UInt8]) {
    header = Array(file.prefix(EventLogWriter.fileHeaderByteCount))
    var start = EventLogWriter.fileHeaderByteCount
    while start + 65_536 <= file.count {
      chunks.append(Chunk(Array(file[start..<start + 65_536])))
      start += 65_536
    }
  }

  var recordIDs: [UInt64] { chunks.flatMap { $0.records.map(\.recordID) } }
}

extension LogLayout.Chunk {
  fileprivate init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var offset = 512
    let free = bytes.int(at: 48)
    while offset + 28 <= free, bytes.u32(at: offset) == 0x2A2A {
      let size = bytes.int(at: offset + 4)
      guard size >= 28, offset + size <= free else { break }
      records.append(
        .init(
          offset: offset, size: size, recordID: bytes.u64(at: offset + 8), sizeCopy: bytes.int(at: offset + size - 4)))
      offset += size
    }
    nameChains = (0..<64).map { chain(from: bytes.int(at: 128 + $0 * 4)) }
    templateChains = (0..<32).map { chain(from: bytes.int(at: 384 + $0 * 4)) }
  }

  private func chain(from start: Int) -> [Int] {
    var offsets: [Int] = []
    var offset = start
    while offset != 0, offset + 8 <= bytes.count, offsets.count < 10_000 {
      offsets.append(offset)
      offset = bytes.int(at: offset)
    }
    return offsets
  }

  /// The name at an offset, with its stored hash.
  func name(at offset: Int) -> (text: String, hash: UInt32) {
    let count = bytes.u16(at: offset + 6)
    let units = (0..<count).map { UInt16(bytes.u16(at: offset + 8 + $0 * 2)) }
    return (String(decoding: units, as: UTF16.self), UInt32(bytes.u16(at: offset + 4)))
  }
}

extension [UInt8] {
  func u16(at offset: Int) -> Int { Int(self[offset]) | Int(self[offset + 1]) << 8 }
  func u32(at offset: Int) -> UInt32 { UInt32(u16(at: offset)) | UInt32(u16(at: offset + 2)) << 16 }
  func u64(at offset: Int) -> UInt64 { UInt64(u32(at: offset)) | UInt64(u32(at: offset + 4)) << 32 }
  func int(at offset: Int) -> Int { Int(u32(at: offset)) }

  /// CRC-32 bit by bit, so that the product's table is checked against something else.
  func crc32(_ ranges: Range<Int>...) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in ranges.flatMap({ self[$0] }) {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }

  /// Whether a text is in the bytes as UTF-16LE.
  func contains(utf16 text: String) -> Bool {
    let wanted = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    guard let first = wanted.first, count >= wanted.count else { return false }
    return (0...count - wanted.count).contains {
      self[$0] == first && self[$0..<$0 + wanted.count].elementsEqual(wanted)
    }
  }
}
