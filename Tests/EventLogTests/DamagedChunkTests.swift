import TestSupport
import Testing

@testable import WindowsFormats

/// Chunks that are cut, or whose headers and records contradict themselves: what can be read is read, and the rest is
/// reported with its place.
@Suite struct DamagedChunkTests {
  private let chunk: [UInt8]
  private let good: ReadChunk

  init() throws {
    chunk = try WrittenChunks.of((0..<6).map { SampleEvents.text("event \($0)") })[0]
    good = ReadChunk(chunk)
  }

  private func codes(_ read: ReadChunk) -> [ParseError.Code] { read.diagnostics.map(\.error.code) }

  @Test func everyPrefixGivesTheRecordsBeforeTheCut() {
    let ends = chunk.recordOffsets.map { $0 + chunk.u32(at: $0 + 4) }
    for length in stride(from: 0, through: chunk.u32(at: 48) + 64, by: 1) {
      let read = ReadChunk(Array(chunk.prefix(length)), at: 4096)
      #expect(read.lines == Array(good.lines.prefix(ends.count { $0 <= length })), "\(length)")
      let fault = read.diagnostics.first?.error
      #expect(fault?.code == .truncated && fault?.offset == 4096 + length, "\(length)")
      if length < 512 { #expect(fault?.structure == .eventLogChunkHeader) }
    }
  }

  @Test(arguments: [0, 511, 600, 65_000, 65_537, UInt32.max])
  func aWrongEndOfRecordsCostsNoRecord(stated: UInt32) {
    var damaged = chunk
    damaged.put(stated, at: 48)
    let read = ReadChunk(damaged)
    #expect(read.lines == good.lines)
    #expect(codes(read).contains(.checksumMismatch))
    #expect(codes(read).contains(.invalidValue) == !(512...65_536).contains(stated))
  }

  @Test func aDirtyLogIsReadPastItsStatedEnd() throws {
    var damaged = chunk
    damaged.put(UInt32(damaged.recordOffsets[3]), at: 48)
    damaged.put(crcOfHeader(damaged), at: 124)
    #expect(ReadChunk(damaged).lines.count == 3)
    #expect(ReadChunk(damaged, isDirty: true).lines == good.lines)
  }

  private func crcOfHeader(_ chunk: [UInt8]) -> UInt32 {
    withExactCopy(of: chunk) { (try? EventLogChunkHeader(parsing: ByteView($0)))?.computedChecksum ?? 0 }
  }

  @Test func aWrongChecksumIsReportedAndTheRecordsAreRead() {
    for (offset, structure) in [(52, ParseError.Structure.eventLogChunk), (124, .eventLogChunkHeader)] {
      var damaged = chunk
      damaged.put(UInt32(damaged.u32(at: offset)) ^ 1, at: offset)
      let read = ReadChunk(damaged, at: 69_632)
      #expect(read.lines == good.lines)
      #expect(
        read.diagnostics.contains {
          $0.error == ParseError(.checksumMismatch, structure, offset: 69_632 + offset)
        })
    }
  }

  @Test func aDamagedSizeCopyIsReportedAndTheRecordIsRead() {
    var damaged = chunk
    let copy = damaged.recordOffsets[2] - 4
    damaged.put(12, at: copy)
    let read = ReadChunk(damaged, at: 0)
    #expect(read.lines == good.lines)
    #expect(
      read.diagnostics.contains {
        $0.error == ParseError(.invalidValue, .eventLogRecord, offset: copy) && $0.recordID == 2
      })
  }

  @Test(arguments: [0, 4, 5, 27, 60_000, Int(UInt32.max)])
  func theRecordBehindAWrongSizeIsRead(size: Int) {
    var damaged = chunk
    damaged.put(UInt32(size), at: damaged.recordOffsets[2] + 4)
    let read = ReadChunk(damaged)
    #expect(read.lines.suffix(3) == good.lines.suffix(3) && read.lines.prefix(2) == good.lines.prefix(2))
    #expect(read.diagnostics.contains { $0.error.structure == .eventLogRecord || $0.error.structure == .binXML })
  }

  @Test func aLostSignatureCostsOneRecord() {
    var damaged = chunk
    let place = damaged.recordOffsets[2]
    damaged.put(0x2B2B, at: place)
    let read = ReadChunk(damaged, at: 4096)
    #expect(read.lines == good.lines.enumerated().filter { $0.offset != 2 }.map(\.element))
    #expect(
      read.diagnostics.contains { $0.error == ParseError(.invalidSignature, .eventLogRecord, offset: 4096 + place) })
  }

  @Test func aChunkWithoutASignatureHasNoLiveRecords() {
    var damaged = chunk
    damaged[0] = 0
    let read = ReadChunk(damaged, at: 4096)
    #expect(read.lines.isEmpty)
    #expect(read.diagnostics.map(\.error) == [ParseError(.invalidSignature, .eventLogChunkHeader, offset: 4096)])
  }

  @Test func faultsAreCountedByChunk() {
    var damaged = chunk
    for offset in stride(from: 560, to: damaged.u32(at: 48), by: 4) { damaged.put(0xFFFF_FFFF, at: offset) }
    withExactCopy(of: damaged) { bytes in
      var reader = EventLogChunkReader(output: .jsonLines)
      for _ in 0..<300 {
        _ = reader.load(bytes, at: 0, isDirty: false)
        reader.renderAll()
      }
      #expect(reader.takeDiagnostics().count >= 600)
    }
  }

  @Test(arguments: [
    (UInt8(0x13), [UInt8](arrayLiteral: 1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0), ParseError.Code.truncated),
    (0x0F, [1, 2, 3], .truncated), (0x11, [1, 2, 3, 4], .truncated), (0x0A, [1], .truncated),
    (0x12, [0xE8, 7, 13, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0], .invalidValue), (0x22, [1], .unsupported),
  ])
  func aValueThatIsNoneIsReported(type: UInt8, bytes: [UInt8], code: ParseError.Code) throws {
    let root = Shapes.event(Shapes.eventData(Shapes.data(.text("x"), Shapes.value(0, type))))
    let read = ReadChunk(try WrittenChunks.of(root, [BinXMLValue(type: type, bytes: bytes)]))
    #expect(codes(read) == [code] && read.lines.isEmpty)
  }

  @Test func anArrayOfTextWithoutATerminatorEndsWithItsValue() throws {
    let root = Shapes.event(Shapes.eventData(Shapes.data(.text("x"), Shapes.value(0, 0x81))))
    let value = BinXMLValue(type: 0x81, bytes: Shapes.text("one\u{0}two").valueBytes)
    #expect(Shapes.data(of: try WrittenChunks.of(root, [value])) == "{\"x\":[\"one\",\"two\"]}")
  }
}
