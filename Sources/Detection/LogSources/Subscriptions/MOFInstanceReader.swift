/// Finds the instances in a text and reads them.
///
/// Windows cuts long texts, and exporters change what is between the tokens (commas or blanks for line breaks), so
/// whatever is not understood is passed over, and what was read before the end counts. One pass over the bytes, without
/// recursion; every step moves on.
struct MOFInstanceReader {
  /// Bytes of a text that are looked at. A record holds at most 64 KiB.
  static let maximumByteCount = 1 << 20
  static let maximumInstanceCount = 16
  static let maximumPropertyCount = 256
  static let maximumArrayCount = 1024

  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) {
    bytes = Array(text.utf8.prefix(MOFInstanceReader.maximumByteCount))
  }

  mutating func instances() -> [MOFInstance] {
    var found: [MOFInstance] = []
    while found.count < MOFInstanceReader.maximumInstanceCount, skipPastInstanceOf() {
      if let instance = instance() { found.append(instance) }
    }
    return found
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Moves behind the next `instance of`.
  private mutating func skipPastInstanceOf() -> Bool {
    while position < bytes.count {
      if isWordStart, let word = word() {
        guard word.isEqualIgnoringCase(to: "instance") else { continue }
        skipFiller()
        if let next = self.word(), next.isEqualIgnoringCase(to: "of") { return true }
      } else {
        position += 1
      }
    }
    return false
  }

  private mutating func instance() -> MOFInstance? {
    skipFiller()
    guard let className = word() else { return nil }
    skipFiller()
    // The name of a class that nothing follows may be cut.
    guard current == UInt8(ascii: "{") else { return nil }
    position += 1
    var instance = MOFInstance(className: className, properties: [], isComplete: false)
    while instance.properties.count < MOFInstanceReader.maximumPropertyCount {
      skipFiller()
      guard let byte = current else { return instance }
      if byte == UInt8(ascii: "}") {
        position += 1
        instance.isComplete = true
        return instance
      }
      if let property = property() { instance.properties.append(property) }
    }
    return instance
  }

  /// Reads `name = value;`, or passes over one byte that begins none.
  private mutating func property() -> MOFInstance.Property? {
    guard isWordStart, let name = word() else {
      position += 1
      return nil
    }
    skipFiller()
    guard current == UInt8(ascii: "=") else { return nil }
    position += 1
    skipFiller()
    guard let value = value() else { return nil }
    return MOFInstance.Property(name: name, value: value)
  }

  private mutating func value() -> MOFInstance.Value? {
    switch current {
    case nil: nil
    case UInt8(ascii: "\""): .string(string())
    case UInt8(ascii: "{"): array()
    default: plainValue()
    }
  }

  /// A number, a constant or anything up to the `;`.
  private mutating func plainValue() -> MOFInstance.Value {
    let start = position
    while let byte = current, byte != UInt8(ascii: ";"), byte != UInt8(ascii: "}") { position += 1 }
    return .other(trimmed(start..<position))
  }

  /// One string, or several side by side, which are one.
  private mutating func string() -> MOFInstance.StringValue {
    var literal: [UInt8] = []
    while current == UInt8(ascii: "\"") {
      position += 1
      while let byte = current, byte != UInt8(ascii: "\"") {
        // An escaped quotation mark is within the string, and the cut of a text may be behind the backslash.
        let length = byte == UInt8(ascii: "\\") && position + 1 < bytes.count ? 2 : 1
        literal += bytes[position..<position + length]
        position += length
      }
      if current != nil { position += 1 }
      skipBlanks()
    }
    let text = String(decoding: literal, as: UTF8.self)
    return MOFInstance.StringValue(text: MOFEscapes.resolved(text), literal: text)
  }

  /// `{1, 2, …}`; one with anything but numbers in it is kept as it stands.
  private mutating func array() -> MOFInstance.Value {
    let start = position
    var numbers: [UInt64]? = []
    position += 1
    while let byte = current, byte != UInt8(ascii: "}") {
      if byte == UInt8(ascii: "\"") {
        _ = string()
        numbers = nil
      } else if isWordStart {
        let number = word().flatMap { UInt64($0) }
        if let number, let count = numbers?.count, count < MOFInstanceReader.maximumArrayCount {
          numbers?.append(number)
        } else {
          numbers = nil
        }
      } else {
        if byte != UInt8(ascii: ","), !isBlank(byte) { numbers = nil }
        position += 1
      }
    }
    if current != nil { position += 1 }
    return numbers.map { .numbers($0) } ?? .other(trimmed(start..<position))
  }
}

extension MOFInstanceReader {
  private var isWordStart: Bool { current.map(isWord) ?? false }

  private func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...0xFF:
      true
    default: false
    }
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private mutating func word() -> String? {
    let start = position
    while let byte = current, isWord(byte) { position += 1 }
    return start < position ? String(decoding: bytes[start..<position], as: UTF8.self) : nil
  }

  /// Blanks, and the commas and semicolons that stand between tokens or were put for line breaks.
  private mutating func skipFiller() {
    while let byte = current, isBlank(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") { position += 1 }
  }

  private mutating func skipBlanks() {
    while let byte = current, isBlank(byte) { position += 1 }
  }

  private func trimmed(_ range: Range<Int>) -> String {
    var range = range
    while let last = range.last, isBlank(bytes[last]) || bytes[last] == UInt8(ascii: ",") { range.removeLast() }
    return String(decoding: bytes[range], as: UTF8.self)
  }
}

/// Escapes of strings (DMTF DSP0221, "string literals").
enum MOFEscapes {
  /// The text that a literal means. A backslash before anything else stays.
  static func resolved(_ literal: String) -> String {
    guard literal.utf8.contains(UInt8(ascii: "\\")) else { return literal }
    let scalars = Array(literal.unicodeScalars)
    var text = String.UnicodeScalarView()
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      guard scalar == "\\", index < scalars.count else {
        text.append(scalar)
        continue
      }
      if let simple = simple[scalars[index]] {
        text.append(simple)
        index += 1
      } else if scalars[index] == "x" || scalars[index] == "X",
        let (code, length) = hexadecimal(scalars[(index + 1)...])
      {
        text.append(code)
        index += 1 + length
      } else {
        text.append(scalar)
      }
    }
    return String(text)
  }

  private static let simple: [Unicode.Scalar: Unicode.Scalar] = [
    "b": "\u{8}", "t": "\t", "n": "\n", "f": "\u{C}", "r": "\r", "\"": "\"", "'": "'", "\\": "\\",
  ]

  /// One to four digits; nil when there is none, or the number is no character.
  private static func hexadecimal(_ scalars: ArraySlice<Unicode.Scalar>) -> (Unicode.Scalar, length: Int)? {
    let digits = scalars.prefix(4).prefix { $0.properties.isASCIIHexDigit }
    guard !digits.isEmpty, let number = UInt32(String(String.UnicodeScalarView(digits)), radix: 16) else { return nil }
    return Unicode.Scalar(number).map { ($0, digits.count) }
  }
}
