import Sigma
import WindowsFormats

/// Questions that literals leave open, and the texts that rules ask of channel, provider and event id.

extension NumberTest: CacheElement {
  func write(to writer: inout CacheWriter) {
    writer.put(comparison)
    writer.put(value)
  }

  init(reading reader: inout CacheReader) throws(CacheFault) {
    let comparison = try reader.comparison()
    self.init(comparison, try reader.double())
  }
}

extension TimeTest: CacheElement {
  func write(to writer: inout CacheWriter) {
    writer.put(part)
    writer.put(comparison)
    writer.put(value)
  }

  init(reading reader: inout CacheReader) throws(CacheFault) {
    let part = try reader.byte()
    guard part <= TimePart.year.code else { throw CacheFault() }
    self.init(part: part, comparison: try reader.comparison().code, value: try reader.double())
  }
}

extension NetworkTest: CacheElement {
  func write(to writer: inout CacheWriter) {
    writer.put(isIPv6)
    writer.put(address)
    writer.put(mask)
  }

  init(reading reader: inout CacheReader) throws(CacheFault) {
    self.init(isIPv6: try reader.flag(), address: try reader.number128(), mask: try reader.number128())
  }
}

extension ReferenceTest: CacheElement {
  func write(to writer: inout CacheWriter) {
    writer.put(other)
    writer.put(part)
    writer.put(isCased)
  }

  init(reading reader: inout CacheReader) throws(CacheFault) {
    self.init(other: try reader.signed32(), part: try reader.part().code, isCased: try reader.flag())
  }
}

extension Literal {
  func write(to writer: inout CacheWriter) {
    writer.put(field)
    writer.put(part.code)
    writer.put(bytes: bytes)
  }

  init(reading reader: inout CacheReader) throws(CacheFault) {
    let field = try reader.signed32()
    let part = try reader.part()
    self.init(field: field, bytes: try reader.bytes(), part: part)
  }
}

extension RegularExpression {
  func write(to writer: inout CacheWriter) {
    writer.put(source)
    writer.put(ignoresCase)
    writer.put(isMultiline)
    writer.put(dotMatchesNewline)
  }

  init(reading reader: inout CacheReader) throws(CacheFault) {
    self.init(
      try reader.text(), ignoresCase: try reader.flag(), isMultiline: try reader.flag(),
      dotMatchesNewline: try reader.flag())
  }
}

extension NumberedDerivedField {
  func write(to writer: inout CacheWriter) {
    writer.put(derived.rawValue)
    writer.put(field)
    writer.put(list: inputs) { $0.put($1) }
  }

  init(reading reader: inout CacheReader) throws(CacheFault) {
    self.init(
      derived: try reader.word(), field: try reader.signed32(),
      inputs: try reader.list { reader throws(CacheFault) in try reader.signed32() })
  }
}

extension CacheReader {
  mutating func comparison() throws(CacheFault) -> Comparison {
    let code = try byte()
    guard let comparison = Comparison.allCases.first(where: { $0.code == code }) else { throw CacheFault() }
    return comparison
  }

  mutating func part() throws(CacheFault) -> FieldReference.Part {
    let code = try byte()
    let parts: [FieldReference.Part] = [.whole, .prefix, .suffix, .anywhere]
    guard let part = parts.first(where: { $0.code == code }) else { throw CacheFault() }
    return part
  }
}
