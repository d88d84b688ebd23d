/// A small fixed map from field names to what they mean. One hash over at most sixteen bytes and one
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

  /// The length, the first eight bytes and the last eight; shorter names are read twice from both ends.
  @inline(__always)
  private static func hash(_ name: String) -> Int {
    var name = name
    return name.withUTF8 { text in
      let bytes = UnsafeRawBufferPointer(text)
      var hash = UInt64(bytes.count)
      if bytes.count >= 8 {
        hash ^= bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self) &* 0x9E37_79B9_7F4A_7C15
        hash ^= bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self) &* 0xC2B2_AE3D_27D4_EB4F
      } else {
        for byte in bytes { hash = hash << 8 ^ hash >> 56 ^ UInt64(byte) }
      }
      return Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 40)
    }
  }
}
