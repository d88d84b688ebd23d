public import WindowsFormats

/// Turns one record's text into an `EventRecord`, whatever shape it came in.
///
/// Holds the parsers; use one instance per thread and let it live as long as the thread reads. The shape is found per
/// record, so a file may mix them.
public struct EventNormalizer: ~Copyable {
  public enum Outcome: Sendable {
    case event(EventRecord)
    /// A well-formed value that is no Windows event: it has no event id, channel or provider. Count it.
    case notAnEvent
    /// What cannot be read, with its absolute offset; the next record is not affected.
    case failed(ParseError)
  }

  private let json = JSONText()
  private let xml = EventXMLParser()

  public init() {}

  /// The event of a record as a splitter delivers it. A record without an id of its own gets its ordinal.
  public func normalize(_ record: RecordSplitter.Record) -> Outcome {
    normalize(record.bytes, offset: record.offset, ordinal: record.ordinal)
  }

  /// - Parameters:
  ///   - bytes: one JSON value, one `<Event>` element, or a line that holds one of them; invalid UTF-8 is repaired.
  ///   - offset: the absolute offset of the first byte, for diagnostics.
  ///   - ordinal: the position among the records of the file, counted from 1.
  public func normalize(_ bytes: UnsafeRawBufferPointer, offset: Int, ordinal: Int) -> Outcome {
    guard let content = Content(bytes) else {
      return .failed(ParseError(.invalidSignature, .jsonRecord, offset: offset))
    }
    let place = offset + content.start
    var text = String(decoding: bytes[content.start..<content.end], as: UTF8.self)
    do throws(ParseError) {
      let reading: Reading?
      var isJSON = !content.isXML
      if content.isXML {
        reading = Reading(record: try readXML(&text, offset: place, ordinal: ordinal), shape: "event-xml")
      } else {
        let parsed = try parseJSON(&text, offset: place)
        isJSON = parsed.isStrict
        reading = read(parsed.value, ordinal: ordinal, depth: 0)
      }
      guard var reading else { return .notAnEvent }
      if reading.shape != Shape.canonical.rawValue { reading.record.joinRepeatedNames() }
      // Our own line that carries an original hands it on.
      let inner = reading.shape == Shape.canonical.rawValue ? innerOriginal(text) : nil
      reading.record.original =
        inner
        ?? EventRecord.Original(shape: reading.shape, text: isJSON ? singleLineJSON(text) : text, isJSON: isJSON)
      return .event(reading.record)
    } catch {
      return .failed(error)
    }
  }

  struct Reading {
    var record: EventRecord
    var shape: String
  }

  // MARK: Text

  private func parseJSON(_ text: inout String, offset: Int) throws(ParseError) -> JSONText.Parsed {
    do throws(JSONText.Failure) {
      return try text.withUTF8 { bytes in Result { () throws(JSONText.Failure) in try json.parse(bytes) } }.get()
    } catch {
      throw ParseError(error.code, .jsonRecord, offset: offset + error.place)
    }
  }

  private func readXML(_ text: inout String, offset: Int, ordinal: Int) throws(ParseError) -> EventRecord {
    let element: XMLElement
    do throws(EventXMLParser.Failure) {
      element = try text.withUTF8 { bytes in
        Result { () throws(EventXMLParser.Failure) in
          guard let repaired = repairedXML(bytes) else { return try xml.parse(bytes) }
          return try repaired.withUnsafeBufferPointer { bytes throws(EventXMLParser.Failure) in try xml.parse(bytes) }
        }
      }.get()
    } catch {
      throw ParseError(error.code, .xmlEvent, offset: offset + error.place)
    }
    var record = EventRecord(recordID: .ordinal(ordinal))
    guard EventXML.read(element, into: &record) else { throw ParseError(.invalidValue, .xmlEvent, offset: offset) }
    return record
  }

  // MARK: Shapes and wrappers

  /// Wrappers inside one another: a search result around a collector's envelope around a shipper's record.
  private static let maximumWrappers = 4

  /// Nil when the value is no event.
  private func read(_ value: EventValue, ordinal: Int, depth: Int) -> Reading? {
    switch value {
    case .string(let text): return readText(text, ordinal: ordinal, depth: depth)
    case .object(let fields):
      if let shape = Shape(of: fields) {
        if let whole = embeddedXML(fields, shape, ordinal: ordinal) { return whole }
        var record = EventRecord(recordID: .ordinal(ordinal))
        if read(fields, as: shape, into: &record) {
          if shape != .canonical { WMIActivity.complete(&record) }
          return Reading(record: record, shape: shape.rawValue)
        }
      }
      guard depth < EventNormalizer.maximumWrappers else { return nil }
      for inner in contents(of: fields) {
        if let reading = read(inner, ordinal: ordinal, depth: depth + 1) { return reading }
      }
      return nil
    default: return nil
    }
  }

