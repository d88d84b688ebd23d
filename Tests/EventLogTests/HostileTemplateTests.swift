import TestSupport
import Testing

@testable import WindowsFormats

/// Records that multiply work or refer to themselves: they end quickly, with a fault and without output.
@Suite struct HostileTemplateTests {
  private func read(_ chunk: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) -> ReadChunk {
    var read: ReadChunk?
    let time = threadTime { read = ReadChunk(chunk) }
    #expect(time < .seconds(4), "four readers", sourceLocation: sourceLocation)
    return read ?? ReadChunk(chunk)
  }

  private func expectLimit(_ read: ReadChunk, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(read.diagnostics.first?.error.code == .limitExceeded, sourceLocation: sourceLocation)
    #expect(read.diagnostics.first?.recordID == 1, sourceLocation: sourceLocation)
    #expect(read.lines.isEmpty && read.records.isEmpty, sourceLocation: sourceLocation)
  }

  @Test func oneValueInThousandsOfPlacesIsRefused() throws {
    let places = [BinXMLContent](repeating: Shapes.value(0, 1), count: 4000)
    let root = Shapes.event(
      Shapes.eventData(.element(BinXMLElement("Data", attributes: [.init("Name", .text("x"))], places))))
    let value = BinXMLValue(type: 1, bytes: [UInt8](repeating: 1, count: 40_000))
    expectLimit(read(try WrittenChunks.of(root, [value])))
  }

  @Test func arraysInThousandsOfPlacesAreRefused() throws {
    let places = (0..<1500).map { _ in Shapes.element("D", Shapes.value(0, 0x84)) }
    let root = Shapes.event(.element(BinXMLElement("UserData", places)))
    let value = BinXMLValue(type: 0x84, bytes: [UInt8](repeating: 7, count: 30_000))
    expectLimit(read(try WrittenChunks.of(root, [value])))
  }

  @Test func templatesInTemplatesDoNotMultiply() throws {
    // Each level shows the next one six times, eleven levels deep: 362 million leaves.
    let places = (0..<6).map { _ in Shapes.element("N", Shapes.value(0, 0x21)) }
    let template = try BinXMLTemplate(BinXMLElement("L", places))
    var value = Shapes.text("leaf")
    for _ in 0..<11 { value = BinXMLValue(.instance(BinXMLInstance(template, [value])), hasHeader: true) }
    expectLimit(read(try WrittenChunks.of(Shapes.event(Shapes.userData(Shapes.value(0, 0x21))), [value])))
  }

  @Test func fragmentsNestTo16() throws {
    var shallow = Shapes.text("leaf")
    let template = try BinXMLTemplate(BinXMLElement("L", [Shapes.value(0, 0x21)]))
    for _ in 0..<14 { shallow = BinXMLValue(.instance(BinXMLInstance(template, [shallow])), hasHeader: true) }
    let root = Shapes.event(Shapes.userData(Shapes.value(0, 0x21)))
    #expect(read(try WrittenChunks.of(root, [shallow])).lines.count == 1)
    for _ in 0..<4 { shallow = BinXMLValue(.instance(BinXMLInstance(template, [shallow])), hasHeader: true) }
    expectLimit(read(try WrittenChunks.of(root, [shallow])))
  }

  @Test func elementsNestTo64() throws {
    var element = BinXMLElement("E", [.text("x")])
    for _ in 0..<59 { element = BinXMLElement("E", [.element(element)]) }
    #expect(read(try WrittenChunks.of(Shapes.event(Shapes.userData(.element(element))))).lines.count == 1)
    for _ in 0..<2 { element = BinXMLElement("E", [.element(element)]) }
    // The writer refuses deeper trees, so two levels come in a nested fragment.
    let deep = BinXMLElement("Deep", [.element(element)])
    let chunk = try WrittenChunks.of { try $0.append(.element(deep), time: SampleEvents.time) }[0]
    #expect(read(chunk).lines.count == 1)
  }

  @Test func longNamesInThousandsOfPlacesAreRefused() throws {
    let name = String(repeating: "n", count: 1000)
    let children = (0..<2500).map { _ in Shapes.element(name, Shapes.value(0, 1)) }
    let template = try BinXMLTemplate(Shapes.event(.element(BinXMLElement("UserData", children))))
    let chunk = try WrittenChunks.of { writer in
      for _ in 0..<100 {
        try writer.append(.instance(BinXMLInstance(template, [Shapes.text("x")])), time: SampleEvents.time)
      }
    }[0]
    let result = read(chunk)
    #expect(result.xml.count < 20)
    #expect(result.lines.count == 100, "equal names are written once")
  }

