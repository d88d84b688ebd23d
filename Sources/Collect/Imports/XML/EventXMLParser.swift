internal import CExpat
internal import WindowsFormats

/// One element of an event's XML: small, and read once.
struct XMLElement {
  /// Without its prefix.
  var name: String
  /// Without `xmlns` declarations.
  var attributes: [EventField] = []
  var children: [XMLElement] = []
  /// Its own character data, in one piece.
  var text: [UInt8] = []
}

/// An `<Event>` element to a tree, through expat. One instance per thread; expat's parser is kept between records.
///
/// A document type is refused, and with it every entity but the five predefined ones, so nothing expands.
final class EventXMLParser {
  /// Elements inside one another; more is refused.
  static let maximumDepth = 64

  private let parser: XML_Parser?
  private var open: [XMLElement] = []
  private var root: XMLElement?
  private var refusal: ParseError.Code?

  init() { parser = XML_ParserCreate("UTF-8") }

  deinit { XML_ParserFree(parser) }

  struct Failure: Error {
    var code: ParseError.Code
    /// Bytes before the fault, in the text as it was parsed.
    var place: Int
  }

  /// Parses one element. `text` is valid UTF-8.
  func parse(_ text: UnsafeBufferPointer<UInt8>) throws(Failure) -> XMLElement {
    guard let parser, let count = Int32(exactly: text.count), let start = text.baseAddress else {
      throw Failure(code: .truncated, place: 0)
    }
    XML_ParserReset(parser, "UTF-8")
    open = []
    root = nil
    refusal = nil
    setHandlers(parser)
    let status = start.withMemoryRebound(to: CChar.self, capacity: text.count) { XML_Parse(parser, $0, count, 1) }
    if status == XML_STATUS_OK, let root { return root }
    let place = max(0, Int(XML_GetCurrentByteIndex(parser)))
    switch XML_GetErrorCode(parser) {
    case XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_PARTIAL_CHAR, XML_ERROR_UNCLOSED_CDATA_SECTION:
      throw Failure(code: .truncated, place: place)
    default: throw Failure(code: refusal ?? .invalidValue, place: place)
    }
  }

  private func setHandlers(_ parser: XML_Parser) {
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { me, name, attributes in EventXMLParser.of(me)?.start(name, attributes) },
      { me, _ in EventXMLParser.of(me)?.end() })
    XML_SetCharacterDataHandler(parser) { me, text, count in EventXMLParser.of(me)?.append(text, count) }
    XML_SetStartDoctypeDeclHandler(parser) { me, _, _, _, _ in EventXMLParser.of(me)?.refuse(.unsupported) }
  }

  private static func of(_ pointer: UnsafeMutableRawPointer?) -> EventXMLParser? {
    pointer.map { Unmanaged<EventXMLParser>.fromOpaque($0).takeUnretainedValue() }
  }

  private func refuse(_ code: ParseError.Code) {
    refusal = code
    XML_StopParser(parser, XML_Bool(XML_FALSE))
  }

  private func start(_ name: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
    guard let name, open.count < EventXMLParser.maximumDepth else { return refuse(.limitExceeded) }
    var element = XMLElement(name: withoutPrefix(String(cString: name)))
    var at = 0
    while let attributes, let key = attributes[at], let value = attributes[at + 1] {
      let name = String(cString: key)
      if name != "xmlns" && !name.hasPrefix("xmlns:") {
        element.attributes.append(EventField(withoutPrefix(name), .string(String(cString: value))))
      }
      at += 2
    }
    open.append(element)
  }

  private func end() {
    guard let element = open.popLast() else { return }
    if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
  }

  private func append(_ text: UnsafePointer<CChar>?, _ count: Int32) {
    guard let text, !open.isEmpty else { return }
    open[open.count - 1].text.append(contentsOf: UnsafeRawBufferPointer(start: text, count: Int(count)))
  }

  private func withoutPrefix(_ name: String) -> String {
    guard let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")) else { return name }
    return String(name[name.index(after: colon)...])
  }
}

extension XMLElement {
  /// The character data of a leaf. An indented writer breaks the line inside an empty element: that is no content.
  var leafText: String {
    if text.first == 10 || text.starts(with: [13, 10]), text.count > 1 {
      let blanks = text.drop { $0 == 13 || $0 == 10 }
      if !blanks.isEmpty && blanks.allSatisfy({ $0 == 32 || $0 == 9 }) { return "" }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private var hasText: Bool { !text.allSatisfy { $0 <= 32 } }

  /// Text, or an object of `#attributes`, children by name (repeated ones as an array) and `#text`.
  var value: EventValue {
    if attributes.isEmpty && children.isEmpty { return .string(leafText) }
    var fields = FieldCollector()
    if !attributes.isEmpty { fields.add("#attributes", .object(attributes)) }
    for child in children { fields.add(child.name, child.value) }
    if hasText { fields.add("#text", .string(children.isEmpty ? leafText : String(decoding: text, as: UTF8.self))) }
    return .object(fields.fields)
  }
}
