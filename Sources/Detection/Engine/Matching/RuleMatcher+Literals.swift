import WindowsFormats

/// The pass that finds the literals of all rules in the values of an event.
extension RuleMatcher {
  /// What a value is searched for.
  enum Search {
    /// The literals of its own field.
    static let own: UInt32 = 1
    /// Those of keywords.
    static let keywords: UInt32 = 2
  }

  /// What a field's values are searched for; 0 when nobody asks for them.
  @inline(__always)
  func searches(_ field: Int32, _ plan: RulePlan) -> UInt32 {
    (field >= 0 && needs(field, plan) ? Search.own : 0) | (plan.needsEveryValue ? Search.keywords : 0)
  }

  /// Searches channel, provider and event id, which are all that the view holds yet. Events of one kind have the same.
  mutating func scanKey(_ key: RuleKey, _ plan: RulePlan) {
    guard key.isExact else { return scan(from: 0, plan) }
    let known = plans.keyPatternRange(of: plan)
    if known.first >= 0 {
      for index in Int(known.first)..<Int(known.end) {
        note(tables.patterns[Int(plans.keyPatterns[index])], plan.maskOffset)
      }
      return
    }
    let first = plans.keyPatterns.count
    for index in 0..<view.values.count {
      let value = view.values[index]
      scan(value, searches(value.field, plan), plan)
      guard foundPatterns.count <= ValueMemo.patternCapacity else {
        plans.dropKeyPatterns(from: first)
        return scan(from: index &+ 1, plan)
      }
      plans.addKeyPatterns(foundPatterns)
    }
    plans.endKeyPatterns(of: plan, from: first)
  }

  /// Searches all values from one on.
  mutating func scan(from first: Int, _ plan: RulePlan) {
    for index in first..<view.values.count {
      let value = view.values[index]
      scan(value, searches(value.field, plan), plan)
    }
  }

  /// Finds the literals in a value.
  mutating func scan(_ value: EventView.Value, _ searches: UInt32, _ plan: RulePlan) {
    foundPatterns.truncate(to: 0)
    guard !value.isNull, value.foldedByteCount > 0 else { return }
    let folded = view.folded.view
    let fields = tables.literalFields
    if searches & Search.own != 0 {
      scan(folded, value.foldedStart, value.foldedByteCount, fields[Int(value.field)], plan.maskOffset)
    }
    if searches & Search.keywords != 0 {
      scan(folded, value.foldedStart, value.foldedByteCount, fields[Int(FieldNumbers.anyValue)], plan.maskOffset)
    }
  }

  private mutating func scan(
    _ text: ByteView, _ start: Int, _ byteCount: Int, _ field: LiteralTables.Field, _ maskOffset: Int32
  ) {
    if field.exactLengths >> UInt64(min(byteCount, 63)) & 1 != 0 {
      findExact(text, start, byteCount, field, maskOffset)
    }
    for index in Int(field.firstAtStart)..<Int(field.endAtEnd) {
      let table = tables.literalTables[index]
      let count = Int(table.gramByteCount)
      guard byteCount >= count else { continue }
      let at = index < Int(field.firstAtEnd) ? start : start &+ byteCount &- count
      look(at, text, start, byteCount, table, maskOffset)
    }
    switch (field.long >= 0, field.short >= 0) {
    case (true, true):
      let long = tables.literalTables[Int(field.long)]
      scanBoth(text, start, byteCount, long, tables.literalTables[Int(field.short)], maskOffset)
    case (true, false): scan(text, start, byteCount, tables.literalTables[Int(field.long)], maskOffset)
    case (false, true): scan(text, start, byteCount, tables.literalTables[Int(field.short)], maskOffset)
    case (false, false): break
    }
  }

  /// Literals of one table, at the offsets that its stride reaches. A run may begin so late that zeros behind the value
  /// belong to it; literals that do not fit are turned away when they are compared.
  private mutating func scan(
    _ text: ByteView, _ start: Int, _ byteCount: Int, _ table: LiteralTables.Table, _ maskOffset: Int32
  ) {
    let bits = tables.literalBits
    let bitOffset = Int(table.bitOffset)
    let mask = table.mask
    let shift = table.hashShift & 31
    let end = start &+ byteCount &- (mask == .max ? 3 : 0)
    text.forEachWindow(from: start, to: end, stride: Int(table.stride)) { window, at in
      let gram = window & mask
      let hash = Int(LiteralTables.product(gram) &>> shift)
      if bits[bitOffset &+ hash &>> 6] &>> UInt64(hash & 63) & 1 != 0 {
        compare(gram, hash, at, text, start, byteCount, table, maskOffset)
      }
    }
  }

