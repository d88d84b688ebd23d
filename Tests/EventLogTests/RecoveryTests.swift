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

  /// A chunk whose first bytes a later use has overwritten, as Windows does when a log wraps.
  private func wrapped(_ old: [UInt8], by new: [UInt8]) -> [UInt8] {
    Array(new.prefix(new.u32(at: 48))) + old.dropFirst(new.u32(at: 48))
  }

  private func body(_ line: String) -> String {
    String(line.prefix(upTo: line.range(of: ",\"recovered\":")!.lowerBound))
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

  private enum Damage: CaseIterable { case none, values, anywhere }

  /// Which rendered records say something that was never written.
  private struct Score {
    var planted = 0
    var rendered = 0
    var invented: [String] = []
  }

  private func score(_ damage: Damage) throws -> Score {
    var numbers = SeededNumbers(state: 7)
    var score = Score()
    for round in 0..<24 {
      let old = try WrittenChunks.of(RecoveryTests.events(60, from: round * 7))[0]
      let new = try WrittenChunks.of(RecoveryTests.events(1 + round % 5, from: 5000 + round * 13))[0]
      var chunk = wrapped(old, by: new)
      let plants = Set(ReadChunk(old).lines.map(body))
      let start = new.u32(at: 48)
      let offsets = old.recordOffsets.filter { $0 >= start }
      score.planted += offsets.count
      let definitions = old.definitions
      var damaged: Set<Int> = []
      for _ in 0..<(damage == .none ? 0 : 20) {
        let at = Int.random(in: start..<old.u32(at: 48), using: &numbers)
        if damage == .values && definitions.contains(where: { $0.contains(at) }) { continue }
        chunk[at] ^= UInt8.random(in: 1...255, using: &numbers)
        if let owner = offsets.last(where: { $0 <= at }) { damaged.insert(owner + 4096) }
      }
      let recovered = recover(chunk)
      for (line, found) in zip(recovered.lines, recovered.found) {
        #expect(line.contains(",\"recovered\":true,\"offset\":") && line.contains("\"recoveredFrom\":\"slack\""))
        guard found.isRendered else { continue }
        score.rendered += 1
        let isDamaged = damaged.contains { line.contains(",\"offset\":\($0),") }
        let isComplete = ["inline", "offset", "file", "repaired"].contains { line.contains("\"template\":\"\($0)\"") }
        if isComplete && !isDamaged && !plants.contains(body(line)) { score.invented.append(line) }
      }
    }
    return score
  }

  /// Texts of a definition carry no checksum: a field name that is damaged there is not noticed, so the third figure
  /// is reported and bounded, while the records' own values are never anybody else's.
  @Test func everyRenderedRecordIsOneThatWasPlanted() throws {
    for damage in Damage.allCases {
      let score = try score(damage)
      print(
        "recovery, damage \(damage): \(score.planted) planted, \(score.rendered) rendered, "
          + "\(score.invented.count) that were never written like this")
      #expect(score.rendered * 10 > score.planted * (damage == .none ? 9 : 7))
      if damage == .anywhere {
        #expect(score.invented.count * 20 < score.planted)
      } else {
        #expect(score.invented == [])
      }
    }
  }

  @Test func liveRecordsAreNotRecoveredAgain() throws {
    let chunk = try WrittenChunks.of(RecoveryTests.events(30))[0]
    #expect(recover(chunk).lines.isEmpty)
  }

  @Test func recordsHiddenInsideALiveRecordAreFound() throws {
    var chunk = try WrittenChunks.of((0..<5).map { SampleEvents.text("event \($0)") })[0]
    // The second record swallows the third, as tools do that unlink records.
    let places = chunk.recordOffsets
    let size = UInt32(places[3] - places[1])
    chunk.put(size, at: places[1] + 4)
    chunk.put(size, at: places[3] - 4)
    // The third keeps its own frame but for the copy of its size: that is where the second one now ends.
    let recovered = recover(chunk)
    #expect(ReadChunk(chunk).lines.count == 4)
    #expect(recovered.lines.isEmpty || recovered.lines.allSatisfy { $0.contains("\"recoveredFrom\":\"hidden\"") })
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

extension [UInt8] {
  /// Where template definitions stand: they follow an instance that points behind itself.
  fileprivate var definitions: [Range<Int>] {
    (EventLogChunk.headerByteCount..<u32(at: 48) - 40).compactMap { token in
      guard self[token] == 0x0C, u32(at: token + 6) == token + 10, u32(at: token + 2) == u32(at: token + 14) else {
        return nil
      }
      return token..<token + 34 + u32(at: token + 30)
    }
  }
}
