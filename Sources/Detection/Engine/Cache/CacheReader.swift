import WindowsFormats

/// What was kept is not what was written, or fits no rule set.
struct CacheFault: Error {}

/// Reads what `CacheWriter` wrote. The bytes are as hostile as any file: each number is checked before it is used.
struct CacheReader {
  private let view: ByteView
  private var at = 0
  private var texts: [String] = []

  /// - Parameter view: Stays valid as long as the reader is used.
  init(_ view: ByteView) throws(CacheFault) {
    self.view = view
    texts = try list { reader throws(CacheFault) in
      let count = try reader.count()
      guard let text = reader.view.withBytes(at: reader.at, byteCount: count, { String(decoding: $0, as: UTF8.self) })
      else { throw CacheFault() }
      reader.at += count
      return text
    }
  }

  var isAtEnd: Bool { at == view.count }

  // MARK: Numbers

  mutating func byte() throws(CacheFault) -> UInt8 {
    guard let byte = view.u8(at) else { throw CacheFault() }
    at += 1
    return byte
  }

  mutating func flag() throws(CacheFault) -> Bool {
    let byte = try byte()
    guard byte <= 1 else { throw CacheFault() }
    return byte == 1
  }

  mutating func number32() throws(CacheFault) -> UInt32 {
    guard let number = view.u32(at) else { throw CacheFault() }
    at += 4
    return number
  }

  mutating func signed32() throws(CacheFault) -> Int32 { Int32(bitPattern: try number32()) }

  mutating func number64() throws(CacheFault) -> UInt64 {
    guard let number = view.u64(at) else { throw CacheFault() }
    at += 8
    return number
  }

  mutating func number128() throws(CacheFault) -> UInt128 {
    let low = try number64()
    return UInt128(try number64()) << 64 | UInt128(low)
  }

  mutating func integer() throws(CacheFault) -> Int { Int(Int64(bitPattern: try number64())) }

  mutating func double() throws(CacheFault) -> Double { Double(bitPattern: try number64()) }

  /// How many things follow, each at least one byte long.
  mutating func count() throws(CacheFault) -> Int {
    let count = try integer()
    guard view.contains(offset: at, length: count) else { throw CacheFault() }
    return count
  }

  // MARK: Texts and lists

  mutating func optionalText() throws(CacheFault) -> String? {
    let number = try number32()
    if number == CacheWriter.noText { return nil }
    guard number < texts.count else { throw CacheFault() }
    return texts[Int(number)]
  }

  mutating func text() throws(CacheFault) -> String {
    guard let text = try optionalText() else { throw CacheFault() }
    return text
  }

  /// A value of an enumeration by its word.
  mutating func word<Value: RawRepresentable<String>>() throws(CacheFault) -> Value {
    guard let value = Value(rawValue: try text()) else { throw CacheFault() }
    return value
  }

  mutating func optionalWord<Value: RawRepresentable<String>>() throws(CacheFault) -> Value? {
    guard let text = try optionalText() else { return nil }
    guard let value = Value(rawValue: text) else { throw CacheFault() }
    return value
  }

  mutating func bytes() throws(CacheFault) -> [UInt8] {
    let count = try count()
    defer { at += count }
    return view.bytes(at, count)
  }

  mutating func list<Element>(
    _ each: (inout CacheReader) throws(CacheFault) -> Element
  ) throws(CacheFault) -> [Element] {
    let count = try count()
    var elements: [Element] = []
    // A length that lies ends with the bytes; memory is taken for what is there.
    elements.reserveCapacity(min(count, 1 << 16))
    for _ in 0..<count { elements.append(try each(&self)) }
    return elements
  }

  mutating func textList() throws(CacheFault) -> [String] {
    try list { reader throws(CacheFault) in try reader.text() }
  }

  // MARK: Tables

  mutating func table<Number: FixedWidthInteger>() throws(CacheFault) -> FlatTable<Number> {
    let count = try count()
    guard let table = FlatTable<Number>(view, at: at, count: count) else { throw CacheFault() }
    at += table.byteCount
    return table
  }

  mutating func elements<Element: CacheElement>() throws(CacheFault) -> FlatTable<Element> {
    FlatTable(try list { reader throws(CacheFault) in try Element(reading: &reader) })
  }
}
