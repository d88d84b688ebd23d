/// A node of a YAML document with its place: what the readers see instead of the YAML library.
struct RecipeNode: Hashable, Sendable {
  enum Content: Hashable, Sendable {
    case scalar(RecipeScalar)
    case list([RecipeNode])
    case map([RecipeEntry])
  }

  var content: Content
  var place: RecipePlace

  func error(_ code: RecipeError.Code, _ subject: String = "") -> RecipeError {
    RecipeError(code, subject, at: place)
  }

  var scalar: RecipeScalar? { if case .scalar(let scalar) = content { scalar } else { nil } }
  var isNull: Bool { scalar?.isNull ?? false }

  func text() throws(RecipeError) -> String {
    guard let scalar, !scalar.isNull else { throw error(.notAText) }
    return scalar.text
  }

  func list() throws(RecipeError) -> [RecipeNode] {
    guard case .list(let nodes) = content else { throw error(.notAList) }
    return nodes
  }

  func map() throws(RecipeError) -> RecipeMap {
    guard case .map(let entries) = content else { throw error(.notAMap) }
    return RecipeMap(entries: entries, place: place)
  }

  func integer<Number: FixedWidthInteger>() throws(RecipeError) -> Number {
    guard let number: Number = scalar?.integer() else { throw error(.wrongValue, scalar?.text ?? "") }
    return number
  }

  /// The same tree with each scalar's text exchanged.
  func mapScalars(_ change: (String, RecipePlace) throws(RecipeError) -> String) throws(RecipeError) -> RecipeNode {
    var copy = self
    switch content {
    case .scalar(var scalar):
      guard scalar.text.utf8.contains(UInt8(ascii: "$")) else { return self }
      scalar.text = try change(scalar.text, place)
      copy.content = .scalar(scalar)
    case .list(let nodes):
      var changed: [RecipeNode] = []
      for node in nodes { changed.append(try node.mapScalars(change)) }
      copy.content = .list(changed)
    case .map(let entries):
      var changed: [RecipeEntry] = []
      for var entry in entries {
        entry.value = try entry.value.mapScalars(change)
        changed.append(entry)
      }
      copy.content = .map(changed)
    }
    return copy
  }
}

/// A key and its value. Keys are unique in their map.
struct RecipeEntry: Hashable, Sendable {
  var key: String
  var place: RecipePlace
  var value: RecipeNode
}

/// A scalar as it is written: nothing becomes a date, a version stays `10.0`, and only what is asked for is a number.
struct RecipeScalar: Hashable, Sendable {
  var text: String
  /// Whether it is neither quoted nor a block.
  var isPlain: Bool

  var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(text) }

  var boolean: Bool? {
    switch text {
    case "true", "True", "TRUE": true
    case "false", "False", "FALSE": false
    default: nil
    }
  }

  /// Decimal without leading zeros, or `0x` and hexadecimal digits.
  func integer<Number: FixedWidthInteger>() -> Number? {
    if let digits = hexadecimalDigits { return UInt64(digits, radix: 16).flatMap { Number(exactly: $0) } }
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    guard let first = digits.first, digits.count <= 20, digits.allSatisfy({ (48...57).contains($0) }),
      first != 48 || digits.count == 1
    else { return nil }
    return Number(text)
  }

  /// What stands behind `0x`, when that is up to 16 hexadecimal digits.
  var hexadecimalDigits: Substring? {
    guard text.hasPrefix("0x") || text.hasPrefix("0X") else { return nil }
    let digits = text.dropFirst(2)
    guard (1...16).contains(digits.utf8.count), digits.unicodeScalars.allSatisfy(\.isHexDigit) else { return nil }
    return digits
  }
}

extension Unicode.Scalar {
  /// ASCII only: `Character.isHexDigit` takes full-width digits as well.
  fileprivate var isHexDigit: Bool {
    ("0"..."9").contains(self) || ("a"..."f").contains(self) || ("A"..."F").contains(self)
  }
}
