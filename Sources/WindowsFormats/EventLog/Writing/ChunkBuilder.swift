/// One 64 KiB chunk of an EVTX file while records are added to it.
///
/// Layout, after the libyal EVTX documentation: header of 128 bytes, 64 offsets of name chains at 128, 32 offsets of
/// template chains at 384, records from 512 on. A chain runs from its newest entry to its oldest, as Windows builds
/// it, so a record that does not fit can be taken back by cutting the buffer and restoring the two tables.
struct ChunkBuilder: Sendable {
  static let byteCount = 65_536
  static let headerByteCount = 512
  static let nameTableOffset = 128
  static let nameBucketCount: UInt32 = 64
  static let templateTableOffset = 384
  static let templateBucketCount: UInt32 = 32

  /// What the chunk has so far, from its first byte on: positions in it are the offsets that BinXML uses.
  var bytes = ChunkBytes()
  let quirks: EventLogWriter.Quirks
  private(set) var recordCount: UInt64 = 0

  private var names: [ExactText: UInt32] = [:]
  private var definitions: [EventLogWriter.GUID: UInt32] = [:]
  // What the record being written added to the two dictionaries.
  private var addedNames: [ExactText] = []
  private var addedDefinitions: [EventLogWriter.GUID] = []
  private var firstRecordID: UInt64 = 0
  private var lastRecordID: UInt64 = 0
  private var lastRecordOffset = 0

  init(quirks: EventLogWriter.Quirks) {
    self.quirks = quirks
    bytes.reserve(ChunkBuilder.byteCount * 2)
    bytes.appendZeros(ChunkBuilder.headerByteCount)
  }

  // MARK: Records

  /// Adds a record; false, and no change, when it does not fit.
  mutating func add(_ fragment: BinXMLFragment, recordID: UInt64, time: UInt64) -> Bool {
    let start = bytes.count
    guard fragment.byteCount <= ChunkBuilder.byteCount - start else { return false }
    let tables = bytes.array[ChunkBuilder.nameTableOffset..<ChunkBuilder.headerByteCount]
    addedNames.removeAll(keepingCapacity: true)
    addedDefinitions.removeAll(keepingCapacity: true)

    bytes.append(UInt32(0x0000_2A2A))
    bytes.append(UInt32(0))
    bytes.append(recordID)
    bytes.append(time)
    append(fragment, hasHeader: true)
    bytes.append(UInt8(0))
    // The copy of the size ends on a multiple of eight bytes.
    let end = (bytes.count + 4 + 7) / 8 * 8
    // Windows never fills a chunk to its last byte: of 1,804 chunks of real logs none is full, and eight have eight
    // bytes left. libevtx does not see a record that ends there.
    guard end < ChunkBuilder.byteCount else {
      takeBack(to: start, tables: tables)
      return false
    }
    bytes.appendZeros(end - 4 - bytes.count)
    let size = UInt32(truncatingIfNeeded: end - start)
    bytes.append(size)
    bytes.patch(size, at: start + 4)

    if recordCount == 0 { firstRecordID = recordID }
    lastRecordID = recordID
    lastRecordOffset = start
    recordCount += 1
    return true
  }

  private mutating func takeBack(to start: Int, tables: ArraySlice<UInt8>) {
    bytes.truncate(to: start)
    for (index, byte) in tables.enumerated() { bytes.patch(byte, at: ChunkBuilder.nameTableOffset + index) }
    for name in addedNames { names[name] = nil }
    for guid in addedDefinitions { definitions[guid] = nil }
  }

  // MARK: Names and templates

  /// Appends the offset of a name, and the name itself where the chunk does not have it yet:
  /// offset of the next name in its chain, 16-bit hash, number of code units, code units, NUL.
  mutating func append(name: String) {
    let key = ExactText(name)
    if let known = names[key] {
      bytes.append(known)
      return
    }
    let offset = UInt32(truncatingIfNeeded: bytes.count + 4)
    bytes.append(offset)
    let hash = name.utf16.reduce(UInt32(0)) { $0 &* 65_599 &+ UInt32($1) }
    let bucket = ChunkBuilder.nameTableOffset + Int(hash & 0xFFFF & (ChunkBuilder.nameBucketCount - 1)) * 4
    bytes.append(quirks.contains(.omitsNameTable) ? 0 : bytes.u32(bucket))
    bytes.append(quirks.contains(.omitsNameHashes) ? 0 : UInt16(truncatingIfNeeded: hash))
    bytes.append(UInt16(truncatingIfNeeded: name.utf16.count))
    bytes.append(utf16: name)
    bytes.append(UInt16(0))
    if quirks.contains(.omitsNameTable) { return }
    bytes.patch(offset, at: bucket)
    names[key] = offset
    addedNames.append(key)
  }

  /// The offset of a definition that the chunk already has.
  func definition(of template: BinXMLTemplate) -> UInt32? {
    quirks.contains(.repeatsDefinitions) ? nil : definitions[template.guid]
  }

  /// Enters the definition that is about to be written at `offset` and returns the offset of the next in its chain.
  mutating func enter(_ template: BinXMLTemplate, at offset: UInt32) -> UInt32 {
    if quirks.contains(.omitsTemplateTable) { return 0 }
    let bucket = ChunkBuilder.templateTableOffset + Int(template.guid.bucketHash % ChunkBuilder.templateBucketCount) * 4
    let next = bytes.u32(bucket)
    bytes.patch(offset, at: bucket)
    if definitions.updateValue(offset, forKey: template.guid) == nil { addedDefinitions.append(template.guid) }
    return next
  }

  // MARK: Sealing

  /// The finished 65,536 bytes. `firstRecordNumber` counts records of the file from 1.
  consuming func sealed(firstRecordNumber: UInt64) -> [UInt8] {
    let free = bytes.count
    bytes.appendZeros(ChunkBuilder.byteCount - free)
    for (index, byte) in "ElfChnk".utf8.enumerated() { bytes.patch(byte, at: index) }
    bytes.patch(firstRecordNumber, at: 8)
    bytes.patch(firstRecordNumber &+ recordCount &- 1, at: 16)
    bytes.patch(firstRecordID, at: 24)
    bytes.patch(lastRecordID, at: 32)
    bytes.patch(UInt32(128), at: 40)
    bytes.patch(UInt32(truncatingIfNeeded: lastRecordOffset), at: 44)
    bytes.patch(UInt32(truncatingIfNeeded: free), at: 48)
    bytes.patch(bytes.checksum(ChunkBuilder.headerByteCount..<free), at: 52)
    bytes.patch(bytes.checksum(0..<120, 128..<ChunkBuilder.headerByteCount), at: 124)
    return bytes.array
  }
}

extension EventLogWriter.GUID {
  /// The hash that chains template definitions: the GUID's eight 16-bit units, summed as names are.
  ///
  /// It gives the bucket of three in five distinct definitions in real logs (1,030 of 1,778); what places the others is
  /// not known. Readers come to a definition by its offset or walk all chains.
  fileprivate var bucketHash: UInt32 {
    [low, high].reduce(UInt32(0)) { hash, half in
      stride(from: UInt64(0), to: 64, by: 16).reduce(hash) { $0 &* 65_599 &+ UInt32(half >> $1 & 0xFFFF) }
    }
  }
}
