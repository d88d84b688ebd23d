/// What a definition is made of: its texts, the places of its values, and its shape without the texts.
struct TemplateSkeleton {
  /// Texts that are shown with the record; namespaces are not.
  private(set) var texts: [Text] = []
  /// Indices of the substitutions in order.
  private(set) var indices: [UInt16] = []
  /// The declared type by index; nil for values that the template does not show.
  private(set) var types: [UInt8?] = []
  /// Tokens and names without the texts, as a hash.
  private(set) var shape: UInt64 = 0

  struct Text: Hashable {
    var hash: UInt64
    /// The text when it is the name of a field: `<Data Name="text">`.
    var fieldName: String?
  }

  private var element = ""
  private var attribute = ""

  /// - Returns: Nil when the image is none.
  init?(_ definition: TemplateDefinition) {
    let isWhole = definition.image.withUnsafeBytes { read(ByteView($0)) }
    guard isWhole else { return nil }
  }

  /// Whether each value has one place, in the order of the values.
  var isSequential: Bool { indices.enumerated().allSatisfy { $0.offset == Int($0.element) } }

  /// Whether no two fields have the same name: damage can make one name of a series of another.
  var hasDistinctFields: Bool {
    var names: Set<String> = []
    return texts.compactMap(\.fieldName).allSatisfy { names.insert($0).inserted }
  }

  private mutating func read(_ image: ByteView) -> Bool {
    var form = StableHash()
    var at = 0
    while at < image.count {
      guard let token = image.u8(at), let head = TemplateSkeleton.head(of: token),
        let length = TemplateSkeleton.length(of: token, image, at), image.contains(offset: at, length: length)
      else { return false }
      switch token {
      case 0x01, 0x41:
        element = TemplateSkeleton.text(image, at &+ head, to: at &+ length)
        attribute = ""
      case 0x06, 0x46: attribute = TemplateSkeleton.text(image, at &+ head, to: at &+ length)
      case 0x02, 0x03: attribute = ""
      case 0x05, 0x45, 0x07, 0x47, 0x0B:
        form.add(token)
        note(text: TemplateSkeleton.text(image, at &+ head, to: at &+ length))
        at &+= length
        continue
      case 0x0D, 0x0E: note(type: image.u8(at &+ 3) ?? 0, of: image.u16(at &+ 1) ?? 0)
      default: break
      }
      for offset in at..<at &+ length { form.add(image.u8(offset) ?? 0) }
      at &+= length
    }
    shape = form.value
    return true
  }

  private mutating func note(text: String) {
    if attribute.hasPrefix("xmlns") { return }
    var hash = StableHash()
    for byte in text.utf8 { hash.add(byte) }
    texts.append(Text(hash: hash.value, fieldName: element == "Data" && attribute == "Name" ? text : nil))
  }

  private mutating func note(type: UInt8, of index: UInt16) {
    indices.append(index)
    while types.count <= Int(index) { types.append(nil) }
    if types[Int(index)] == nil { types[Int(index)] = type }
  }

  /// Bytes before the characters of a token that has some.
  private static func head(of token: UInt8) -> Int? {
    switch token {
    case 0x01, 0x41: 5
    case 0x05, 0x45: 4
    case 0x06, 0x46, 0x09, 0x49, 0x0A, 0x07, 0x47, 0x0B: 3
    case 0x00, 0x02, 0x03, 0x04: 1
    case 0x08, 0x48: 3
    case 0x0D, 0x0E, 0x0F: 4
    default: nil
    }
  }

  /// Bytes of a token of an image with all that belongs to it.
  private static func length(of token: UInt8, _ image: ByteView, _ at: Int) -> Int? {
    guard let head = head(of: token) else { return nil }
    switch token {
    case 0x01, 0x41, 0x05, 0x45, 0x06, 0x46, 0x09, 0x49, 0x0A, 0x07, 0x47, 0x0B:
      return head &+ Int(image.u16(at &+ head &- 2) ?? 0) &* 2
    default: return head
    }
  }

  /// Two texts that differ are never the same here, also when they are no valid UTF-16.
  private static func text(_ image: ByteView, _ start: Int, to end: Int) -> String {
    let units = stride(from: start, to: end, by: 2).map { image.u16($0) ?? 0 }
    return String(validating: units, as: UTF16.self) ?? "\u{FFFD}" + units.map { "\($0)," }.joined()
  }
}
