import WindowsFormats

/// Matches events against a rule set, one after the other, on one thread.
///
/// What predicates mean: a field that is absent makes each of them false but `null`; `exists` is true of a field that is
/// there, also with null or the empty text; null has no text; of several values one is enough; `not` turns an answer
/// around, nothing else. Text is what `yagura events` shows of the value.
public struct RuleMatcher: ~Copyable {
  let rules: CompiledRules
  var view: EventView
  private var plans: RulePlans
  private var states: FlatBuffer<UInt32>
  private var candidates: FlatBuffer<UInt64>
  private var found = FlatBuffer<Int>(capacity: 64)
  let search = RegexSearch()
  /// Searches that were given up, by entry.
  private var givenUp: FlatBuffer<UInt32>
  var fieldOfID = FlatBuffer<Int32>(capacity: 1024)
  var numberOfField: [String: Int32] = [:]
  var ends = FlatBuffer<Int>(capacity: 64)

  /// An answer that is known is this much above the generation.
  private enum State {
    static let yes: UInt32 = 1
    static let no: UInt32 = 2
    static let gaveUp: UInt32 = 3
    static let step: UInt32 = 4
  }
  /// Grows with each event, so that answers of earlier events are none.
  private var generation: UInt32 = 0

  public init(_ rules: CompiledRules) {
    self.rules = rules
    view = EventView(fieldCount: rules.fields.count)
    plans = RulePlans(rules)
    states = FlatBuffer(capacity: rules.conditionCount)
    states.fill(0, count: rules.conditionCount)
    candidates = FlatBuffer(capacity: plans.wordCount)
    candidates.fill(0, count: plans.wordCount)
    givenUp = FlatBuffer(capacity: rules.entryCount)
    givenUp.fill(0, count: rules.entryCount)
    for (number, name) in rules.fields.enumerated() where number > 0 { numberOfField[name] = Int32(number) }
  }

  /// How many rules the event matched last.
  public var count: Int { found.count }

  /// A rule that the event matched last, in rising order.
  public subscript(index: Int) -> Int { found[index] }

  public func matches() -> [Int] { (0..<found.count).map { found[$0] } }

  /// How many candidates had their decisions run so far.
  public private(set) var evaluatedCount = 0

  // MARK: One event

  /// Forgets the event before.
  mutating func begin() {
    view.removeAll()
    found.truncate(to: 0)
    generation &+= State.step
    if generation == 0 {
      states.fill(0, count: states.count)
      generation = State.step
    }
  }

  mutating func plan(for key: RuleKey) -> RulePlan { plans.plan(for: key) }

  @inline(__always)
  func needs(_ field: Int32, _ plan: RulePlan) -> Bool { plans.needs[Int(plan.needsOffset) &+ Int(field)] != 0 }

  /// Matches what `view` holds.
  mutating func run(_ plan: RulePlan) {
    if !rules.derivedFields.isEmpty { addDerivedValues(plan) }
    scan(plan)
    evaluateCandidates(plan)
  }

  private mutating func evaluateCandidates(_ plan: RulePlan) {
    let unfiltered = Int(plan.maskOffset) &+ plans.wordCount
    for word in 0..<plans.wordCount {
      var bits = candidates[word] | plans.masks[unfiltered &+ word]
      guard bits != 0 else { continue }
      candidates[word] = 0
      while bits != 0 {
        let entry = word << 6 | bits.trailingZeroBitCount
        bits &= bits &- 1
        evaluate(entry)
      }
    }
  }

  private mutating func evaluate(_ index: Int) {
    evaluatedCount &+= 1
    let entry = rules.entries.view[index]
    if found.count > 0, found[found.count &- 1] == entry.rule { return }
    let decisions = rules.decisions.view
    let yes = generation &+ State.yes
    var place = entry.start
    while place >= 0 {
      let decision = decisions[Int(place)]
      let holds: Bool
      if decision.question >= 0 {
        holds = states[Int(decision.question)] == yes
      } else {
        holds = answer(~decision.question, for: index)
      }
      place = holds ? decision.whenTrue : decision.whenFalse
    }
    if place == DecisionCode.matches { found.append(entry.rule) }
  }

  /// The answer to a question that the scan leaves open, worked out once an event.
  private mutating func answer(_ atom: Int32, for entry: Int) -> Bool {
    let known = states[Int(atom)] &- generation
    let state: UInt32
    if known >= State.yes && known <= State.gaveUp {
      state = known
    } else {
      switch ask(rules.atoms.view[Int(atom)]) {
      case .yes: state = State.yes
      case .no: state = State.no
      case .gaveUp: state = State.gaveUp
      }
      states[Int(atom)] = generation &+ state
    }
    if state == State.gaveUp { givenUp[entry] &+= 1 }
    return state == State.yes
  }

  // MARK: Literals

  private mutating func scan(_ plan: RulePlan) {
    let values = view.values.view
    let folded = view.folded.view
    let fields = rules.literalFields.view
    for index in 0..<values.count {
      let value = values[index]
      guard !value.isNull, value.foldedByteCount > 0 else { continue }
      if value.field >= 0, needs(value.field, plan) {
        scan(folded, value.foldedStart, value.foldedByteCount, fields[Int(value.field)], plan.maskOffset)
      }
      if plan.needsEveryValue {
        scan(folded, value.foldedStart, value.foldedByteCount, fields[Int(FieldNumbers.anyValue)], plan.maskOffset)
      }
    }
  }

