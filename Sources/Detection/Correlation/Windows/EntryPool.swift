/// One event in the window of a group.
struct WindowEntry {
  var time: UInt64
  var reference: UInt64
  /// Neighbours in the group, in order of time; -1 at the ends.
  var next: Int32 = -1
  var previous: Int32 = -1
  /// Number of the counted value, or -1.
  var label: Int32 = -1
  /// Which rule of the correlation matched.
  var position: UInt16
}

/// The events of all groups of a correlation. What only some kinds keep of an event is beside it.
struct EntryPool {
  private(set) var entries: [WindowEntry] = []
  private(set) var numbers: [Int128] = []
  private(set) var carried: [Int32] = []
  private var firstFree: Int32 = -1
  private(set) var count = 0
  private let keepsNumbers: Bool
  private let keepsCarried: Bool

  init(keepsNumbers: Bool, keepsCarried: Bool) {
    self.keepsNumbers = keepsNumbers
    self.keepsCarried = keepsCarried
  }

  subscript(_ entry: Int32) -> WindowEntry {
    @inline(__always) get { entries[Int(entry)] }
    @inline(__always) _modify { yield &entries[Int(entry)] }
  }

  mutating func add(_ entry: WindowEntry, number: Int128, carried label: Int32) -> Int32 {
    count += 1
    guard firstFree >= 0 else {
      entries.append(entry)
      if keepsNumbers { numbers.append(number) }
      if keepsCarried { carried.append(label) }
      return Int32(entries.count - 1)
    }
    let place = firstFree
    firstFree = entries[Int(place)].next
    entries[Int(place)] = entry
    if keepsNumbers { numbers[Int(place)] = number }
    if keepsCarried { carried[Int(place)] = label }
    return place
  }

  mutating func remove(_ entry: Int32) {
    entries[Int(entry)].next = firstFree
    firstFree = entry
    count -= 1
  }
}
