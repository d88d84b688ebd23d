/// Gives each of many short byte strings a small number, and takes it back: a hash table over one arena of bytes.
///
/// Open addressing with linear probing, at most half full; what is removed leaves no mark, its successors move up. Hashes
/// are seeded anew in each process, so nobody can prepare keys that collide; numbers do not depend on them.
struct KeyTable {
  private static let free = UInt32.max

  private var index: [Int32] = Array(repeating: -1, count: 16)
  private var hashes: [UInt32] = []
  private var offsets: [UInt32] = []
  private var lengths: [UInt32] = []
  private var freeSlots: [Int32] = []
  private var arena: [UInt8] = []
  /// Bytes of the keys that are present.
  private(set) var byteCount = 0
  private(set) var count = 0

  /// One more than the greatest number given out so far.
  var slotCount: Int { offsets.count }

  func key(_ slot: Int) -> ArraySlice<UInt8> {
    let start = Int(offsets[slot])
    return arena[start..<start + Int(lengths[slot])]
  }

  static func hash(_ key: [UInt8]) -> UInt32 {
    var hasher = Hasher()
    var position = 0
    while position &+ 8 <= key.count {
      var word: UInt64 = 0
      for next in position..<position &+ 8 { word = word << 8 | UInt64(key[next]) }
      hasher.combine(word)
      position &+= 8
    }
    var rest = UInt64(key.count)
    while position < key.count {
      rest = rest << 8 | UInt64(key[position])
      position &+= 1
    }
    hasher.combine(rest)
    return UInt32(truncatingIfNeeded: hasher.finalize())
  }

  func find(_ key: [UInt8], hash: UInt32) -> Int? {
    let mask = index.count &- 1
    var place = Int(hash) & mask
    while index[place] >= 0 {
      let slot = Int(index[place])
      if hashes[slot] == hash, equals(slot, key) { return slot }
      place = (place &+ 1) & mask
    }
    return nil
  }

  @inline(__always)
  private func equals(_ slot: Int, _ key: [UInt8]) -> Bool {
    guard Int(lengths[slot]) == key.count else { return false }
    let start = Int(offsets[slot])
    for position in key.indices where arena[start &+ position] != key[position] { return false }
    return true
  }

  /// Adds a key that is not there.
  mutating func insert(_ key: [UInt8], hash: UInt32) -> Int {
    if (count &+ 1) &* 2 > index.count { grow() }
    if arena.count > 2 * byteCount + 4_096 { compact() }
    let slot: Int
    if let last = freeSlots.popLast() {
      slot = Int(last)
    } else {
      slot = offsets.count
      hashes.append(0)
      offsets.append(0)
      lengths.append(0)
    }
    hashes[slot] = hash
    offsets[slot] = UInt32(arena.count)
    lengths[slot] = UInt32(key.count)
    arena.append(contentsOf: key)
    byteCount += key.count
    count += 1
    place(slot)
    return slot
  }

  mutating func remove(_ slot: Int) {
    let mask = index.count &- 1
    var hole = Int(hashes[slot]) & mask
    while index[hole] != Int32(slot) { hole = (hole &+ 1) & mask }
    var next = (hole &+ 1) & mask
    while index[next] >= 0 {
      // A key may move up to the hole when the hole is not before its own place.
      let home = Int(hashes[Int(index[next])]) & mask
      if (next &- home) & mask >= (next &- hole) & mask {
        index[hole] = index[next]
        hole = next
      }
      next = (next &+ 1) & mask
    }
    index[hole] = -1
    byteCount -= Int(lengths[slot])
    count -= 1
    offsets[slot] = Self.free
    freeSlots.append(Int32(slot))
  }

  private mutating func place(_ slot: Int) {
    let mask = index.count &- 1
    var place = Int(hashes[slot]) & mask
    while index[place] >= 0 { place = (place &+ 1) & mask }
    index[place] = Int32(slot)
  }

  private mutating func grow() {
    index = Array(repeating: -1, count: index.count * 2)
    for slot in offsets.indices where offsets[slot] != Self.free { place(slot) }
  }

  /// Drops the bytes of keys that were removed: a copy for every as many bytes added, so its cost stays a share of theirs.
  private mutating func compact() {
    var fresh: [UInt8] = []
    fresh.reserveCapacity(byteCount * 2 + 4_096)
    for slot in offsets.indices where offsets[slot] != Self.free {
      let start = Int(offsets[slot])
      offsets[slot] = UInt32(fresh.count)
      fresh.append(contentsOf: arena[start..<start + Int(lengths[slot])])
    }
    arena = fresh
  }
}
