/// How many different values each group has in its window.
struct DistinctValues {
  private var keys = KeyTable()
  private var uses: [Int32] = []
  /// Of each value, the last event that has it.
  private var latest: [Int32] = []
  private var counts: [Int32] = []

  var byteCount: Int { keys.byteCount }

  func count(_ group: Int) -> Int { group < counts.count ? Int(counts[group]) : 0 }

  /// The last event that has this value, or -1. The key of a value begins with its group.
  func latestEntry(of key: [UInt8]) -> Int32 {
    keys.find(key, hash: KeyTable.hash(key)).map { latest[$0] } ?? -1
  }

  func latestEntry(_ label: Int32) -> Int32 { latest[Int(label)] }

  /// The number of a value, new or known. It must be entered before anything leaves.
  mutating func label(_ key: [UInt8]) -> Int32 {
    let hash = KeyTable.hash(key)
    if let slot = keys.find(key, hash: hash) { return Int32(slot) }
    let slot = keys.insert(key, hash: hash)
    if slot == uses.count {
      uses.append(0)
      latest.append(-1)
    }
    return Int32(slot)
  }

  mutating func enter(_ label: Int32, entry: Int32, group: Int) {
    while counts.count <= group { counts.append(0) }
    if uses[Int(label)] == 0 { counts[group] += 1 }
    uses[Int(label)] += 1
    latest[Int(label)] = entry
  }

  mutating func leave(_ label: Int32, entry: Int32, group: Int) {
    if latest[Int(label)] == entry { latest[Int(label)] = -1 }
    uses[Int(label)] -= 1
    guard uses[Int(label)] == 0 else { return }
    counts[group] -= 1
    keys.remove(Int(label))
  }
}
