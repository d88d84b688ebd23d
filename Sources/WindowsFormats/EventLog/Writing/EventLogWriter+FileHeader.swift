extension EventLogWriter {
  /// The block of 4,096 bytes before the chunks closed so far.
  ///
  /// | Offset | Size | Field                                       |
  /// |-------:|-----:|---------------------------------------------|
  /// |      0 |    8 | `ElfFile`, NUL                              |
  /// |      8 |    8 | number of the first chunk                   |
  /// |     16 |    8 | number of the last chunk                    |
  /// |     24 |    8 | next record identifier                      |
  /// |     32 |    4 | header size, 128                            |
  /// |     36 |    4 | minor and major version                     |
  /// |     40 |    2 | size of this block                          |
  /// |     42 |    2 | number of chunks                            |
  /// |    120 |    4 | flags: 1 dirty                              |
  /// |    124 |    4 | CRC-32 of the first 120 bytes               |
  public var fileHeader: [UInt8] {
    var bytes = ChunkBytes()
    bytes.append("ElfFile\0".utf8)
    bytes.append(UInt64(0))
    bytes.append(UInt64(max(0, chunkCount - 1)))
    bytes.append(nextRecordID ?? UInt64.max)
    bytes.append(UInt32(128))
    bytes.append(options.minorVersion)
    bytes.append(UInt16(3))
    bytes.append(UInt16(EventLogWriter.fileHeaderByteCount))
    bytes.append(UInt16(clamping: chunkCount))
    bytes.appendZeros(120 - bytes.count)
    bytes.append(UInt32(options.isDirty ? 1 : 0))
    bytes.append(bytes.checksum(0..<120))
    bytes.appendZeros(EventLogWriter.fileHeaderByteCount - bytes.count)
    return bytes.array
  }
}
