import Detection
import Sigma
import TestSupport
import Testing
import WindowsFormats

/// Values that come again match as they did the first time. Records are matched without remembering anything, so they
/// are the witness.
@Suite struct MemoTests {
  private typealias Field = EventLogWriter.Field

  private func log(_ events: [[Field]], eventIDs: [UInt16] = [1000]) throws -> [UInt8] {
    var writer = EventLogWriter()
    for (number, fields) in events.enumerated() {
      var event = SampleEvents.plain(fields)
      event.eventID = eventIDs[number % eventIDs.count]
      try writer.append(event)
    }
    return writer.finish()
  }

  private func contains(_ field: String, _ text: String) -> Sigma.Expression {
    .field(field, .text(TextPattern([.anyRun, .literal(text), .anyRun])))
  }

  private func rules(_ expressions: [Sigma.Expression], routes: [EventRoute] = []) -> CompiledRules {
    CompiledRules(expressions.enumerated().map { RuleEntry(rule: $0.offset, routes: routes, expression: $0.element) })
  }

  /// What the rules match of each record, by slots; each is expected to be what they match by values.
  private func matches(_ log: [UInt8], _ rules: CompiledRules) -> [[Int]] {
    var bySlots = RuleMatcher(rules)
    var byRecords = RuleMatcher(rules)
    var slots = EventSlotReader()
    var reader = EventLogChunkReader(output: .jsonLines)
    reader.begin(file: "log")
    var found: [[Int]] = []
    log.withUnsafeBytes { bytes in
      for start in stride(from: 4096, to: bytes.count, by: 65_536) {
        let chunk = UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + 65_536, bytes.count)])
        guard reader.load(chunk, at: start, isDirty: true) else { continue }
        slots.load(chunk)
        while let header = reader.nextRecord() {
          guard slots.read(header), let record = reader.eventRecord(header) else { continue }
          bySlots.match(&slots)
          byRecords.match(record)
          #expect(bySlots.matches() == byRecords.matches())
          found.append(bySlots.matches())
        }
      }
    }
    return found
  }

  @Test func sameBytesInOtherFieldsOrOfOtherTypesAreOtherValues() throws {
    // "A" as UTF-16 with its end is the same four bytes as the number 65.
    let types: [Value] = [.string("A"), .uint32(65), .uint16(65)]
    let events: [[Field]] = (0..<18).map {
      [.init("One", .string("A")), .init("Two", .string("A")), .init("Three", types[$0 % 3])]
    }
    let found = matches(
      try log(events),
      rules([
        .field("One", .text(TextPattern(literal: "a"))), .field("Two", .text(TextPattern(literal: "65"))),
        .field("Three", .text(TextPattern(literal: "65"))), .field("Three", .text(TextPattern(literal: "a"))),
        .field("Three", .number(.greater, 64)),
      ]))
    #expect(found == (0..<18).map { $0 % 3 == 0 ? [0, 3] : [0, 2, 4] })
  }

  @Test func valuesOfEveryLengthComeAgain() throws {
    // On both sides of what is kept: 256 code units, and texts that become longer as UTF-8.
    let texts = [0, 1, 3, 4, 255, 256, 257, 600].flatMap { count in
      ["x", "é", "櫓"].map { String(repeating: $0, count: count) + "End" }
    }
    let events = (0..<4).flatMap { _ in texts.map { [Field("Text", .string($0))] } }
    let found = matches(
      try log(events),
      rules([
        contains("Text", "xend"), contains("Text", "ÉEND"), contains("Text", "櫓e"),
        .field("Text", .regularExpression(RegularExpression("^x{255}End$"))),
        .keyword(.text(TextPattern([.anyRun, .literal("end")]))),
      ]))
    #expect(found.count == events.count)
    for (number, rules) in found.enumerated() { #expect(rules == found[number % texts.count]) }
    #expect(found[12] == [0, 3, 4])
  }

  @Test func moreLiteralsThanAreKeptAreAllFound() throws {
    let words = (0..<20).map { "word\($0)," }
    let events = (0..<6).map { _ in [Field("Text", .string(words.joined()))] }
    let found = matches(try log(events), rules(words.map { contains("Text", $0) }))
    #expect(found == [[Int]](repeating: Array(0..<20), count: 6))
  }

  @Test func whatAValueIsSearchedForDependsOnTheKindOfEvent() throws {
    let events = (0..<12).map { _ in [Field("Text", .string("needle")), Field("Other", .string("needle"))] }
    let entries = [
      RuleEntry(
        rule: 0, routes: [EventRoute("Yagura-Test/Operational", eventIDs: [1])],
        expression: contains("Text", "needle")),
      RuleEntry(
        rule: 1, routes: [EventRoute("Yagura-Test/Operational", eventIDs: [2])],
        expression: .keyword(.text(TextPattern([.anyRun, .literal("needle"), .anyRun])))),
      RuleEntry(
        rule: 2, routes: [EventRoute("Yagura-Test/Operational", eventIDs: [3])],
        expression: contains("Other", "needle")),
    ]
    let found = matches(try log(events, eventIDs: [1, 2, 3, 4]), CompiledRules(entries))
    #expect(found == (0..<12).map { $0 % 4 < 3 ? [$0 % 4] : [] })
  }

  @Test func moreValuesThanThereIsRoomForDriveEachOtherOut() throws {
    // Thousands of values, each three times, mixed with few that are always there; several of them in one event.
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let events: [[Field]] = (0..<9000).map { number in
      [
        .init("A", .string("value \(number % 3000)")), .init("B", .string("value \(next(3000))")),
        .init("C", .string("user \(next(5))")), .init("D", .uint32(UInt32(next(4000)))),
      ]
    }
    let wanted = (0..<40).map { $0 * 77 }
    let found = matches(
      try log(events),
      rules(
        wanted.map { contains("A", "ue \($0)") }
          + wanted.map { .field("B", .text(TextPattern(literal: "VALUE \($0)"))) }
          + [contains("C", "user 3"), .field("D", .number(.less, 100)), .field("D", .text(TextPattern(literal: "77")))])
    )
    #expect(found.count == 9000 && found.contains { $0.contains(80) } && found.contains { $0.contains(82) })
  }

  @Test func derivedFieldsComeAgain() throws {
    let ids = ["0x10", "0x11", "-", "", "0x10"]
    let events = (0..<25).map { [Field("NewProcessId", .string(ids[$0 % 5]))] }
    let found = matches(
      try log(events),
      rules([
        .field(DerivedField.processID.name, .text(TextPattern(literal: "16"))),
        .field(DerivedField.processID.name, .null), .field(DerivedField.processID.name, .exists),
      ]))
    #expect(found == (0..<25).map { [[0, 2], [2], [1], [1], [0, 2]][$0 % 5] })
  }
}
