/// One group of a correlation: the list of its events and its place among the others.
struct WindowGroup {
  var firstEntry: Int32 = -1
  var lastEntry: Int32 = -1
  var count: Int32 = 0
  /// Neighbours in the order of the last event; -1 at the ends.
  var older: Int32 = -1
  var newer: Int32 = -1
  /// Index of the emission that goes on, or -1.
  var report: Int32 = -1
  var lastTime: UInt64 = 0
  /// The how-manieth group of the correlation.
  var order: UInt64 = 0
  /// Whether it got an event that was not judged yet.
  var isTouched = false
}

/// The groups of a correlation, found by key, and in order of their last event: time never runs backwards, so whoever
/// gets an event becomes the newest, and those whose window has passed are found at the old end without a search.
struct GroupTable {
  private(set) var keys = KeyTable()
  private(set) var groups: [WindowGroup] = []
  private(set) var oldest: Int32 = -1
  private var newest: Int32 = -1
  private var created: UInt64 = 0

  var count: Int { keys.count }
  /// Groups ever held at once.
  var slotCount: Int { groups.count }

  subscript(_ slot: Int) -> WindowGroup {
    @inline(__always) get { groups[slot] }
    @inline(__always) _modify { yield &groups[slot] }
  }

  mutating func add(_ key: [UInt8], hash: UInt32, time: UInt64) -> Int {
    let slot = keys.insert(key, hash: hash)
    var group = WindowGroup()
    group.order = created
    group.lastTime = time
    created += 1
    if slot == groups.count { groups.append(group) } else { groups[slot] = group }
    link(Int32(slot))
    return slot
  }

  @inline(__always)
  mutating func renew(_ slot: Int, time: UInt64) {
    groups[slot].lastTime = time
    guard newest != Int32(slot) else { return }
    unlink(slot)
    link(Int32(slot))
  }

  mutating func remove(_ slot: Int) {
    unlink(slot)
    groups[slot].isTouched = false
    keys.remove(slot)
  }

  private mutating func link(_ slot: Int32) {
    groups[Int(slot)].older = newest
    groups[Int(slot)].newer = -1
    if newest >= 0 { groups[Int(newest)].newer = slot } else { oldest = slot }
    newest = slot
  }

  private mutating func unlink(_ slot: Int) {
    let older = groups[slot].older
    let newer = groups[slot].newer
    if older >= 0 { groups[Int(older)].newer = newer } else { oldest = newer }
    if newer >= 0 { groups[Int(newer)].older = older } else { newest = older }
  }
}
