import WindowsFormats

/// The slots of one record by field, so that the fields of a rule are found without a search.
struct SlotIndex: ~Copyable {
  /// First slot of each field, valid when the generation is the current one.
  private var heads = FlatBuffer<SlotHead>(capacity: 1024)
  /// The next slot of the same field, or -1.
  private var next = FlatBuffer<Int32>(capacity: 64)
  private var generation: UInt32 = 0

  /// Takes the slots of the record that the reader has read last.
  mutating func fill(_ slots: FlatView<EventSlot>, fieldCount: Int) {
    generation &+= 1
    if generation == 0 || heads.count != fieldCount {
      heads.fill(SlotHead(generation: 0, slot: -1), count: fieldCount)
      generation = 1
    }
    next.fill(-1, count: slots.count)
    var index = slots.count
    while index > 0 {
      index &-= 1
      let field = Int(slots[index].field)
      guard field < fieldCount else { continue }
      if heads[field].generation == generation { next[index] = heads[field].slot }
      heads[field] = SlotHead(generation: generation, slot: Int32(index))
    }
  }

  /// The first slot of a field, or -1.
  func first(of field: FieldTable.ID) -> Int32 {
    guard field < heads.count, heads[Int(field)].generation == generation else { return -1 }
    return heads[Int(field)].slot
  }

  func next(after slot: Int32) -> Int32 { next[Int(slot)] }
}

struct SlotHead: BitwiseCopyable {
  var generation: UInt32
  var slot: Int32
}
