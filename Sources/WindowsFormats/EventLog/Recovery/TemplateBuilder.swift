/// Writes template images (see `TemplateImage`) for definitions that no log has kept but whose content is known.
struct TemplateBuilder {
  private var image: [UInt8] = [0x0F, 0x01, 0x01, 0x00]
  private(set) var substitutionCount = 0

  /// The definition, under a GUID of zeros: it is only ever chosen by what it is for.
  func finished() -> TemplateDefinition {
    TemplateDefinition(
      guid: [UInt8](repeating: 0, count: 16), image: image + [0x00], substitutionCount: substitutionCount)
  }

  /// `<name attributes>content</name>`; an element without content is closed at once.
  mutating func element(
    _ name: String, attributes: [(String, Part)] = [], content: ((inout TemplateBuilder) -> Void)? = nil
  ) {
    image += [attributes.isEmpty ? 0x01 : 0x41, 0xFF, 0xFF]
    append(name)
    for (index, attribute) in attributes.enumerated() {
      image.append(index + 1 < attributes.count ? 0x46 : 0x06)
      append(attribute.0)
      append(attribute.1)
    }
    guard let content else { return image.append(0x03) }
    image.append(0x02)
    content(&self)
    image.append(0x04)
  }

  /// Values shown without names; records of a thousand and more are left to `RawRecordReader`.
  static let maximumUnnamedCount = 1024

  /// `EventData` of values without names, for an instance whose template is lost.
  static func unnamed(count: Int) -> TemplateDefinition {
    var builder = TemplateBuilder()
    builder.element("EventData") { data in
      for index in 0..<count {
        data.element("Data") {
          $0.append(.value(index: UInt16(truncatingIfNeeded: index), type: BinXMLValueType.string))
        }
      }
    }
    return builder.finished()
  }

  enum Part {
    case text(String)
    /// An optional substitution with the type that the template declares.
    case value(index: UInt16, type: UInt8)
  }

  mutating func append(_ part: Part) {
    switch part {
    case .text(let text):
      image += [0x05, 0x01]
      append(text)
    case .value(let index, let type):
      image += [0x0E, UInt8(truncatingIfNeeded: index), UInt8(truncatingIfNeeded: index >> 8), type]
      substitutionCount = max(substitutionCount, Int(index) + 1)
    }
  }

  /// A count and UTF-16LE code units.
  private mutating func append(_ text: String) {
    let units = Array(text.utf16.prefix(BinXMLLimits.nameLength))
    image += [UInt8(truncatingIfNeeded: units.count), UInt8(truncatingIfNeeded: units.count >> 8)]
    for unit in units { image += [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)] }
  }
}
