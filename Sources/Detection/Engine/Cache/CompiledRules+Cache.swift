import Sigma
import WindowsFormats

/// Tables for a cache. Code that PCRE2 makes and tables of channels, providers and event ids are made anew: that takes
/// microseconds, and what PCRE2 makes fits one version of it only.
extension CompiledRules {
  /// In the order in which `init(reading:)` reads.
  func write(to writer: inout CacheWriter) {
    writer.put(texts: fields)
    writer.put(list: derivedFields) { $1.write(to: &$0) }
    writer.put(elements: entries)
    writer.put(elements: routes)
    writer.put(elements: decisions)
    writer.put(elements: atoms)
    writer.put(table: candidateStarts)
    writer.put(table: candidates)
    writer.put(list: keyLiterals.sorted { $0.key < $1.key }) { writer, literals in
      writer.put(literals.key)
      writer.put(list: literals.value) { $1.write(to: &$0) }
    }
    for texts in keyTexts.dropFirst() { writer.put(list: texts.dropFirst()) { $0.put(bytes: $1) } }

    writer.put(table: literalBytes)
    writer.put(elements: patterns)
    writer.put(table: patternAtoms)
    writer.put(elements: literalTables)
    writer.put(table: literalBits)
    writer.put(table: literalBuckets)
    writer.put(elements: literalEntries)
    writer.put(table: exactSlots)
    writer.put(elements: literalFields)

    writer.put(elements: wildcardPieces)
    writer.put(table: wildcardStarts)
    writer.put(table: wildcardBytes)
    writer.put(list: expressions) { $1.expression.write(to: &$0) }
    writer.put(elements: numbers)
    writer.put(elements: times)
    writer.put(elements: networks)
    writer.put(elements: references)
  }
}

extension CacheReader {
  /// Literals of atoms over the fields that choose entries.
  mutating func keyLiterals() throws(CacheFault) -> [Int32: [Literal]] {
    var literals: [Int32: [Literal]] = [:]
    for _ in 0..<(try count()) {
      let atom = try signed32()
      literals[atom] = try list { reader throws(CacheFault) in try Literal(reading: &reader) }
    }
    return literals
  }
}

extension KeyClasses {
  /// The texts behind the first, which stands for all others. Each has a class of its own.
  init(reading reader: inout CacheReader) throws(CacheFault) {
    self.init()
    for text in try reader.list({ reader throws(CacheFault) in try reader.bytes() }) {
      guard Int(add(text)) == texts.count - 1 else { throw CacheFault() }
    }
  }
}

extension RegexCode {
  convenience init(reading reader: inout CacheReader) throws(CacheFault) {
    let expression = try RegularExpression(reading: &reader)
    do {
      try self.init(expression)
    } catch {
      throw CacheFault()
    }
  }
}
