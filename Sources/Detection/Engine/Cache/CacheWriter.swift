import WindowsFormats

/// Writes what a cache keeps: numbers in the machine's byte order, and each distinct text once.
///
/// A rule set says the same thing many times (tags, authors, names of fields and logs), so texts stand in one list
/// ahead of everything else, and places hold their number in it.
struct CacheWriter: ~Copyable {
  /// Stands for a text that is not there.
  static let noText = UInt32.max

  private var body = ByteSink(capacity: 1 << 20)
  private var texts = ByteSink(capacity: 1 << 20)
  private var textCount: UInt32 = 0
  /// By bytes: texts that are equivalent by Unicode are not the same text.
  private var textNumbers: [[UInt8]: UInt32] = [:]

  mutating func put(_ byte: UInt8) { body.append(byte) }
  mutating func put(_ flag: Bool) { body.append(flag ? 1 : 0) }
  mutating func put(_ number: Int32) { withUnsafeBytes(of: number) { body.append($0) } }
  mutating func put(_ number: UInt32) { withUnsafeBytes(of: number) { body.append($0) } }
  mutating func put(_ number: UInt64) { withUnsafeBytes(of: number) { body.append($0) } }
  mutating func put(_ number: UInt128) { withUnsafeBytes(of: number) { body.append($0) } }
  mutating func put(_ number: Int) { put(UInt64(bitPattern: Int64(number))) }
  mutating func put(_ number: Double) { put(number.bitPattern) }

  mutating func put(_ text: String?) {
    guard let text else { return put(CacheWriter.noText) }
    let bytes = Array(text.utf8)
    if let number = textNumbers[bytes] { return put(number) }
    textNumbers[bytes] = textCount
    put(textCount)
    textCount += 1
    withUnsafeBytes(of: bytes.count) { texts.append($0) }
    texts.append(bytes)
  }

  mutating func put(bytes: [UInt8]) {
    put(bytes.count)
    body.append(bytes)
  }

  mutating func put<Element>(list: some Collection<Element>, _ each: (inout CacheWriter, Element) -> Void) {
    put(list.count)
    for element in list { each(&self, element) }
  }

  mutating func put(texts: [String]) { put(list: texts) { $0.put($1) } }

  mutating func put(table: FlatTable<some FixedWidthInteger>) {
    put(table.view.count)
    table.withBytes { body.append($0) }
  }

  mutating func put<Element: CacheElement>(elements table: FlatTable<Element>) {
    let view = table.view
    put(view.count)
    for index in 0..<view.count { view[index].write(to: &self) }
  }

  /// Texts, then everything else.
  consuming func finish() -> [UInt8] {
    var result = ByteSink(capacity: texts.count + body.count + 64)
    withUnsafeBytes(of: Int(textCount)) { result.append($0) }
    texts.withBytes { result.append($0) }
    body.withBytes { result.append($0) }
    return result.array()
  }
}

/// A plain value of a table that is written field by field: its padding is nobody's, and not every pattern of bits is a
/// value of its type.
protocol CacheElement: BitwiseCopyable {
  func write(to writer: inout CacheWriter)
  init(reading reader: inout CacheReader) throws(CacheFault)
}