  @Test func aNameOfMoreThan1024CharactersIsRefused() throws {
    for (count, lines) in [(1024, 1), (1025, 0)] {
      let name = String(repeating: "n", count: count)
      let result = read(try WrittenChunks.of(Shapes.event(Shapes.userData(Shapes.element(name, .text("x"))))))
      #expect(result.lines.count == lines)
      #expect(result.diagnostics.map(\.error.code) == (lines == 1 ? [] : [.invalidValue]))
    }
  }

  @Test func anInstanceWhoseDefinitionIsItselfIsRefused() throws {
    var chunk = try WrittenChunks.of([SampleEvents.text("a"), SampleEvents.text("b")])[0]
    let second = chunk.recordOffsets[1]
    // Token at 28, definition offset 6 behind it.
    chunk.put(UInt32(second + 28), at: second + 34)
    let result = read(chunk)
    #expect(result.lines.count == 1)
    #expect(result.diagnostics.last?.recordID == 2)
  }

  @Test func aTemplateThatHoldsAnInstanceOfItselfIsRefused() throws {
    let inner = BinXMLInstance(try BinXMLTemplate(BinXMLElement("I", [.text("x")])), [])
    var chunk = try WrittenChunks.of(Shapes.event(Shapes.userData(.instance(inner))))
    let token = try #require((600..<60_000).first { chunk[$0] == 0x0C && chunk.u32(at: $0 + 6) == $0 + 10 })
    // The outer definition stands at 550; the inner one stays where it is and is stepped over by nobody.
    chunk.put(550, at: token + 6)
    let result = read(chunk)
    #expect(result.lines.isEmpty && result.diagnostics.count >= 1)
  }

  @Test func contentBehindTheInstanceIsShown() throws {
    let inner = BinXMLFragment.element(BinXMLElement("Behind", [.text("x")]))
    let root = BinXMLElement("NoEvent", [.element(BinXMLElement("A", [.text("1")]))])
    var chunk = try WrittenChunks.of(root, [BinXMLValue(inner, hasHeader: false)])
    // The value's descriptor says that it is empty: its bytes follow the instance.
    let descriptor = 574 + chunk.u32(at: 570) + 4
    chunk[descriptor] = 0
    chunk[descriptor + 1] = 0
    let result = read(chunk)
    #expect(result.differences == [])
    #expect(result.lines.first?.contains("{\"NoEvent\":{\"A\":\"1\"},\"Behind\":\"x\"}") == true)
  }

  @Test func valuesOfAttributesStayTheirOwnWhereAnArrayRepeatsTheElement() throws {
    let data = Shapes.element(
      "Data", attributes: [.init("Name", .text("n-"), Shapes.value(1, 1))], Shapes.value(0, 0x86))
    let numbers = BinXMLValue(type: 0x86, bytes: [1, 0, 2, 0])
    let result = read(try WrittenChunks.of(Shapes.event(Shapes.eventData(data)), [numbers, Shapes.text("own")]))
    #expect(
      result.xml.first?.contains("<Data Name=\"n-own\">1</Data><Data Name=\"n-own\">2</Data>") == true)
  }

  @Test func aForwardedEventKeepsBothNumbers() throws {
    var event = SampleEvents.text("forwarded")
    event.recordID = 77
    var chunk = try WrittenChunks.of([event])[0]
    chunk.put(5, at: chunk.recordOffsets[0] + 8)
    let result = read(chunk)
    #expect(result.lines.first?.contains("\"recordId\":77,") == true)
    #expect(result.lines.first?.contains(",\"recovered\":false,\"logRecordId\":5") == true)
    #expect(result.records.first?.logRecordID == 5 && result.differences == [])
  }

  @Test func typesThatStandForTextOfTheReaderAreNotTakenFromALog() throws {
    for type in [UInt8(0xFE), 0xFF] {
      let root = Shapes.event(Shapes.eventData(Shapes.data(.text("x"), Shapes.value(0, type))))
      let result = read(
        try WrittenChunks.of(root, [BinXMLValue(type: type, bytes: [UInt8](repeating: 0xFF, count: 900))]))
      #expect(result.diagnostics.first?.error.code == .unsupported)
      #expect(result.slots.allSatisfy { $0.allSatisfy { $0.text.isEmpty } })
    }
  }
}
