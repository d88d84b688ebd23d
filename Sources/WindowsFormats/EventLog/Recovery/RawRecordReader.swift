/// A record whose template is lost altogether: its frame, its strings, and a guess at its channel.
struct RawRecordReader {
  /// Runs of text shorter than this are noise.
  static let minimumUnitCount = 3
  /// Strings reported of one record.
  static let maximumStrings = 256

  func append(
    _ header: EventLogRecordHeader, of chunk: ByteView, file: String, offset: Int, source: StaticString, isXML: Bool,
    to sink: inout ByteSink
  ) {
    let record = record(header, of: chunk, offset: offset, source: source)
    if isXML { record.appendXMLLine(to: &sink) } else { record.appendJSONLine(file: file, to: &sink) }
  }

  func record(
    _ header: EventLogRecordHeader, of chunk: ByteView, offset: Int, source: StaticString
  ) -> EventRecord {
    let strings = strings(in: header.content, of: chunk)
    var record = EventRecord(recordID: .number(header.recordID))
    record.time = RawRecordReader.text(ofTime: header.fileTime)
    record.channel = strings.first(where: RawRecordReader.isChannelName)
    record.data = [EventField("strings", .array(strings.map(EventValue.string)))]
    record.recovery = EventRecord.Recovery(offset: offset, source: "\(source)", template: "none")
    return record
  }

  static func text(ofTime fileTime: UInt64) -> String {
    var sink = ByteSink(capacity: 64)
    sink.appendFileTime(fileTime)
    return sink.string()
  }

  /// Names that logs have: the classic ones, and those with a slash and a type.
  static func isChannelName(_ text: String) -> Bool {
    switch text {
    case "Security", "System", "Application", "Setup", "ForwardedEvents", "Windows PowerShell", "HardwareEvents": true
    default:
      text.utf8.count < 256
        && ["/Operational", "/Admin", "/Analytic", "/Debug", "/Diagnostic"].contains { text.hasSuffix($0) }
    }
  }

  /// Runs of printable UTF-16LE at any even distance from the start of the content.
  private func strings(in range: Range<Int>, of chunk: ByteView) -> [String] {
    var found: [String] = []
    var units: [UInt16] = []
    var at = range.lowerBound
    while at &+ 2 <= range.upperBound, found.count < RawRecordReader.maximumStrings {
      let unit = chunk.u16(at) ?? 0
      if RawRecordReader.isPrintable(unit) {
        units.append(unit)
        at &+= 2
        continue
      }
      if units.count >= RawRecordReader.minimumUnitCount { found.append(String(decoding: units, as: UTF16.self)) }
      // Text may start at an odd offset: without a run behind it the next byte is tried.
      at &+= units.isEmpty ? 1 : 2
      units.removeAll(keepingCapacity: true)
    }
    if units.count >= RawRecordReader.minimumUnitCount { found.append(String(decoding: units, as: UTF16.self)) }
    return found
  }

  /// Letters that logs are written in; the range keeps bytes that only look like rare scripts out.
  private static func isPrintable(_ unit: UInt16) -> Bool {
    switch unit {
    case 9, 10, 13, 0x20...0x7E, 0xA0...0x24F, 0x370...0x52F, 0x2010...0x2030, 0x3000...0x30FF, 0x4E00...0x9FFF,
      0xAC00...0xD7A3, 0xFF01...0xFF5E:
      true
    default: false
    }
  }
}
