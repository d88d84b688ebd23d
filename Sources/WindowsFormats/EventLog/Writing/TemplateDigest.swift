/// Walks a template: proves the limits of its names and texts, and digests it to a GUID.
///
/// The digest is two 64-bit FNV-1a sums over an unambiguous serialisation. It only has to be stable and to differ
/// between the shapes of one log; it is not a security measure.
struct TemplateDigest {
  private var low: UInt64 = 0xCBF2_9CE4_8422_2325
  private var high: UInt64 = 0x6C62_272E_07BB_0142

  var guid: EventLogWriter.GUID { EventLogWriter.GUID(low: low, high: high) }

  mutating func add(_ element: BinXMLElement, depth: Int) throws(EventLogWriter.WriteError) {
    guard depth <= BinXMLTemplate.maximumDepth else {
      throw EventLogWriter.WriteError(.nestedTooDeeply, element.name)
    }
    add(tag: element.isEmpty ? 0x03 : 0x01, UInt64(element.dependency))
    try add(name: element.name)
    for attribute in element.attributes {
      add(tag: 0x06, UInt64(attribute.content.count))
      try add(name: attribute.name)
      for content in attribute.content { try add(content, depth: depth) }
    }
    add(tag: 0x02, UInt64(element.content.count))
    for content in element.content { try add(content, depth: depth) }
  }

  private mutating func add(_ content: BinXMLContent, depth: Int) throws(EventLogWriter.WriteError) {
    switch content {
    case .element(let element): try add(element, depth: depth + 1)
    case .text(let text):
      add(tag: 0x05, 0)
      try add(text: text)
    case .cdata(let text):
      add(tag: 0x07, 0)
      try add(text: text)
    case .characterReference(let unit): add(tag: 0x08, UInt64(unit))
    case .entityReference(let name):
      add(tag: 0x09, 0)
      try add(name: name)
    case .processingInstruction(let target, let data):
      add(tag: 0x0A, 0)
      try add(name: target)
      try add(text: data)
    case .substitution(let index, let type, let isOptional):
      add(tag: isOptional ? 0x0E : 0x0D, UInt64(index) << 8 | UInt64(type))
    case .instance(let instance): try add(instance, depth: depth)
    }
  }

  private mutating func add(_ instance: BinXMLInstance, depth: Int) throws(EventLogWriter.WriteError) {
    add(tag: 0x0C, instance.template.guid.low)
    add(tag: 0x0C, instance.template.guid.high)
    for value in instance.values {
      switch value.content {
      case .bytes(let bytes):
        add(tag: value.type, UInt64(bytes.count))
        for byte in bytes { add(byte) }
      case .fragment(.instance(let nested), _):
        guard depth < BinXMLTemplate.maximumDepth else { throw EventLogWriter.WriteError(.nestedTooDeeply) }
        try add(nested, depth: depth + 1)
      case .fragment(.element(let element), _): try add(element, depth: depth + 1)
      }
    }
  }

  private mutating func add(name: String) throws(EventLogWriter.WriteError) {
    guard name.utf16.count <= Int(UInt16.max) else {
      throw EventLogWriter.WriteError(.nameTooLong, String(name.prefix(40)))
    }
    add(utf8: name)
  }

  private mutating func add(text: String) throws(EventLogWriter.WriteError) {
    guard text.utf16.count <= Int(UInt16.max) else {
      throw EventLogWriter.WriteError(.textTooLong, String(text.prefix(40)))
    }
    add(utf8: text)
  }

  private mutating func add(utf8 text: String) {
    add(tag: 0xFF, UInt64(text.utf8.count))
    for byte in text.utf8 { add(byte) }
  }

  private mutating func add(tag: UInt8, _ number: UInt64) {
    add(tag)
    for shift in stride(from: UInt64(0), to: 64, by: 8) { add(UInt8(truncatingIfNeeded: number >> shift)) }
  }

  private mutating func add(_ byte: UInt8) {
    low = (low ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    high = (high ^ UInt64(byte) ^ low >> 56) &* 0x0000_0100_0000_01B3
  }
}
