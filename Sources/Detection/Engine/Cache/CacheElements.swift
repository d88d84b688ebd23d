import Sigma
import WindowsFormats

/// The plain values of the engine's tables, field by field. Only what makes the type is checked here;
/// `CompiledRules.check` sees that numbers of other tables' elements lie inside these.

extension CompiledRules.Entry: CacheElement {
  func write(to writer: inout CacheWriter) {
    writer.put(rule)
    writer.put(start)
    writer.put(firstRoute)
    writer.put(endRoute)
    writer.put(requiresLiteral)
  }

  init(reading reader: inout CacheReader) throws(CacheFault) {
    self.init(
      rule: try reader.integer(), start: try reader.signed32(), firstRoute: try reader.signed32(),
      endRoute: try reader.signed32(), requiresLiteral: try reader.flag())
  }
}

extension CompiledRules.Route: CacheElement {
  func write(to writer: inout CacheWriter) {
    writer.put(channel)
    writer.put(provider)
    writer.put(eventID)
  }

  init(reading reader: inout CacheReader) throws(CacheFault) {
    self.init(channel: try reader.signed32(), provider: try reader.signed32(), eventID: try reader.signed32())
  }
}

extension DecisionCode.Decision: CacheElement {
  func write(to writer: inout CacheWriter) {
    writer.put(question)
    writer.put(whenTrue)
    writer.put(whenFalse)
  }

  init(reading reader: inout CacheReader) throws(CacheFault) {
    self.init(question: try reader.signed32(), whenTrue: try reader.signed32(), whenFalse: try reader.signed32())
  }
}

extension Atom: CacheElement {
  func write(to writer: inout CacheWriter) {
    writer.put(kind.rawValue)
    writer.put(field)
    writer.put(parameter)
  }

  init(reading reader: inout CacheReader) throws(CacheFault) {
    guard let kind = Kind(rawValue: try reader.byte()) else { throw CacheFault() }
    self.init(kind: kind, field: try reader.signed32(), parameter: try reader.signed32())
  }
}

extension LiteralTables.Pattern: CacheElement {
  func write(to writer: inout CacheWriter) {
    writer.put(offset)
    writer.put(byteCount)
    writer.put(firstAtom)
    writer.put(endAtom)
  }

  init(reading reader: inout CacheReader) throws(CacheFault) {
    self.init(
      offset: try reader.signed32(), byteCount: try reader.signed32(), firstAtom: try reader.signed32(),
      endAtom: try reader.signed32())
  }
}

extension LiteralTables.Table: CacheElement {
  func write(to writer: inout CacheWriter) {
    writer.put(gramByteCount)
    writer.put(mask)
    writer.put(hashShift)
    writer.put(bitOffset)
    writer.put(bucketShift)
    writer.put(bucketOffset)
    writer.put(stride)
  }

  init(reading reader: inout CacheReader) throws(CacheFault) {
    self.init(
      gramByteCount: try reader.signed32(), mask: try reader.number32(), hashShift: try reader.number32(),
      bitOffset: try reader.signed32(), bucketShift: try reader.number32(), bucketOffset: try reader.signed32(),
      stride: try reader.signed32())
  }
}

extension LiteralTables.Entry: CacheElement {
  func write(to writer: inout CacheWriter) {
    writer.put(gram)
    writer.put(gramOffset)
    writer.put(byteCount)
    writer.put(offset)
    writer.put(pattern)
    writer.put(part)
  }

  init(reading reader: inout CacheReader) throws(CacheFault) {
    self.init(
      gram: try reader.number32(), gramOffset: try reader.signed32(), byteCount: try reader.signed32(),
      offset: try reader.signed32(), pattern: try reader.signed32(), part: try reader.byte())
  }
}

extension LiteralTables.Field: CacheElement {
  func write(to writer: inout CacheWriter) {
    for number in [long, short, firstAtStart, firstAtEnd, endAtEnd, exactOffset, exactMask] { writer.put(number) }
    writer.put(exactLengths)
  }

  init(reading reader: inout CacheReader) throws(CacheFault) {
    self.init(
      long: try reader.signed32(), short: try reader.signed32(), firstAtStart: try reader.signed32(),
      firstAtEnd: try reader.signed32(), endAtEnd: try reader.signed32(), exactOffset: try reader.signed32(),
      exactMask: try reader.signed32(), exactLengths: try reader.number64())
  }
}

extension WildcardTable.Piece: CacheElement {
  func write(to writer: inout CacheWriter) {
    writer.put(kind.rawValue)
    writer.put(offset)
    writer.put(byteCount)
  }

  init(reading reader: inout CacheReader) throws(CacheFault) {
    guard let kind = Kind(rawValue: try reader.byte()) else { throw CacheFault() }
    self.init(kind: kind, offset: try reader.signed32(), byteCount: try reader.signed32())
  }
}
