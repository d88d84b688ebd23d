import TestSupport
import Testing

@testable import WindowsFormats

/// Thousands of damaged copies of written chunks: nothing stops the process, and nothing of them stays in the readers.
@Suite struct MutationTests {
  private static func chunks() throws -> [[UInt8]] {
    var chunks = try WrittenChunks.of(SampleEvents.everyDefinition())
    chunks += try WrittenChunks.of(SampleEvents.arrays.map { SampleEvents.plain([.init($0.name, $0.value)]) })
    chunks += try OddRecords.all.map { try WrittenChunks.of($0.0, $0.1) }
    // Only what is used: each damaged byte is one of a record.
    return chunks.map { Array($0.prefix($0.u32(at: 48))) }
  }

  private static func mutated(_ chunk: [UInt8], flips: Int, _ numbers: inout SeededNumbers) -> [UInt8] {
    var chunk = chunk
    for _ in 0..<flips {
      chunk[Int.random(in: 44..<chunk.count, using: &numbers)] = UInt8(truncatingIfNeeded: numbers.next())
    }
    return chunk
  }

  @Test(arguments: [5, 50, 500])
  func damagedChunksLeaveNothingInTheReaders(flips: Int) throws {
    var numbers = SeededNumbers(state: UInt64(flips))
    let chunks = try MutationTests.chunks()
    let good = chunks[0]
    var json = EventLogChunkReader(output: .jsonLines)
    var xml = EventLogChunkReader(output: .xml)
    var slots = EventSlotReader()
    json.begin(file: "log")
    let wanted = ReadChunk(good)
    for round in 0..<1500 {
      let damaged = MutationTests.mutated(chunks[round % chunks.count], flips: flips, &numbers)
      read(damaged, &json, &xml, &slots)
      #expect(json.outputCount + xml.outputCount < 64 << 20)
      guard round % 25 == 0 else { continue }
      read(good, &json, &xml, &slots)
      #expect(json.withOutput { String(decoding: $0, as: UTF8.self) } == wanted.lines.joined(), "\(round)")
      #expect(xml.withOutput { String(decoding: $0, as: UTF8.self) } == wanted.xml.joined(), "\(round)")
    }
  }

  private func read(
    _ chunk: [UInt8], _ json: inout EventLogChunkReader, _ xml: inout EventLogChunkReader,
    _ slots: inout EventSlotReader
  ) {
    json.clearOutput()
    xml.clearOutput()
    withExactCopy(of: chunk) { bytes in
      _ = json.load(bytes, at: 0, isDirty: true)
      _ = xml.load(bytes, at: 0, isDirty: true)
      slots.load(bytes)
      while let record = json.nextRecord() {
        json.render(record)
        xml.render(record)
        if slots.read(record) {
          for index in 0..<slots.count { _ = slots.text(of: slots[index]) }
        }
      }
      _ = json.takeDiagnostics()
      _ = xml.takeDiagnostics()
    }
  }

  @Test func damagedChunksReadTheSameByBothPaths() throws {
    var numbers = SeededNumbers(state: 2024)
    let chunks = try MutationTests.chunks()
    for round in 0..<600 {
      let damaged = MutationTests.mutated(chunks[round % chunks.count], flips: 8, &numbers)
      let differences = ReadChunk(damaged).differences.filter { !$0.hasPrefix("no value") }
      #expect(differences == [], "\(round)")
    }
  }
}