  private func read(_ fields: [EventField], as shape: Shape, into record: inout EventRecord) -> Bool {
    switch shape {
    case .canonical: return Canonical.read(fields, into: &record)
    case .evtxDump: return EventTree.read(fields["Event"]?.fields ?? [], into: &record)
    case .velociraptor: return EventTree.read(fields, into: &record)
    case .winlogbeat: return Winlogbeat.read(fields, into: &record)
    case .nxlog: return FlatEvent.read(fields, into: &record, isNXLog: true)
    case .flat: return FlatEvent.read(fields, into: &record, isNXLog: false)
    case .wazuh: return Wazuh.read((fields["win"] ?? fields.at("data", "win"))?.fields ?? [], into: &record)
    case .vector: return VectorSource.read(fields, into: &record)
    case .openTelemetry: return OpenTelemetry.read(fields, into: &record)
    case .fluentBit: return FluentBit.read(fields, into: &record)
    case .getWinEvent: return GetWinEvent.read(fields, into: &record)
    case .evtxECmd:
      var payload = fields["Payload"]
      if var text = payload?.string { payload = try? parseJSON(&text, offset: 0).value }
      return EvtxECmd.read(fields, payload: payload, into: &record)
    }
  }

  /// The event's own XML, which some shippers send beside their fields, is complete and so is preferred.
  private func embeddedXML(_ fields: [EventField], _ shape: Shape, ordinal: Int) -> Reading? {
    let text: String? =
      switch shape {
      case .winlogbeat: (fields.at("event", "original") ?? fields["event.original"])?.string
      case .vector: fields["xml"]?.string
      case .fluentBit: fields["System"]?.string
      default: nil
      }
    guard var text, text.hasPrefix("<Event"), let record = try? readXML(&text, offset: 0, ordinal: ordinal) else {
      return nil
    }
    return Reading(record: record, shape: shape.rawValue)
  }

  private func readText(_ text: String, ordinal: Int, depth: Int) -> Reading? {
    var text = text
    guard depth <= EventNormalizer.maximumWrappers,
      let content = text.withUTF8({ Content(UnsafeRawBufferPointer($0)) })
    else { return nil }
    var part = String(decoding: Array(text.utf8)[content.start..<content.end], as: UTF8.self)
    if content.isXML {
      return (try? readXML(&part, offset: 0, ordinal: ordinal)).map { Reading(record: $0, shape: "event-xml") }
    }
    guard let parsed = try? parseJSON(&part, offset: 0) else { return nil }
    return read(parsed.value, ordinal: ordinal, depth: depth + 1)
  }

  private static let envelopeNames = [
    "_source", "fields", "result", "event", "_raw", "body", "log", "raw_event", "System", "message",
  ]

  /// What an envelope may hold: Elasticsearch hits, Splunk results and collector events, OTLP bodies, lines in a message.
  private func contents(of fields: [EventField]) -> [EventValue] {
    EventNormalizer.envelopeNames.compactMap { name in
      switch fields[name] {
      case .object(let inner)?: name == "body" ? OpenTelemetry.plain(.object(inner)) : .object(inner)
      // Shorter text holds no event.
      case .string(let text)? where text.utf8.count > 16: .string(text)
      default: nil
      }
    }
  }

  /// The original inside a canonical line: the line's last member, after its shape.
  private func innerOriginal(_ text: String) -> EventRecord.Original? {
    var text = text
    guard let parsed = try? parseJSON(&text, offset: 0), let fields = parsed.value.fields,
      let shape = fields["shape"]?.string, let original = fields["original"]
    else { return nil }
    if let inner = original.string { return EventRecord.Original(shape: shape, text: inner, isJSON: false) }
    var sink = ByteSink()
    original.appendJSON(to: &sink)
    return EventRecord.Original(shape: shape, text: sink.string(), isJSON: true)
  }
}

/// Where in a record the JSON value or the `<Event>` element is: usually all of it, sometimes behind a line's prefix.
private struct Content {
  var start: Int
  var end: Int
  var isXML: Bool

  init?(_ bytes: UnsafeRawBufferPointer) {
    end = bytes.count
    while end > 0, bytes[end - 1] <= 32 { end -= 1 }
    start = 0
    while start < end, bytes[start] <= 32 { start += 1 }
    guard start < end else { return nil }
    isXML = bytes[start] == UInt8(ascii: "<")
    switch bytes[start] {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""), 48...57, UInt8(ascii: "-"), UInt8(ascii: "t"),
      UInt8(ascii: "f"), UInt8(ascii: "n"):
      if Content.looksLikeJSON(bytes, start) { return }
    case UInt8(ascii: "<") where bytes.isName("Event", at: start + 1): return
    default: break
    }
    let brace = bytes.index(of: UInt8(ascii: "{"), from: start)
    let tag = bytes.index(of: "<Event", from: start).flatMap { bytes.isName("Event", at: $0 + 1) ? $0 : nil }
    guard let found = [brace, tag].compactMap({ $0 }).min() else { return nil }
    isXML = found == tag
    start = found
    // A line may hold the end of one element and then the start of another.
    if isXML, let close = Content.lastClose(bytes), close > start { end = close }
  }

  /// A number or word at the start of a line of other text is no value.
  private static func looksLikeJSON(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Bool {
    switch bytes[start] {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""): true
    default: bytes.count - start < 32 && bytes.index(of: UInt8(ascii: "{"), from: start) == nil
    }
  }

  private static func lastClose(_ bytes: UnsafeRawBufferPointer) -> Int? {
    bytes.lastIndex(of: "</Event>", before: bytes.count).map { $0 + 8 }
  }
}
