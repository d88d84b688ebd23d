/// A small fixed map from field names to what they mean. One hash over the length and up to sixteen bytes, and one
/// comparison: records have some forty fields, and each is looked up.
struct KeyTable<Meaning: Sendable>: Sendable {
  private var slots: [Int16]
  private var names: [String] = []
  private var meanings: [Meaning] = []

  init(_ entries: KeyValuePairs<String, Meaning>) {
    var size = 16
    while size < entries.count * 4 { size *= 2 }
    slots = Array(repeating: -1, count: size)
    for (name, meaning) in entries {
      var slot = KeyTable.hash(name) & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int16(names.count)
      names.append(name)
      meanings.append(meaning)
    }
  }

  subscript(_ name: String) -> Meaning? {
    var slot = KeyTable.hash(name) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if names[index] == name { return meanings[index] }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private static func hash(_ name: String) -> Int {
    var name = name
    return name.withUTF8 { bytes in
      var hash = UInt64(bytes.count)
      for index in 0..<min(bytes.count, 8) {
        hash = hash &* 31 &+ UInt64(bytes[index])
        hash = hash &* 31 &+ UInt64(bytes[bytes.count - 1 - index])
      }
      return Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 40)
    }
  }
}
