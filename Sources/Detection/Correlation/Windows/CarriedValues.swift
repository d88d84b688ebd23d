/// Lists of values that events carry for the correlations above: each different list is kept once.
struct CarriedValues {
  private var keys = KeyTable()
  private var uses: [Int32] = []

  var byteCount: Int { keys.byteCount }

  mutating func enter(_ key: [UInt8]) -> Int32 {
    let hash = KeyTable.hash(key)
    let slot = keys.find(key, hash: hash) ?? keys.insert(key, hash: hash)
    if slot == uses.count { uses.append(0) }
    uses[slot] += 1
    return Int32(slot)
  }

  mutating func leave(_ label: Int32) {
    uses[Int(label)] -= 1
    if uses[Int(label)] == 0 { keys.remove(Int(label)) }
  }

  func values(_ label: Int32) -> [String?] { KeyBuilder.texts(keys.key(Int(label))) }
}
