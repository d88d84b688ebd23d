import Testing
import TestSupport
import WindowsFormats

@Suite struct TemplateTests {
  @Test func secondRecordOfAShapeRefersToTheFirst() throws {
    let chunk = try #require(
      LogLayout(try EventLogWriter.log(of: [SampleEvents.text("same"), SampleEvents.text("same")])).chunks.first)
    #expect(chunk.records.count == 2)
    #expect(chunk.records[1].size * 3 < chunk.records[0].size)
    // Template instance: token, version, identifier, offset of the definition.
    let offsets = chunk.records.map { chunk.bytes.int(at: $0.offset + 34) }
    #expect(offsets == [512 + 38, 512 + 38])
    #expect(chunk.templateChains.joined().count == 2)
  }

  @Test func templateIdentifierIsTheStartOfItsGUID() throws {
    let chunk = try #require(LogLayout(try EventLogWriter.log(of: [SampleEvents.text("x")])).chunks.first)
    let definition = chunk.bytes.int(at: 512 + 34)
    #expect(chunk.bytes.u32(at: 512 + 30) == chunk.bytes.u32(at: definition + 4))
  }

  @Test func everyChunkBringsItsOwnDefinitions() throws {
    let layout = LogLayout(try EventLogWriter.log(of: (0..<2000).map { SampleEvents.text("event \($0)") }))
    #expect(layout.chunks.count > 3)
    for chunk in layout.chunks { #expect(chunk.templateChains.joined().count == 2) }
    let guids = layout.chunks.map { chunk in chunk.templateChains.joined().map { chunk.bytes.u64(at: $0 + 4) }.sorted()
    }
    #expect(Set(guids).count == 1)
  }

  @Test func recordThatRollsOverLeavesNothingBehind() throws {
    // The second event brings a template of its own and does not fit any more; its names must not stay either.
    let events = [
      SampleEvents.text(String(repeating: "a", count: 30_000)),
      SampleEvents.plain([.init("Surprise", .string(String(repeating: "b", count: 30_000)))]),
    ]
    let layout = LogLayout(try EventLogWriter.log(of: events))
    #expect(layout.chunks.count == 2)
    #expect(!layout.chunks[0].bytes.contains(utf16: "Surprise"))
    #expect(layout.chunks[0].templateChains.joined().count == 2)
    #expect(layout.chunks[0].nameChains.joined().allSatisfy { $0 < layout.chunks[0].bytes.int(at: 48) })
    #expect(layout.chunks[1].bytes.u64(at: 8) == 2 && layout.chunks[1].bytes.u64(at: 24) == 2)
  }

  @Test func recordsRollOverWithoutGaps() throws {
    let layout = LogLayout(try EventLogWriter.log(of: (0..<5000).map { SampleEvents.text("event number \($0)") }))
    #expect(layout.recordIDs == Array(1...5000))
    var number: UInt64 = 1
    for chunk in layout.chunks {
      #expect(chunk.bytes.u64(at: 8) == number)
      number += UInt64(chunk.records.count)
      #expect(chunk.bytes.u64(at: 16) == number - 1)
      #expect(chunk.bytes.u32(at: 124) == chunk.bytes.crc32(0..<120, 128..<512))
    }
  }

  @Test func textsOfDifferentCompositionStayApart() throws {
    // Equal as Swift strings, different in the log.
    let composed = "caf\u{E9}"
    let decomposed = "cafe\u{301}"
    func event(_ text: String) -> Event {
      var event = SampleEvents.plain([.init(text, "x")])
      event.computer = text
      event.payload = .userData(.init(text, namespace: text, [.init(text, "x")]))
      return event
    }
    let events = [event(composed), event(decomposed), SampleEvents.plain([.init(composed, "")])]
    let bytes = try EventLogWriter.log(of: events + [SampleEvents.plain([.init(decomposed, "")])])
    let chunk = try #require(LogLayout(bytes).chunks.first)
    // Two System templates with text for UserData, one for EventData, and two of either payload.
    #expect(chunk.templateChains.joined().count == 7)
    let names = chunk.nameChains.joined().map { Array(chunk.name(at: $0).text.utf16) }
    #expect(names.contains(Array(composed.utf16)) && names.contains(Array(decomposed.utf16)))
  }

  @Test func quirksChangeNamesAndDefinitions() throws {
    func layout(_ quirks: EventLogWriter.Quirks) throws -> LogLayout {
      var writer = EventLogWriter(quirks: quirks)
      for index in 0..<3 { try writer.append(SampleEvents.text("\(index)")) }
      return LogLayout(writer.finish())
    }
    let hashless = try layout(.omitsNameHashes).chunks[0]
    #expect(hashless.nameChains.joined().allSatisfy { hashless.name(at: $0).hash == 0 })
    #expect(try layout(.omitsNameTable).chunks[0].nameChains.joined().isEmpty)
    #expect(try layout(.omitsTemplateTable).chunks[0].templateChains.joined().isEmpty)
    let repeated = try layout(.repeatsDefinitions).chunks[0]
    #expect(repeated.templateChains.joined().count == 6)
    #expect(repeated.records[2].size * 2 > repeated.records[0].size)
  }

  @Test func recordsOfOddShapesCanBeWritten() throws {
    let root = BinXMLElement(
      "Event", attributes: [BinXMLAttribute("a", .text("1"), .characterReference(0x41))],
      [
        .text("text"), .entityReference("amp"), .cdata("<raw>"), .processingInstruction(target: "pi", data: "data"),
        .element(BinXMLElement("EventData", [.substitution(0, type: 0x21, isOptional: true)])),
      ])
    let inner = BinXMLInstance(
      try BinXMLTemplate(BinXMLElement("Data", [.substitution(0, type: 0x08, isOptional: false)])),
      [BinXMLValue(type: 0x08, bytes: [1, 0, 0, 0])])
    let outer = BinXMLInstance(try BinXMLTemplate(root), [BinXMLValue(.instance(inner), hasHeader: true)])
    var writer = EventLogWriter()
    try writer.append(.instance(outer), time: SampleEvents.time)
    try writer.append(.element(BinXMLElement("Event", [.instance(inner)])), time: SampleEvents.time, recordID: 9)
    let layout = LogLayout(writer.finish())
    #expect(layout.recordIDs == [1, 9])
  }
}
