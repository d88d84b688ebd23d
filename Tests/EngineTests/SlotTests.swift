import Detection
import Foundation
import Sigma
import TestSupport
import Testing
import WindowsFormats

/// A record matches the same rules by its slots as by its values.
@Suite struct SlotTests {
  private struct Pair {
    var slots: [[Int]] = []
    var records: [[Int]] = []
  }

  /// What rules match of each record of a log, by slots and by values.
  private func match(_ log: [UInt8], _ rules: CompiledRules) -> Pair {
    var pair = Pair()
    var bySlots = RuleMatcher(rules)
    var byRecords = RuleMatcher(rules)
    forEachRecord(log) { slots, record in
      bySlots.match(&slots)
      byRecords.match(record)
      pair.slots.append(bySlots.matches())
      pair.records.append(byRecords.matches())
    }
    return pair
  }

  private func forEachRecord(_ log: [UInt8], _ body: (inout EventSlotReader, EventRecord) -> Void) {
    var slots = EventSlotReader()
    var reader = EventLogChunkReader(output: .jsonLines)
    reader.begin(file: "log")
    log.withUnsafeBytes { bytes in
      for start in stride(from: 4096, to: bytes.count, by: 65_536) {
        let chunk = UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + 65_536, bytes.count)])
        guard reader.load(chunk, at: start, isDirty: true) else { continue }
        slots.load(chunk)
        while let header = reader.nextRecord() {
          guard slots.read(header), let record = reader.eventRecord(header) else { continue }
          body(&slots, record)
        }
      }
    }
  }

  /// Rules that ask for values of the log's own records, and some that ask for none of them.
  private func rules(from log: [UInt8]) -> CompiledRules {
    var expressions: [Sigma.Expression] = []
    forEachRecord(log) { slots, _ in
      for index in 0..<slots.count {
        let slot = slots[index]
        let name = slots.fieldName(slot.field)
        for text in slots.texts(of: slot) where expressions.count < 600 {
          expressions.append(.field(name, .text(TextPattern(literal: text))))
          expressions.append(.field(name, .text(TextPattern([.anyRun, .literal(String(text.suffix(5)))]))))
          expressions.append(.not(.field(name, .number(.greater, 1000))))
          expressions.append(.keyword(.text(TextPattern([.anyRun, .literal(String(text.prefix(6))), .anyRun]))))
          expressions.append(.field(name, .regularExpression(RegularExpression("[0-9a-f]{4}", ignoresCase: true))))
        }
      }
    }
    return CompiledRules(
      expressions.enumerated().map { RuleEntry(rule: $0.offset, routes: [], expression: $0.element) })
  }

  @Test func agreeWithValuesInTheBundledCase() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Examples/case")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "evtx" }
    #expect(!files.isEmpty)
    for file in files {
      let log = [UInt8](try Data(contentsOf: file))
      let pair = match(log, rules(from: log))
      #expect(!pair.slots.isEmpty && pair.slots.allSatisfy { !$0.isEmpty }, "\(file.lastPathComponent)")
      #expect(pair.slots == pair.records, "\(file.lastPathComponent)")
    }
  }

  @Test func tellEveryTypeAsItIsShown() throws {
    let wanted: [(field: String, text: String)] = [
      ("Int8", "-128"), ("UInt64", "18446744073709551615"), ("True", "TRUE"), ("Bytes", "00deadbeefff"),
      ("HexInt32", "0x80041032"), ("Sid", "S-1-5-21-1004336348-1177238915-682003330-512"), ("Float", "1.5"),
      ("Guid", "00112233-4455-6677-8899-AABBCCDDEEFF"), ("SystemTime", "2024-02-29T23:59:58.987Z"), ("Empty", ""),
      ("Strings", "二"), ("UInt32s", "4294967295"), ("Channel", "yagura-test/operational"), ("EventID", "1000"),
    ]
    let entries = wanted.enumerated().map {
      RuleEntry(
        rule: $0.offset,
        routes: [EventRoute("Yagura-Test/Operational", provider: "yagura-test", eventIDs: [1000])],
        expression: .field($0.element.field, .text(TextPattern(literal: $0.element.text))))
    }
    let everything = SampleEvents.values + SampleEvents.arrays
    var writer = EventLogWriter()
    try writer.append(SampleEvents.plain(everything.map { .init($0.name, $0.value) }))
    let pair = match(writer.finish(), CompiledRules(entries))
    #expect(pair.slots == [Array(wanted.indices)] && pair.records == pair.slots)
  }
}
