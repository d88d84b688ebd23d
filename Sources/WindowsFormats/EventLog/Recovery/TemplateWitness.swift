/// What speaks for the bytes of a definition being those that were written.
///
/// A definition's names have hashes of 16 bits and its elements have sizes, but the texts in it, the names of the
/// fields among them, have nothing. Outside of slack the checksum of the chunk covers them. In slack only another copy
/// can: two records that use one template after each other in different chunks have it twice, and the same damage does
/// not happen to both.
struct TemplateWitness: Hashable, Sendable {
  /// Whether a copy stands in the live part of a chunk whose checksums are right.
  var isProven = false
  /// What follows two of the copies, see `context`; 0 for none. Two are enough, so no more are kept.
  private var first: UInt64 = 0
  private var second: UInt64 = 0

  init() {}

  init(isProven: Bool, context: UInt64) {
    self.isProven = isProven
    first = context
  }

  /// What follows the first copy that was met.
  var context: UInt64 { first }

  /// Whether the bytes are believed without looking at what they say.
  var isTrusted: Bool { isProven || second != 0 }

  mutating func merge(_ other: TemplateWitness) {
    isProven = isProven || other.isProven
    add(other.first)
    add(other.second)
  }

  private mutating func add(_ context: UInt64) {
    if context == 0 || context == first || second != 0 { return }
    if first == 0 { first = context } else { second = context }
  }

  /// Bytes behind a definition that tell two copies apart: the values of the record that brought it.
  static let contextByteCount = 128

  /// Tells copies of a definition apart by what follows them. A copy of a whole file has the same records behind its
  /// definitions, so it is no second witness for the first.
  static func context(_ view: ByteView, behind end: Int) -> UInt64 {
    let length = min(contextByteCount, view.count &- end)
    guard let bytes = view.slice(end, length) else { return 0 }
    var hash = StableHash()
    for offset in 0..<length { hash.add(bytes.u8(offset) ?? 0) }
    return hash.value | 1
  }
}

/// FNV-1a of 64 bits: the same in every run.
struct StableHash {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
}
