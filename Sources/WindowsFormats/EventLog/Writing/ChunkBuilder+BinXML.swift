/// BinXML tokens, [MS-EVEN6] 2.2.12, written at the end of a chunk.
extension ChunkBuilder {
  private enum Token {
    static let openStartElement: UInt8 = 0x01
    static let closeStartElement: UInt8 = 0x02
    static let closeEmptyElement: UInt8 = 0x03
    static let endElement: UInt8 = 0x04
    static let value: UInt8 = 0x05
    static let attribute: UInt8 = 0x06
    static let cdataSection: UInt8 = 0x07
    static let characterReference: UInt8 = 0x08
    static let entityReference: UInt8 = 0x09
    static let processingInstructionTarget: UInt8 = 0x0A
    static let processingInstructionData: UInt8 = 0x0B
    static let templateInstance: UInt8 = 0x0C
    static let normalSubstitution: UInt8 = 0x0D
    static let optionalSubstitution: UInt8 = 0x0E
    static let fragmentHeader: UInt8 = 0x0F
    /// An element with attributes; an attribute or text that is followed by another.
    static let more: UInt8 = 0x40
  }

  /// Header (version 1.1, no flags) and what it announces; the end-of-fragment token is the caller's.
  mutating func append(_ fragment: BinXMLFragment, hasHeader: Bool) {
    if hasHeader { bytes.append([Token.fragmentHeader, 1, 1, 0]) }
    switch fragment {
    case .instance(let instance): append(instance)
    case .element(let element): append(element, inTemplate: false)
    }
  }

  /// Token, version, template identifier, offset of the definition, the definition itself at its first use, number of
  /// values, a descriptor for each (size, type, 0), and the values.
  mutating func append(_ instance: BinXMLInstance) {
    bytes.append([Token.templateInstance, 1])
    bytes.append(instance.template.guid.data1)
    if let known = definition(of: instance.template) {
      bytes.append(known)
    } else {
      let offset = UInt32(truncatingIfNeeded: bytes.count + 4)
      bytes.append(offset)
      appendDefinition(instance.template, at: offset)
    }
    bytes.append(UInt32(truncatingIfNeeded: instance.values.count))
    let descriptors = bytes.count
    for value in instance.values {
      bytes.append(UInt16(0))
      bytes.append([value.type, 0])
    }
    for (index, value) in instance.values.enumerated() {
      let start = bytes.count
      switch value.content {
      case .bytes(let raw): bytes.append(raw)
      case .fragment(let fragment, let hasHeader):
        append(fragment, hasHeader: hasHeader)
        bytes.append(UInt8(0))
      }
      // Values of 64 KiB or more never fit in a chunk, so a size that is cut short is never kept.
      bytes.patch(UInt16(truncatingIfNeeded: bytes.count - start), at: descriptors + index * 4)
    }
  }

  /// Offset of the next definition in the chain, GUID, size of what follows, fragment, end-of-fragment.
  private mutating func appendDefinition(_ template: BinXMLTemplate, at offset: UInt32) {
    let next = enter(template, at: offset)
    bytes.append(next)
    bytes.append(template.guid)
    let size = appendSize()
    bytes.append([Token.fragmentHeader, 1, 1, 0])
    append(template.root, inTemplate: true)
    bytes.append(UInt8(0))
    patchSize(at: size)
  }

  private mutating func append(_ element: BinXMLElement, inTemplate: Bool) {
    let hasAttributes = !element.attributes.isEmpty
    bytes.append(hasAttributes ? Token.openStartElement | Token.more : Token.openStartElement)
    if inTemplate { bytes.append(element.dependency) }
    let elementSize = appendSize()
    append(name: element.name)
    if hasAttributes {
      let listSize = appendSize()
      for (index, attribute) in element.attributes.enumerated() {
        let isLast = index == element.attributes.count - 1
        bytes.append(isLast ? Token.attribute : Token.attribute | Token.more)
        append(name: attribute.name)
        append(attribute.content, inTemplate: inTemplate)
      }
      patchSize(at: listSize)
    }
    if element.isEmpty {
      bytes.append(Token.closeEmptyElement)
    } else {
      bytes.append(Token.closeStartElement)
      append(element.content, inTemplate: inTemplate)
      bytes.append(Token.endElement)
    }
    patchSize(at: elementSize)
  }

  private mutating func append(_ contents: [BinXMLContent], inTemplate: Bool) {
    for (index, content) in contents.enumerated() {
      let isFollowed = index + 1 < contents.count && contents[index + 1].isCharacterData
      append(content, more: isFollowed ? Token.more : 0, inTemplate: inTemplate)
    }
  }

  private mutating func append(_ content: BinXMLContent, more: UInt8, inTemplate: Bool) {
    switch content {
    case .element(let element): append(element, inTemplate: inTemplate)
    case .text(let text):
      bytes.append([Token.value | more, EventLogWriter.ValueType.string.rawValue])
      append(counted: text)
    case .cdata(let text):
      bytes.append(Token.cdataSection | more)
      append(counted: text)
    case .characterReference(let unit):
      bytes.append(Token.characterReference | more)
      bytes.append(unit)
    case .entityReference(let name):
      bytes.append(Token.entityReference | more)
      append(name: name)
    case .processingInstruction(let target, let data):
      bytes.append(Token.processingInstructionTarget)
      append(name: target)
      bytes.append(Token.processingInstructionData)
      append(counted: data)
    case .substitution(let index, let type, let isOptional):
      bytes.append(isOptional ? Token.optionalSubstitution : Token.normalSubstitution)
      bytes.append(index)
      bytes.append(type)
    case .instance(let instance): append(instance)
    }
  }

  /// Number of code units, code units; no terminator. The template proved that the number fits.
  private mutating func append(counted text: String) {
    bytes.append(UInt16(truncatingIfNeeded: text.utf16.count))
    bytes.append(utf16: text)
  }

  private mutating func appendSize() -> Int {
    bytes.append(UInt32(0))
    return bytes.count - 4
  }

  /// A size counts the bytes after itself.
  private mutating func patchSize(at offset: Int) {
    bytes.patch(UInt32(truncatingIfNeeded: bytes.count - offset - 4), at: offset)
  }
}
