import Testing
import TestSupport
import WindowsFormats

@Suite struct WrittenLogTests {
  @Test func fileHeaderHasItsFieldsAndChecksum() throws {
    let file = try EventLogWriter.log(of: [SampleEvents.text("one"), SampleEvents.text("two")])
    let header = LogLayout(file).header
    #expect(header.starts(with: Array("ElfFile\0".utf8)))
    #expect(header.u64(at: 8) == 0 && header.u64(at: 16) == 0)
    #expect(header.u64(at: 24) == 3)
    #expect(header.u32(at: 32) == 128)
    #expect(header.u16(at: 36) == 1 && header.u16(at: 38) == 3)
    #expect(header.u16(at: 40) == 4096 && header.u16(at: 42) == 1)
    #expect(header.u32(at: 120) == 0)
    #expect(header.u32(at: 124) == header.crc32(0..<120))
    #expect(file.count == 4096 + 65_536)
  }

  @Test func optionsReachTheFileHeader() throws {
    let options = EventLogWriter.Options(minorVersion: 2, firstRecordID: 500, isDirty: true)
    let layout = LogLayout(try EventLogWriter.log(of: [SampleEvents.text("x")], options: options))
    #expect(layout.header.u16(at: 36) == 2)
    #expect(layout.header.u32(at: 120) == 1)
    #expect(layout.header.u64(at: 24) == 501)
    #expect(layout.recordIDs == [500])
  }

  @Test func logWithoutEventsIsAHeader() {
    var writer = EventLogWriter()
    let file = writer.finish()
    #expect(file.count == 4096)
    #expect(file.u16(at: 42) == 0 && file.u64(at: 24) == 1)
  }

  @Test func chunkHeaderHasItsRangesAndChecksums() throws {
    let chunk = try #require(
      LogLayout(try EventLogWriter.log(of: (0..<5).map { SampleEvents.text("\($0)") })).chunks.first)
    let bytes = chunk.bytes
    #expect(bytes.starts(with: Array("ElfChnk\0".utf8)))
    #expect(bytes.u64(at: 8) == 1 && bytes.u64(at: 16) == 5)
    #expect(bytes.u64(at: 24) == 1 && bytes.u64(at: 32) == 5)
    #expect(bytes.u32(at: 40) == 128)
    let last = try #require(chunk.records.last)
    #expect(bytes.int(at: 44) == last.offset)
    let free = bytes.int(at: 48)
    #expect(free == last.offset + last.size)
    #expect(bytes.u32(at: 52) == bytes.crc32(512..<free))
    #expect(bytes.u32(at: 124) == bytes.crc32(0..<120, 128..<512))
    #expect(bytes[free...].allSatisfy { $0 == 0 })
  }

  @Test func recordsAreAlignedAndRepeatTheirSize() throws {
    let chunk = try #require(
      LogLayout(try EventLogWriter.log(of: (0..<9).map { SampleEvents.text(String(repeating: "x", count: $0)) })).chunks
        .first)
    #expect(chunk.records.count == 9)
    for record in chunk.records {
      #expect(record.offset % 8 == 0 && record.size % 8 == 0)
      #expect(record.sizeCopy == record.size)
      #expect(chunk.bytes.u64(at: record.offset + 16) == SampleEvents.time)
      #expect(chunk.bytes[record.offset + 24..<record.offset + 30].elementsEqual([0x0F, 1, 1, 0, 0x0C, 1]))
    }
  }

  @Test func everyNameIsInTheChainOfItsHash() throws {
    let chunk = try #require(LogLayout(try EventLogWriter.log(of: SampleEvents.everyDefinition())).chunks.first)
    var names: [String] = []
    for (bucket, offsets) in chunk.nameChains.enumerated() {
      #expect(offsets == offsets.sorted(by: >))
      for offset in offsets {
        let (text, hash) = chunk.name(at: offset)
        let expected = text.utf16.reduce(UInt32(0)) { $0 &* 65_599 &+ UInt32($1) } & 0xFFFF
        #expect(hash == expected && Int(hash % 64) == bucket)
        names.append(text)
      }
    }
    #expect(Set(names).count == names.count)
    #expect(Set(names).isSuperset(of: ["Event", "System", "EventData", "UserData", "Data", "Name", "xmlns"]))
  }

  @Test func hashOfTheEventElementIsTheOneOfRealLogs() throws {
    let chunk = try #require(LogLayout(try EventLogWriter.log(of: [SampleEvents.text("")])).chunks.first)
    // 0x0CBA is in every log that Windows writes.
    #expect(chunk.nameChains[0x3A].map { chunk.name(at: $0).hash } == [0x0CBA])
  }

  @Test func sameEventsGiveTheSameBytes() throws {
    let events = try SampleEvents.everyDefinition()
    #expect(try EventLogWriter.log(of: events) == EventLogWriter.log(of: events))
  }

  @Test func chunksTakenOneByOneAreTheWholeFile() throws {
    let events = (0..<600).map { SampleEvents.text("event \($0)") }
    let whole = try EventLogWriter.log(of: events)
    var writer = EventLogWriter()
    var taken: [UInt8] = []
    var largest = 0
    for event in events {
      try writer.append(event)
      let chunk = writer.takeFinishedChunks()
      largest = max(largest, chunk.count)
      taken += chunk
    }
    writer.closeChunk()
    taken += writer.takeFinishedChunks()
    #expect(writer.fileHeader + taken == whole)
    #expect(largest == 65_536 && writer.chunkCount > 2)
  }
}
