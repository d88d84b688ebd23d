import TestSupport

@testable import WindowsFormats

/// A record for each odd part of BinXML; those without values can stand without a template as well.
enum OddRecords {
  static var all: [(BinXMLElement, [BinXMLValue])] {
    typealias S = Shapes
    let strings = BinXMLValue(type: 0x81, bytes: S.text("one\u{0}two\u{0}").valueBytes)
    let inner = BinXMLFragment.element(BinXMLElement("Inner", attributes: [.init("k", .text("v"))], [.text("x")]))
    let nested = BinXMLValue(inner, hasHeader: true)
    let mixed: [BinXMLContent] = [
      .text("a<"), .cdata("<c>"), .characterReference(0x3042), .entityReference("lt"), .entityReference("other"),
    ]
    return [
      (S.event(S.eventData(S.data(.text("x"), .text("literal")))), []),
      (S.event(S.userData(.element(BinXMLElement("Mixed", attributes: [.init("m", .text("q\"&"))], mixed)))), []),
      (S.event(S.userData(S.element("R", .text("loose"), S.element("C", .text("1")), S.element("C")))), []),
      (S.event(S.userData(.processingInstruction(target: "pi", data: "d"), S.element("R", .text("1")))), []),
      (S.event(S.element("DebugData", S.element("Level", .text("4"))), S.userData(S.element("R", .text("1")))), []),
      (BinXMLElement("NoEvent", [S.element("A", .text("1")), S.element("A", .text("2"))]), []),
      // Names that are values: only the record itself knows them.
      (
        S.event(S.eventData(S.data(S.value(0, 1), S.value(1, 1)), S.data(.text("x"), .text("y")))),
        [S.text("name"), S.text("value")]
      ),
      (
        S.event(S.eventData(S.data(.text("x"), S.value(0, 0x81)), S.data(.text("x"), S.value(1, 6)))),
        [strings, S.number(7)]
      ),
      (
        S.event(S.eventData(S.data(.text("x"), .text("<"), S.value(0, 1), .text("-"), S.value(1, 6)))),
        [S.text("&"), S.number(7)]
      ),
      (S.event(S.userData(S.value(0, 0x21))), [nested]),
      (S.event(S.element("Before", .text("b")), S.userData(S.value(0, 0x21))), [nested]),
      (S.event(S.userData(S.element("R", S.value(0, 0x21)))), [nested]),
      (
        S.event(S.userData(S.element("R", attributes: [.init("a", S.value(1, 1))], S.value(0, 0x21)))),
        [nested, S.null]
      ),
      (S.event(S.userData(S.element("R", S.value(0, 1)))), [nested]),
      (S.event(S.value(0, 0x21)), [S.text("no fragment")]),
      (S.event(S.userData(S.element("R", S.value(0, 0x21)))), [BinXMLValue(type: 0x84)]),
      (S.event(S.userData(S.value(0, 0x21))), [S.null]),
      (S.event(S.userData(S.value(0, 8))), [BinXMLValue(type: 0x21, bytes: [0x0F, 1, 1, 0, 0])]),
      (S.event(S.value(0, 0x21), S.value(1, 0x21)), [nested, nested]),
      (
        S.event(S.userData(S.element("R", attributes: [.init("a", S.value(0, 1))], S.value(1, 1)))),
        [S.text(""), S.null]
      ),
    ]
  }
}

extension BinXMLValue {
  var valueBytes: [UInt8] { if case .bytes(let bytes) = content { bytes } else { [] } }
}