  /// Literals of two tables in one pass.
  private mutating func scanBoth(
    _ text: ByteView, _ start: Int, _ byteCount: Int, _ long: LiteralTables.Table, _ short: LiteralTables.Table,
    _ maskOffset: Int32
  ) {
    let bits = tables.literalBits
    let longOffset = Int(long.bitOffset)
    let shortOffset = Int(short.bitOffset)
    let longShift = long.hashShift & 31
    let shortShift = short.hashShift & 31
    text.forEachWindow(from: start, to: start &+ byteCount, stride: 1) { window, at in
      let hash = Int(LiteralTables.product(window) &>> longShift)
      if bits[longOffset &+ hash &>> 6] &>> UInt64(hash & 63) & 1 != 0 {
        compare(window, hash, at, text, start, byteCount, long, maskOffset)
      }
      let gram = window & 0xFFFF
      let shortHash = Int(LiteralTables.product(gram) &>> shortShift)
      if bits[shortOffset &+ shortHash &>> 6] &>> UInt64(shortHash & 63) & 1 != 0 {
        compare(gram, shortHash, at, text, start, byteCount, short, maskOffset)
      }
    }
  }

  /// Literals of one table at one place.
  private mutating func look(
    _ at: Int, _ text: ByteView, _ start: Int, _ byteCount: Int, _ table: LiteralTables.Table, _ maskOffset: Int32
  ) {
    guard let window = text.u32(at) else { return }
    let gram = window & table.mask
    let hash = Int(LiteralTables.product(gram) &>> (table.hashShift & 31))
    if tables.literalBits[Int(table.bitOffset) &+ hash &>> 6] &>> UInt64(hash & 63) & 1 != 0 {
      compare(gram, hash, at, text, start, byteCount, table, maskOffset)
    }
  }

  /// Compares the literals that are entered under a run of bytes with the text around it.
  @inline(never)
  private mutating func compare(
    _ gram: UInt32, _ hash: Int, _ at: Int, _ text: ByteView, _ start: Int, _ byteCount: Int,
    _ table: LiteralTables.Table, _ maskOffset: Int32
  ) {
    let bucket = Int(table.bucketOffset) &+ hash &>> Int(table.bucketShift)
    let entries = tables.literalEntries
    let bytes = tables.literalBytes
    var index = Int(tables.literalBuckets[bucket])
    let end = Int(tables.literalBuckets[bucket &+ 1])
    while index < end {
      let entry = entries[index]
      index &+= 1
      guard entry.gram == gram else { continue }
      let first = at &- Int(entry.gramOffset)
      let last = first &+ Int(entry.byteCount)
      guard first >= start, last <= start &+ byteCount else { continue }
      switch entry.part {
      case 1: guard first == start else { continue }
      case 2: guard last == start &+ byteCount else { continue }
      default: break
      }
      if text.isEqual(at: first, to: bytes, at: Int(entry.offset), byteCount: Int(entry.byteCount)) {
        find(entry.pattern, maskOffset)
      }
    }
  }

  private mutating func findExact(
    _ text: ByteView, _ start: Int, _ byteCount: Int, _ field: LiteralTables.Field, _ maskOffset: Int32
  ) {
    let slots = tables.exactSlots
    let patterns = tables.patterns
    let bytes = tables.literalBytes
    let mask = Int(field.exactMask)
    var slot = Int(truncatingIfNeeded: text.hash(at: start, byteCount: byteCount) >> 32) & mask
    while true {
      let number = slots[Int(field.exactOffset) &+ slot]
      if number < 0 { return }
      let pattern = patterns[Int(number)]
      if Int(pattern.byteCount) == byteCount,
        text.isEqual(at: start, to: bytes, at: Int(pattern.offset), byteCount: byteCount)
      {
        return find(number, maskOffset)
      }
      slot = (slot &+ 1) & mask
    }
  }

  /// A literal stands in the value being searched.
  private mutating func find(_ pattern: Int32, _ maskOffset: Int32) {
    if foundPatterns.count <= ValueMemo.patternCapacity { foundPatterns.append(pattern) }
    note(tables.patterns[Int(pattern)], maskOffset)
  }

  /// A literal stands in the event: its atoms are true, and what requires them is a candidate.
  mutating func note(_ pattern: LiteralTables.Pattern, _ maskOffset: Int32) {
    let atoms = tables.patternAtoms
    let starts = tables.candidateStarts
    let members = tables.candidates
    let yes = generation &+ State.yes
    for index in Int(pattern.firstAtom)..<Int(pattern.endAtom) {
      let atom = Int(atoms[index])
      if states[atom] == yes { continue }
      states[atom] = yes
      for member in Int(starts[atom])..<Int(starts[atom &+ 1]) {
        let entry = Int(members[member])
        let bit: UInt64 = 1 << UInt64(entry & 63)
        let word = entry >> 6
        if plans.masks[Int(maskOffset) &+ word] & bit != 0 {
          candidates[word] |= bit
          touched[word >> 6] |= 1 << UInt64(word & 63)
        }
      }
    }
  }
}