  private mutating func scan(
    _ text: ByteView, _ start: Int, _ byteCount: Int, _ field: LiteralTables.Field, _ maskOffset: Int32
  ) {
    if field.exactLengths >> UInt64(min(byteCount, 63)) & 1 != 0 {
      findExact(text, start, byteCount, field, maskOffset)
    }
    let tables = rules.literalTables.view
    for index in Int(field.firstTable)..<Int(field.endTable) {
      scan(text, start, byteCount, tables[index], maskOffset)
    }
  }

  @inline(__always)
  private mutating func scan(
    _ text: ByteView, _ start: Int, _ byteCount: Int, _ table: LiteralTables.Table, _ maskOffset: Int32
  ) {
    let gramByteCount = Int(table.gramByteCount)
    guard byteCount >= gramByteCount else { return }
    let bits = rules.literalBits.view
    let bitOffset = Int(table.bitOffset)
    let mask = table.mask
    let shift = table.hashShift & 31
    text.forEachWindow(from: start, to: start &+ byteCount &- gramByteCount &+ 1) { window, at in
      let gram = window & mask
      let hash = Int(LiteralTables.product(gram) &>> shift)
      if bits[bitOffset &+ hash &>> 6] &>> UInt64(hash & 63) & 1 != 0 {
        compare(gram, hash, at, text, start, byteCount, table, maskOffset)
      }
    }
  }

  /// Compares the literals that are entered under a run of bytes with the text around it.
  @inline(never)
  private mutating func compare(
    _ gram: UInt32, _ hash: Int, _ at: Int, _ text: ByteView, _ start: Int, _ byteCount: Int,
    _ table: LiteralTables.Table, _ maskOffset: Int32
  ) {
    let bucket = Int(table.bucketOffset) &+ hash &>> Int(table.bucketShift)
    let buckets = rules.literalBuckets.view
    let entries = rules.literalEntries.view
    let patterns = rules.patterns.view
    let bytes = rules.literalBytes.bytes
    var index = Int(buckets[bucket])
    let end = Int(buckets[bucket &+ 1])
    while index < end {
      let entry = entries[index]
      index &+= 1
      guard entry.gram == gram else { continue }
      let pattern = patterns[Int(entry.pattern)]
      let first = at &- Int(pattern.gramOffset)
      let last = first &+ Int(pattern.byteCount)
      guard first >= start, last <= start &+ byteCount else { continue }
      switch pattern.part {
      case 1: guard first == start else { continue }
      case 2: guard last == start &+ byteCount else { continue }
      default: break
      }
      guard text.isEqual(at: first, to: bytes, at: Int(pattern.offset), byteCount: Int(pattern.byteCount)) else {
        continue
      }
      note(pattern, maskOffset)
    }
  }

  private mutating func findExact(
    _ text: ByteView, _ start: Int, _ byteCount: Int, _ field: LiteralTables.Field, _ maskOffset: Int32
  ) {
    let slots = rules.exactSlots.view
    let patterns = rules.patterns.view
    let bytes = rules.literalBytes.bytes
    let mask = Int(field.exactMask)
    var slot = Int(truncatingIfNeeded: text.hash(at: start, byteCount: byteCount) >> 32) & mask
    while true {
      let number = slots[Int(field.exactOffset) &+ slot]
      if number < 0 { return }
      let pattern = patterns[Int(number)]
      if Int(pattern.byteCount) == byteCount,
        text.isEqual(at: start, to: bytes, at: Int(pattern.offset), byteCount: byteCount)
      {
        return note(pattern, maskOffset)
      }
      slot = (slot &+ 1) & mask
    }
  }

  /// A literal stands in the event: its atoms are true, and what requires them is a candidate.
  private mutating func note(_ pattern: LiteralTables.Pattern, _ maskOffset: Int32) {
    let atoms = rules.patternAtoms.view
    let starts = rules.candidateStarts.view
    let members = rules.candidates.view
    let yes = generation &+ State.yes
    for index in Int(pattern.firstAtom)..<Int(pattern.endAtom) {
      let atom = Int(atoms[index])
      if states[atom] == yes { continue }
      states[atom] = yes
      for member in Int(starts[atom])..<Int(starts[atom &+ 1]) {
        let entry = Int(members[member])
        let bit: UInt64 = 1 << UInt64(entry & 63)
        if plans.masks[Int(maskOffset) &+ entry >> 6] & bit != 0 { candidates[entry >> 6] |= bit }
      }
    }
  }

  // MARK: Diagnostics

  /// Rules whose patterns were given up since the last call, because they took more steps than `EngineLimits` allows,
  /// and how often. Their conditions counted as not met.
  public mutating func takeGivenUp() -> [(rule: Int, count: Int)] {
    var result: [(rule: Int, count: Int)] = []
    for index in 0..<givenUp.count where givenUp[index] > 0 {
      let rule = rules.entries.view[index].rule
      if result.last?.rule == rule {
        result[result.count - 1].count += Int(givenUp[index])
      } else {
        result.append((rule, Int(givenUp[index])))
      }
      givenUp[index] = 0
    }
    return result
  }
}
