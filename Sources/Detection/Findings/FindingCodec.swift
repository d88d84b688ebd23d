public import WindowsFormats

/// Findings as bytes, to wait in a file until they can be put in order of time. Little-endian; texts with their length
/// before them. Only read back by the process that wrote it.
extension FindingBody {
  public func encode(to sink: inout ByteSink) {
    sink.put(count: rule)
    for text in [id, time, host, user, summary] { sink.put(text) }
    sink.put(count: fields.count)
    for field in fields {
      sink.put(field.name)
      sink.put(field.value)
    }
    sink.put(count: evidence.count)
    for item in evidence { item.encode(to: &sink) }
  }

  /// Nil when the bytes are not what `encode` wrote. A summary that is empty is made of the fields.
  public init?(decoding bytes: ByteView) {
    var reader = CodecReader(bytes)
    guard let rule = reader.number().flatMap({ Int(exactly: $0) }), let id = reader.text(), let time = reader.text(),
      let host = reader.text(), let user = reader.text(), let summary = reader.text(),
      let fields = reader.list({ reader in
        reader.text().flatMap { name in reader.text().map { FindingField(name: name, value: $0) } }
      }), let evidence = reader.list({ EventEvidence(decoding: &$0) })
    else { return nil }
    self.init(rule: rule, id: id, time: time, host: host, user: user)
    self.summary = summary.isEmpty ? FindingText.summary(fields) : summary
    self.fields = fields
    self.evidence = evidence
  }
}

extension CorrelationMatch {
  public func encode(to sink: inout ByteSink) {
    sink.put(count: rule)
    sink.put(time)
    sink.put(count: values.count)
    for value in values {
      sink.append(value == nil ? 0 : 1)
      sink.put(value ?? "")
    }
    sink.put(host)
    sink.put(user)
    evidence.encode(to: &sink)
  }

  public init?(decoding bytes: ByteView) {
    var reader = CodecReader(bytes)
    guard let rule = reader.number().flatMap({ Int(exactly: $0) }), let time = reader.number(),
      let values = reader.list({ reader -> String?? in
        reader.byte().flatMap { isThere in reader.text().map { isThere == 1 ? $0 : nil } }
      }), let host = reader.text(), let user = reader.text(), let evidence = EventEvidence(decoding: &reader)
    else { return nil }
    self.init(rule: rule, time: time, values: values, host: host, user: user, evidence: evidence)
  }
}

extension EventEvidence {
  func encode(to sink: inout ByteSink) {
    sink.put(file)
    switch recordID {
    case .number(let number):
      sink.append(0)
      sink.put(number)
    case .ordinal(let position):
      sink.append(1)
      sink.put(UInt64(max(position, 0)))
    }
    sink.put(channel)
    sink.put(UInt64(eventID))
    sink.put(UInt64(max(offset, 0)))
    sink.put(sha256)
    sink.append(isRecovered ? 1 : 0)
  }

  fileprivate init?(decoding reader: inout CodecReader) {
    guard let file = reader.text(), let kind = reader.byte(), let number = reader.number(),
      let channel = reader.text(), let eventID = reader.number().flatMap(UInt32.init(exactly:)),
      let offset = reader.number().flatMap(Int.init(exactly:)), let sha256 = reader.text(),
      let recovered = reader.byte(), kind == 0 || number <= UInt64(Int.max)
    else { return nil }
    self.init(
      file: file, recordID: kind == 0 ? .number(number) : .ordinal(Int(number)), channel: channel, eventID: eventID,
      offset: offset, sha256: sha256, isRecovered: recovered == 1)
  }
}

extension ByteSink {
  mutating func put(_ number: UInt64) {
    withUnsafeBytes(of: number.littleEndian) { append($0) }
  }

  mutating func put(count: Int) { put(UInt64(max(count, 0))) }

  mutating func put(_ text: String) {
    put(count: text.utf8.count)
    append(text)
  }
}

private struct CodecReader {
  private let view: ByteView
  private var at = 0

  init(_ view: ByteView) { self.view = view }

  mutating func byte() -> UInt8? {
    defer { at += 1 }
    return view.u8(at)
  }

  mutating func number() -> UInt64? {
    defer { at += 8 }
    return view.u64(at)
  }

  mutating func text() -> String? {
    guard let count = number().flatMap(Int.init(exactly:)), view.contains(offset: at, length: count) else { return nil }
    defer { at += count }
    return String(decoding: view.bytes(at, count), as: UTF8.self)
  }

  mutating func list<Element>(_ element: (inout CodecReader) -> Element?) -> [Element]? {
    guard let count = number().flatMap(Int.init(exactly:)), count <= view.count else { return nil }
    var result: [Element] = []
    for _ in 0..<count {
      guard let next = element(&self) else { return nil }
      result.append(next)
    }
    return result
  }
}
