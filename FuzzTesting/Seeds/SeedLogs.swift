@testable import WindowsFormats

/// The logs that seeds are made of.
enum SeedLogs {
  private static let time: UInt64 = 133_601_526_001_234_560

  /// Chunks without the free space behind their records.
  static func all() throws -> [(String, [UInt8])] {
    var logs: [(String, [UInt8])] = []
    for definition in EventLogWriter.EventDefinition.all {
      let event = try definition.event(time: time, computer: "PC", [:])
      logs.append(("\(definition.provider.name)-\(definition.eventID)", try chunk { try $0.append(event) }))
    }
    for (index, shape) in try oddShapes.enumerated() {
      logs.append(("odd-\(index)", try chunk { try $0.append(shape, time: time) }))
      logs.append(
        (
          "bare-\(index)",
          try chunk(quirks: [.omitsNameTable, .omitsTemplateTable]) {
            try $0.append(shape, time: time)
            try $0.append(shape, time: time + 1)
          }
        ))
    }
    return logs
  }

  /// Chunks whose first bytes were overwritten by a later use.
  static func wrapped() throws -> [(String, [UInt8])] {
    let definitions = EventLogWriter.EventDefinition.all
    var logs: [(String, [UInt8])] = []
    for index in 0..<12 {
      var old = try chunk { writer in
        for step in 0..<6 {
          let definition = definitions[(index * 5 + step / 2) % definitions.count]
          try writer.append(try definition.event(time: time + UInt64(step), computer: "PC", [:]))
        }
      }
      let new = try chunk {
        try $0.append(try definitions[(index * 3) % definitions.count].event(time: time + 99, computer: "PC", [:]))
      }
      old.replaceSubrange(0..<min(new.count, old.count), with: new.prefix(old.count))
      logs.append(("wrapped-\(index)", old))
    }
    return logs
  }

  private static func chunk(
    quirks: EventLogWriter.Quirks = [], _ fill: (inout EventLogWriter) throws -> Void
  ) throws -> [UInt8] {
    Array(try log(quirks: quirks, fill)[EventLogWriter.fileHeaderByteCount...])
  }

  /// A log of one chunk, without the free space behind its records.
  static func log(
    quirks: EventLogWriter.Quirks = [], _ fill: (inout EventLogWriter) throws -> Void
  ) throws -> [UInt8] {
    var writer = EventLogWriter(quirks: quirks)
    try fill(&writer)
    let log = writer.finish()
    let chunk = log[EventLogWriter.fileHeaderByteCount...]
    let free = chunk.startIndex + 48
    return Array(log.prefix(chunk.startIndex + (Int(log[free]) | Int(log[free + 1]) << 8 | Int(log[free + 2]) << 16)))
  }

  /// The content of the first definition and what follows it in its record, as `TemplateChunk` takes them.
  static func templateSeed(_ chunk: [UInt8]) -> [UInt8]? {
    guard chunk.count > 600, chunk[540] == 0x0C, chunk[546] == 0x26, chunk[547] == 0x02 else { return nil }
    let size = Int(chunk[570]) | Int(chunk[571]) << 8
    let end = 512 + (Int(chunk[516]) | Int(chunk[517]) << 8)
    guard 574 + size < end else { return nil }
    return [UInt8(size & 0xFF), UInt8(size >> 8)] + chunk[574..<end - 4]
  }

  /// Shapes that no event definition has.
  private static var oddShapes: [BinXMLFragment] {
    get throws {
      func value(_ index: UInt16, _ type: UInt8, optional: Bool = true) -> BinXMLContent {
        .substitution(index, type: type, isOptional: optional)
      }
      func event(_ content: [BinXMLContent]) -> BinXMLElement {
        BinXMLElement(
          "Event",
          [
            .element(
              BinXMLElement(
                "System",
                [.element(BinXMLElement("EventID", attributes: [.init("Qualifiers", value(1, 6))], [value(0, 6)]))]))
          ] + content)
      }
      let text = BinXMLValue(type: 1, bytes: [0x41, 0, 0x42, 0])
      let numbers = [BinXMLValue(type: 6, bytes: [1, 0]), BinXMLValue(type: 0)]
      let named = BinXMLElement("Data", attributes: [.init("Name", value(2, 1))], [value(3, 1)])
      let mixed = BinXMLElement(
        "Mixed", attributes: [.init("a", .text("x"), value(2, 1), .entityReference("amp"))],
        [.text("t"), .cdata("<c>"), .characterReference(0x3042), .entityReference("lt"), value(2, 1)])
      let strings = BinXMLValue(type: 0x81, bytes: [0x41, 0, 0, 0, 0x42, 0, 0, 0])
      let shapes: [(BinXMLElement, [BinXMLValue])] = [
        (event([.element(BinXMLElement("EventData", [.element(named), .element(named)]))]), numbers + [text, text]),
        (event([.element(BinXMLElement("UserData", [.element(mixed)]))]), numbers + [text]),
        (
          event([.element(BinXMLElement("EventData", [.element(BinXMLElement("Data", [value(2, 0x81)]))]))]),
          numbers + [strings]
        ),
        (
          event([
            .element(
              BinXMLElement(
                "RenderingInfo", attributes: [.init("Culture", .text("ja"))],
                [.element(BinXMLElement("Message", [value(2, 1)]))]))
          ]), numbers + [text]
        ),
        (
          event([
            .element(
              BinXMLElement(
                "EventData", attributes: [.init("Name", .text("n"))],
                [.element(BinXMLElement("A", attributes: [.init("b", value(2, 1))], [value(3, 0x13)]))]))
          ]), numbers + [text, BinXMLValue(type: 0x13, bytes: [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0])]
        ),
      ]
      var fragments = try shapes.map { BinXMLFragment.instance(BinXMLInstance(try BinXMLTemplate($0.0), $0.1)) }
      fragments.append(.element(event([.element(mixed)])))
      let inner = BinXMLFragment.element(BinXMLElement("Inner", attributes: [.init("k", .text("v"))], [.text("x")]))
      fragments.append(
        .instance(
          BinXMLInstance(
            try BinXMLTemplate(event([.element(BinXMLElement("UserData", [value(2, 0x21)]))])),
            numbers + [BinXMLValue(inner, hasHeader: true)])))
      return fragments
    }
  }
}
