import Sigma

/// Events enter and leave windows.
extension CorrelationNode {
  func windowStart(endingAt time: UInt64) -> UInt64 { time > program.timespan ? time - program.timespan : 0 }

  /// The group of a key, its window moved on to `time`.
  mutating func enterGroup(_ key: [UInt8], time: UInt64) -> Int {
    let hash = KeyTable.hash(key)
    if let slot = groups.keys.find(key, hash: hash) {
      moveWindow(of: slot, to: time)
      groups.renew(slot, time: time)
      return slot
    }
    while groups.count > 0,
      groups.count >= program.groupLimit || groups.keys.byteCount + key.count > program.limits.keyBytes
    {
      giveUpOldestGroup()
    }
    let slot = groups.add(key, hash: hash, time: time)
    presence?.reset(slot)
    order?.reset(slot)
    return slot
  }

  /// Removes what is older than the window that ends at `time`. When something is, the window that ended at the group's
  /// last event was complete: no other holds all its events.
  private mutating func moveWindow(of slot: Int, to time: UInt64) {
    let start = windowStart(endingAt: time)
    guard entries[groups[slot].firstEntry].time < start else { return }
    if program.waitsForWindow { judge(slot) }
    // The last event is never too old: its group would have expired.
    while groups[slot].count > 0, entries[groups[slot].firstEntry].time < start {
      removeEntry(groups[slot].firstEntry, from: slot)
    }
  }

  /// Makes room for one event, in its group and among all groups.
  mutating func makeRoom(in slot: Int, position: Int) {
    if Int(groups[slot].count) >= program.eventsPerGroup {
      removeEntry(leastMissed(in: slot, position: position), from: slot)
      statistics.eventsDropped += 1
    }
    while isFull, entries.count > 0 {
      // The group of the event was just renewed: when it is the oldest, it is the only one.
      if groups.oldest != Int32(slot) {
        giveUpOldestGroup()
      } else {
        removeEntry(groups[slot].firstEntry, from: slot)
        statistics.eventsDropped += 1
      }
    }
  }

  /// Which event of a full window to give up for the one that comes: the last that says the same, else the oldest that a
  /// later one repeats, else the oldest. A flood of one rule or value then pushes out no other.
  private func leastMissed(in slot: Int, position: Int) -> Int32 {
    let oldest = groups[slot].firstEntry
    guard program.isTemporal || program.kind == .valueCount else { return oldest }
    let same = presence?.latestEntry(position, group: slot) ?? distinct.latestEntry(of: valueKey.bytes)
    if same >= 0 { return same }
    if distinct.count(slot) == Int(groups[slot].count) { return oldest }
    var place = oldest
    while place >= 0 {
      let entry = entries[place]
      let latest =
        presence?.latestEntry(Int(entry.position), group: slot) ?? distinct.latestEntry(entry.label)
      if latest != place { return place }
      place = entry.next
    }
    return oldest
  }

  private var isFull: Bool {
    entries.count >= program.limits.events
      || distinct.byteCount + valueKey.bytes.count > program.limits.keyBytes
      || carried.byteCount + carriedKey.bytes.count > program.limits.keyBytes
  }

  mutating func addEntry(_ input: CorrelationInput, position: Int, number: Int128, group slot: Int) {
    var entry = WindowEntry(time: input.time, reference: input.reference, position: UInt16(position))
    entry.previous = groups[slot].lastEntry
    if program.kind == .valueCount { entry.label = distinct.label(valueKey.bytes) }
    let carriedLabel = program.carriedFields.isEmpty ? -1 : carried.enter(carriedKey.bytes)
    let place = entries.add(entry, number: number, carried: carriedLabel)
    if entry.previous >= 0 { entries[entry.previous].next = place } else { groups[slot].firstEntry = place }
    groups[slot].lastEntry = place
    groups[slot].count += 1
    if entry.label >= 0 { distinct.enter(entry.label, entry: place, group: slot) }
    presence?.enter(position, time: input.time, entry: place, group: slot)
    order?.enter(position, group: slot)
    numbers?.enter(number, group: slot)
    if !groups[slot].isTouched {
      groups[slot].isTouched = true
      touched.append(Int32(slot))
    }
  }

  private mutating func removeEntry(_ place: Int32, from slot: Int) {
    let entry = entries[place]
    if entry.previous >= 0 { entries[entry.previous].next = entry.next } else { groups[slot].firstEntry = entry.next }
    if entry.next >= 0 {
      entries[entry.next].previous = entry.previous
    } else {
      groups[slot].lastEntry = entry.previous
    }
    groups[slot].count -= 1
    if entry.label >= 0 { distinct.leave(entry.label, entry: place, group: slot) }
    if !program.carriedFields.isEmpty { carried.leave(entries.carried[Int(place)]) }
    presence?.leave(Int(entry.position), entry: place, group: slot)
    if program.readsNumber { numbers?.leave(entries.numbers[Int(place)], group: slot) }
    entries.remove(place)
  }

  /// Ends a group before its time, without judging a window that is not over.
  private mutating func giveUpOldestGroup() {
    statistics.groupsEvicted += 1
    endGroup(Int(groups.oldest))
  }

  mutating func endGroup(_ slot: Int) {
    if groups[slot].report >= 0 { complete(slot) }
    while groups[slot].count > 0 { removeEntry(groups[slot].firstEntry, from: slot) }
    groups.remove(slot)
  }
}
