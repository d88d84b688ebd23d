import Foundation
import TestSupport
import Testing

@testable import WindowsFormats

/// Records planted in slack: what comes back is what was planted, and it is marked.
@Suite struct RecoveryTests {
  private struct Recovered {
    var lines: [String] = []
    var found: [EventLogRecoveryReader.Line] = []
  }

  private func recover(_ chunk: [UInt8], kind: EventLogRecoveryReader.Source = .slack) -> Recovered {
    withExactCopy(of: chunk) { bytes in
      var survey = EventLogSurvey()
      survey.add(bytes, isDirty: false)
      var live = EventLogChunkReader(output: .jsonLines)
      live.begin(file: "log")
      _ = live.load(bytes, at: 4096, isDirty: false)
      live.renderAll()
      var reader = EventLogRecoveryReader(output: .jsonLines, wholeCase: TemplatePool())
      reader.begin(file: "log", templates: survey.templates)
      reader.recover(bytes, at: 4096, live: live.liveRanges, failed: live.failedRecords, kind: kind)
      var recovered = Recovered()
      var start = 0
      for line in reader.lines {
        recovered.lines.append(reader.withOutput { String(decoding: $0[start..<line.end], as: UTF8.self) })
        start = line.end
      }
      recovered.found = reader.lines
      return recovered
    }
  }

  private static func events(_ count: Int, from first: Int = 0) throws -> [Event] {
    let all = try SampleEvents.everyDefinition()
    return (0..<count).map { index in
      var event = all[(first + index) % all.count]
      event.time = SampleEvents.time + UInt64(first + index) * 10_000_000
      event.recordID = UInt64(first + index + 1)
      return event
    }
  }

  @Test func liveRecordsAreNotRecoveredAgain() throws {
    let chunk = try WrittenChunks.of(RecoveryTests.events(30))[0]
    #expect(recover(chunk).lines.isEmpty)
  }

  @Test func recordsHiddenInsideALiveRecordAreFound() throws {
    let whole = try WrittenChunks.of((0..<6).map { SampleEvents.text("event \($0)") })[0]
    let places = whole.recordOffsets
    for swallowed in 1...3 {
      // The second record swallows those behind it, as tools do that unlink records: its new size is also written over
      // the copy of the last one's size.
      var chunk = whole
      let size = UInt32(places[2 + swallowed] - places[1])
      chunk.put(size, at: places[1] + 4)
      chunk.put(size, at: places[2 + swallowed] - 4)
      let recovered = recover(chunk)
      #expect(ReadChunk(chunk).lines.count == 6 - swallowed)
      #expect(recovered.found.map(\.key.recordID) == (0..<swallowed).map { UInt64(3 + $0) })
      for (index, line) in recovered.lines.enumerated() {
        #expect(line.contains("\"data\":{\"Text\":\"event \(2 + index)\"}"))
        #expect(line.contains("\"recovered\":true") && line.contains("\"recoveredFrom\":\"hidden\""))
      }
    }
    #expect(recover(whole).lines.isEmpty)
  }

  @Test func aTextThatLooksLikeARecordIsNoHiddenRecord() throws {
    var chunk = try WrittenChunks.of((0..<3).map { SampleEvents.text("event \($0)") })[0]
    let places = chunk.recordOffsets
    // A signature inside of a record, with a size that ends before the record does.
    chunk.put(0x2A2A, at: places[1] + 64)
    chunk.put(UInt32(places[2] - places[1] - 64 - 8), at: places[1] + 68)
    #expect(recover(chunk).lines.allSatisfy { !$0.contains("\"recoveredFrom\":\"hidden\"") })
  }

  @Test func everyRecoveredEventIsMarkedInXML() throws {
    let chunk = try WrittenChunks.of(RecoveryTests.events(12))[0]
    withExactCopy(of: chunk) { bytes in
      var reader = EventLogRecoveryReader(output: .xml, wholeCase: TemplatePool())
      var survey = EventLogSurvey()
      survey.add(bytes, isDirty: false)
      reader.begin(file: "log", templates: survey.templates)
      reader.recover(bytes, at: 0, live: [], failed: [], kind: .damagedChunk)
      let lines = reader.withOutput { String(decoding: $0, as: UTF8.self) }.split(separator: "\n")
      #expect(lines.count == 12 && reader.lines.allSatisfy(\.isRendered))
      for line in lines {
        #expect(line.hasPrefix("<!-- recovered from damaged-chunk at offset ") && line.hasSuffix("</Event>"))
      }
    }
  }

  @Test func aTimeThatIsNotThatOfTheFrameIsShownBesideIt() throws {
    var chunk = try WrittenChunks.of([SampleEvents.text("event")])[0]
    chunk[0] = 0
    let same = try #require(recover(chunk, kind: .damagedChunk).lines.first)
    #expect(!same.contains("writtenTime"))
    // An hour is 0x8_61C4_6800 ticks: one more in the fifth byte is some seven minutes.
    chunk[EventLogChunk.headerByteCount + 16 + 4] ^= 0x40
    let other = try #require(recover(chunk, kind: .damagedChunk).lines.first)
    #expect(
      other.contains("\"time\":\"2024-05-14T09:30:00.1234560Z\"") && other.contains("\"writtenTime\":\"2024-05-14T"))
    #expect(other.contains("\"recovered\":true") && other.hasSuffix("}\n"))
  }

  @Test func aRecordWithoutATemplateKeepsItsNumberTimeAndStrings() throws {
    let root = Shapes.event(Shapes.userData(Shapes.element("Odd", Shapes.value(0, 1))))
    var chunk = try WrittenChunks.of(root, [Shapes.text("a text to be found")])
    chunk[550 + 4] ^= 0xFF
    for offset in 574..<700 { chunk[offset] = 0xEE }
    chunk[0] = 0
    let recovered = recover(chunk, kind: .damagedChunk)
    let line = try #require(recovered.lines.first)
    #expect(line.contains("\"recordId\":1,\"time\":\"2024-05-14T09:30:00.1234560Z\""))
    #expect(line.contains("a text to be found") && line.contains("\"template\":\"none\""))
  }

  @Test func aRecordWithoutContentKeepsItsNumberAndTime() throws {
    let root = BinXMLElement("Event", [.text("a text to be found")])
    var chunk = try WrittenChunks.of { try $0.append(.element(root), time: SampleEvents.time) }[0]
    chunk[0] = 0
    let whole = try #require(recover(chunk, kind: .damagedChunk).lines.first)
    #expect(whole.contains("\"template\":\"inline\""))
    // The fragment ends before its element.
    chunk[540] = 0
    let line = try #require(recover(chunk, kind: .damagedChunk).lines.first)
    #expect(line.contains("\"recordId\":1,\"time\":\"2024-05-14T09:30:00.1234560Z\""))
    #expect(line.contains("a text to be found") && line.contains("\"template\":\"none\""))
  }

  @Test func keysTellRecordsApart() {
    var keys = RecordKeySet()
    var answers: Set<[Bool]> = []
    for id in 1...5000 as ClosedRange<UInt64> {
      let first = keys.insert(RecordKey(recordID: id, fileTime: 1))
      let other = keys.insert(RecordKey(recordID: id, fileTime: 2))
      let again = keys.insert(RecordKey(recordID: id, fileTime: 1))
      answers.insert([first, other, again])
    }
    #expect(answers == [[true, true, false]])
    #expect(keys.count == 10_000)
  }
}
