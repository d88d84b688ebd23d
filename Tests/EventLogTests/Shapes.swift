import TestSupport

@testable import WindowsFormats

/// Records that no event definition makes: the parts of BinXML that Windows seldom uses.
enum Shapes {
  static func value(_ index: UInt16, _ type: UInt8, isOptional: Bool = true) -> BinXMLContent {
    .substitution(index, type: type, isOptional: isOptional)
  }

  static func text(_ text: String) -> BinXMLValue {
    BinXMLValue(type: 1, bytes: text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
  }

  static func number(_ number: UInt16) -> BinXMLValue {
    BinXMLValue(type: 6, bytes: [UInt8(number & 0xFF), UInt8(number >> 8)])
  }

  static let null = BinXMLValue(type: 0)

  static func event(system: [BinXMLContent] = [], _ content: BinXMLContent...) -> BinXMLElement {
    BinXMLElement(
      "Event", attributes: [.init("xmlns", .text("http://schemas.microsoft.com/win/2004/08/events/event"))],
      [.element(BinXMLElement("System", system))] + content)
  }

  static func eventData(_ content: BinXMLContent...) -> BinXMLContent {
    .element(BinXMLElement("EventData", content))
  }

  static func userData(_ content: BinXMLContent...) -> BinXMLContent { .element(BinXMLElement("UserData", content)) }

  static func data(_ name: BinXMLContent, _ content: BinXMLContent...) -> BinXMLContent {
    .element(BinXMLElement("Data", attributes: [.init("Name", name)], content))
  }

  static func element(
    _ name: String, attributes: [BinXMLAttribute] = [], _ content: BinXMLContent...
  ) -> BinXMLContent { .element(BinXMLElement(name, attributes: attributes, content)) }

  /// The `data` object of a record's line.
  static func data(of chunk: [UInt8]) -> String? {
    guard let line = ReadChunk(chunk).lines.first, let start = line.range(of: "\"data\":"),
      let end = line.range(of: ",\"recovered\":")
    else { return nil }
    return String(line[start.upperBound..<end.lowerBound])
  }
}

extension String {
  fileprivate func range(of text: String) -> Range<String.Index>? {
    var at = startIndex
    while at != endIndex {
      if self[at...].hasPrefix(text) { return at..<index(at, offsetBy: text.count) }
      at = index(after: at)
    }
    return nil
  }
}
