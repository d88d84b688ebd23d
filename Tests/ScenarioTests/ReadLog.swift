import WindowsFormats

/// The records of a whole log, by Yagura's own reader.
struct ReadLog {
  var records: [EventRecord] = []
  var faults = 0

  init(_ file: [UInt8]) {
    file.withUnsafeBytes { bytes in
      var reader = EventLogChunkReader(output: .jsonLines)
      var offset = EventLogWriter.fileHeaderByteCount
      while offset < bytes.count {
        _ = reader.load(
          UnsafeRawBufferPointer(rebasing: bytes[offset..<min(offset + 65_536, bytes.count)]), at: offset,
          isDirty: false)
        while let header = reader.nextRecord() {
          if let record = reader.eventRecord(header) { records.append(record) }
        }
        offset += 65_536
      }
      faults = reader.takeDiagnostics().count
    }
  }
}

/// What a record says under its names, as text, to be compared with what was written.
enum Flattened {
  static func record(_ record: EventRecord) -> [String] {
    flat(record.data, "")
  }

  private static func flat(_ fields: [EventField], _ path: String) -> [String] {
    fields.flatMap { field -> [String] in
      switch field.value {
      case .object(let children): flat(children, path + field.name + "/")
      case .array(let values): values.map { "\(path)\(field.name)=\($0.text ?? "")" }
      default: ["\(path)\(field.name)=\(field.value.text ?? "")"]
      }
    }
  }

  static func payload(_ payload: EventLogWriter.Payload) -> [String] {
    switch payload {
    case .none: []
    case .eventData(let fields, let binary):
      fields.map { "\($0.name ?? "Data")=\(text($0.value))" } + hexadecimal(binary)
    // A classic event has the element even when there are no bytes.
    case .classicEventData(let texts, let binary): texts.map { "Data=\($0)" } + hexadecimal(binary ?? [])
    case .userData(let root): element(root, "")
    }
  }

  private static func hexadecimal(_ bytes: [UInt8]?) -> [String] {
    guard let bytes else { return [] }
    let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
    return ["Binary=" + digits]
  }

  private static func element(_ element: EventLogWriter.Element, _ path: String) -> [String] {
    switch element.content {
    case .value(let value, _): ["\(path)\(element.name)=\(text(value))"]
    case .elements(let children): children.flatMap { Flattened.element($0, path + element.name + "/") }
    }
  }

  static func text(_ value: EventLogWriter.Value) -> String {
    switch value {
    case .string(let text): text
    case .uint16(let number): "\(number)"
    case .uint32(let number): "\(number)"
    case .int32(let number): "\(number)"
    case .uint64(let number): "\(number)"
    case .bool(let flag): "\(flag)"
    case .guid(let guid): String(guid.bracedText.dropFirst().dropLast()).uppercased()
    case .hexInt32(let number): "0x" + String(number, radix: 16)
    case .hexInt64(let number): "0x" + String(number, radix: 16)
    case .sid(let sid): "S-1-\(sid.authority)" + sid.subAuthorities.map { "-\($0)" }.joined()
    case .fileTime(let ticks): CivilText.of(ticks)
    case .null: ""
    default: "not expected: \(value)"
    }
  }
}

/// RFC 3339 with seven digits.
enum CivilText {
  static func of(_ ticks: UInt64) -> String {
    var sink = ByteSink()
    sink.appendFileTime(ticks)
    return sink.string()
  }
}
