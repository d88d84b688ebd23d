/// A map with named entries; what reads it says which keys there are.
struct RecipeMap: Hashable, Sendable {
  var entries: [RecipeEntry]
  var place: RecipePlace

  /// Nil also for a key whose value is null.
  subscript(key: String) -> RecipeNode? { entries.first { $0.key == key && !$0.value.isNull }?.value }

  func error(_ code: RecipeError.Code, _ subject: String = "") -> RecipeError { RecipeError(code, subject, at: place) }

  /// A misspelt key would otherwise be passed over in silence.
  func allow(only keys: Set<String>) throws(RecipeError) {
    for entry in entries where !keys.contains(entry.key) {
      throw RecipeError(.unknownKey, entry.key, at: entry.place)
    }
  }

  func required(_ key: String) throws(RecipeError) -> RecipeNode {
    guard let node = self[key] else { throw error(.missing, key) }
    return node
  }

  func text(_ key: String) throws(RecipeError) -> String { try required(key).text() }

  func text(ifPresent key: String) throws(RecipeError) -> String? {
    guard let node = self[key] else { return nil }
    return try node.text()
  }

  func integer<Number: FixedWidthInteger>(_ key: String) throws(RecipeError) -> Number? {
    guard let node = self[key] else { return nil }
    return try node.integer()
  }

  func boolean(_ key: String) throws(RecipeError) -> Bool? {
    guard let node = self[key] else { return nil }
    guard let flag = node.scalar?.boolean else { throw node.error(.wrongValue, node.scalar?.text ?? "") }
    return flag
  }

  func list(_ key: String) throws(RecipeError) -> [RecipeNode] {
    guard let node = self[key] else { return [] }
    return try node.list()
  }

  /// A list of texts, or one text alone.
  func texts(_ key: String) throws(RecipeError) -> [String] {
    guard let node = self[key] else { return [] }
    if node.scalar != nil { return [try node.text()] }
    var texts: [String] = []
    for item in try node.list() { texts.append(try item.text()) }
    return texts
  }
}
