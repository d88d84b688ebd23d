import Testing
import TestSupport
import WindowsFormats

@Suite struct WriterLimitTests {
  private func expect(_ code: WriteError.Code, _ event: Event, sourceLocation: SourceLocation = #_sourceLocation) {
    var writer = EventLogWriter()
    do {
      try writer.append(event)
      Issue.record("was written", sourceLocation: sourceLocation)
    } catch {
      #expect(error.code == code, sourceLocation: sourceLocation)
    }
  }

  @Test func refusesAValuePast16Bits() {
    expect(.valueTooLarge, SampleEvents.plain([.init("F", .binary([UInt8](repeating: 0, count: 65_536)))]))
    expect(.valueTooLarge, SampleEvents.text(String(repeating: "x", count: 32_768)))
  }

  @Test func refusesARecordThatFitsInNoChunk() {
    expect(.recordTooLarge, SampleEvents.plain([.init("F", .binary([UInt8](repeating: 0, count: 65_535)))]))
    let half = Value.binary([UInt8](repeating: 0, count: 40_000))
    expect(.recordTooLarge, SampleEvents.plain([.init("A", half), .init("B", half)]))
    expect(.recordTooLarge, SampleEvents.plain((0..<5000).map { .init("Field\($0)", .null) }))
  }

  @Test func aRefusedRecordChangesNothing() throws {
    let huge = SampleEvents.plain([.init("F", .binary([UInt8](repeating: 0, count: 65_535)))])
    var writer = EventLogWriter()
    try writer.append(SampleEvents.text("before"))
    #expect(throws: WriteError.self) { try writer.append(huge) }
    try writer.append(SampleEvents.text("after"))
    #expect(writer.finish() == (try EventLogWriter.log(of: [SampleEvents.text("before"), SampleEvents.text("after")])))
  }

  @Test func theLargestRecordFillsItsChunk() throws {
    // Find the longest text that fits: the one after it must be refused, and the chunk must be nearly full.
    var low = 0
    var high = 32_768
    while high - low > 1 {
      let middle = (low + high) / 2
      var writer = EventLogWriter()
      if (try? writer.append(SampleEvents.text(String(repeating: "x", count: middle)))) == nil {
        high = middle
      } else {
        low = middle
      }
    }
    let layout = LogLayout(try EventLogWriter.log(of: [SampleEvents.text(String(repeating: "x", count: low))]))
    #expect(layout.chunks[0].bytes.int(at: 48) == 65_536 - 8)
    #expect(layout.chunks[0].records.count == 1)
  }

  @Test func refusesNamesThatCannotBeStored() {
    expect(.nameTooLong, userData(String(repeating: "n", count: 65_536)))
    expect(.recordTooLarge, userData(String(repeating: "n", count: 65_535)))
    for name in ["", "a b", "a<b", "a\"", "\u{1}"] { expect(.invalidName, userData(name)) }
    expect(.textTooLong, SampleEvents.plain([.init(String(repeating: "n", count: 65_536), .null)]))
    var event = SampleEvents.text("")
    event.computer = String(repeating: "c", count: 65_536)
    expect(.textTooLong, event)
  }

  @Test func refusesMoreFieldsThanSubstitutions() {
    expect(.tooManyFields, SampleEvents.plain([EventLogWriter.Field](repeating: .init(nil, .null), count: 65_535)))
  }

  @Test func refusesElementsNestedTooDeeply() throws {
    var element = EventLogWriter.Element("Leaf", "x")
    for _ in 0..<63 { element = EventLogWriter.Element("Node", [element]) }
    var event = SampleEvents.text("")
    event.payload = .userData(element)
    _ = try EventLogWriter.log(of: [event])
    event.payload = .userData(EventLogWriter.Element("Node", [element]))
    expect(.nestedTooDeeply, event)
  }

  @Test func refusesValuesWithoutABinaryForm() {
    expect(.mixedArray, SampleEvents.plain([.init("A", .array(of: .string, ["a", 1]))]))
    expect(.unsupportedArray, SampleEvents.plain([.init("A", .array(of: .binary, [.binary([1])]))]))
    expect(.unsupportedArray, SampleEvents.plain([.init("A", .array(of: .string, [.array(of: .string, [])]))]))
    expect(.invalidValue, SampleEvents.plain([.init("A", .array(of: .string, ["a\0b"]))]))
    expect(.invalidValue, SampleEvents.plain([.init("A", .sid(.init(authority: 1 << 48, [])))]))
    expect(
      .invalidValue, SampleEvents.plain([.init("A", .sid(.init(authority: 5, [UInt32](repeating: 1, count: 16))))]))
    let month = CivilTime(year: 2024, month: 13, day: 1, hour: 0, minute: 0, second: 0, ticks: 0)
    expect(.invalidValue, SampleEvents.plain([.init("A", .systemTime(month))]))
  }

  @Test func recordIdentifiersRunOutInsteadOfWrapping() throws {
    var writer = EventLogWriter()
    var event = SampleEvents.text("last")
    event.recordID = .max
    try writer.append(event)
    event.recordID = nil
    #expect(throws: WriteError(.recordIDsExhausted)) { try writer.append(event) }
    event.recordID = 5
    try writer.append(event)
    #expect(writer.nextRecordID == 6)
    #expect(LogLayout(writer.finish()).recordIDs == [.max, 5])
  }

  private func userData(_ name: String) -> Event {
    var event = SampleEvents.text("")
    event.payload = .userData(EventLogWriter.Element(name, [EventLogWriter.Element("Child", "x")]))
    return event
  }
}
