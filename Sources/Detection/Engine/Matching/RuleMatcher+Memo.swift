import WindowsFormats

/// Values that were met before.
extension RuleMatcher {
  /// Adds a value that is known: its text, and what stands in it.
  /// - Returns: Its entry, or -1 when it is not known.
  @inline(__always)
  mutating func addKnown(_ key: ValueMemo.Key, _ plan: RulePlan?) -> Int {
    let slot = memo.find(key, event: generation)
    guard slot >= 0 else { return -1 }
    let entry = memo.entries[slot]
    if entry.textByteCount < 0 { return slot }
    view.addKept(slot, entry, field: key.field)
    if let plan {
      for index in 0..<Int(entry.patternCount) {
        note(tables.patterns[memo.pattern(index, of: slot)], plan.maskOffset)
      }
    }
    return slot
  }

  /// Searches the value that was added last, and keeps what was found when the value has been there before.
  mutating func searchLast(_ key: ValueMemo.Key, _ searches: UInt32, _ plan: RulePlan) {
    scan(view.values[view.values.count &- 1], searches, plan)
    keepLast(key, keyClass: 0)
  }

  /// Keeps the value that was added last, with the literals that were found last.
  mutating func keepLast(_ key: ValueMemo.Key, keyClass: Int32) {
    let slot = memo.freePlace
    guard slot >= 0 else { return }
    let value = view.values[view.values.count &- 1]
    guard foundPatterns.count <= ValueMemo.patternCapacity, view.keep(value, at: slot) else { return }
    memo.keep(
      key, foundPatterns, textByteCount: value.byteCount, foldedByteCount: value.foldedByteCount, keyClass: keyClass)
  }

  /// Keeps that a derived field has no value.
  mutating func keepAbsent(_ key: ValueMemo.Key) {
    foundPatterns.truncate(to: 0)
    memo.keep(key, foundPatterns, textByteCount: -1, foldedByteCount: 0, keyClass: 0)
  }
}
