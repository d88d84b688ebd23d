import Sigma

/// The windows of one correlation, over all its groups, as time goes by.
///
/// `take` brings events in order of time; `conclude` says that no further event has that time and judges the groups that
/// got one; `expire` ends the groups whose window has passed. A group's window is the list of its events, the oldest of
/// which leave when the next event comes; what the condition asks about is kept beside it and follows step by step.
struct CorrelationNode {
  let program: CorrelationProgram
  var groups = GroupTable()
  var entries: EntryPool
  var distinct = DistinctValues()
  var carried = CarriedValues()
  var presence: RulePresence?
  var order: RuleOrder?
  var numbers: NumberWindow?
  /// Groups that got an event of the present time.
  var touched: [Int32] = []
  var reports: [OpenReport] = []
  var freeReports: [Int32] = []
  var evidenceCount = 0
  var nextOrdinal: UInt64 = 0
  var statistics = CorrelationStatistics()
  /// What is to be told, and what the correlations above are to learn; the engine takes both.
  var emissions: [CorrelationEmission] = []
  var sightings: [Sighting] = []
  let tellsOpenings: Bool

  // The keys of the event that is being taken in.
  private var groupKey = KeyBuilder()
  private(set) var valueKey = KeyBuilder()
  private(set) var carriedKey = KeyBuilder()

  init(_ program: CorrelationProgram, tellsOpenings: Bool) {
    self.program = program
    self.tellsOpenings = tellsOpenings
    entries = EntryPool(keepsNumbers: program.readsNumber, keepsCarried: !program.carriedFields.isEmpty)
    if program.isTemporal { presence = RulePresence(rules: program.rules.count) }
    if program.kind == .temporalOrdered { order = RuleOrder(rules: program.rules.count, test: program.test) }
    if program.readsNumber { numbers = NumberWindow(kind: program.kind) }
  }

  mutating func take(_ input: CorrelationInput, _ use: CorrelationPlan.Use) {
    statistics.inputs += 1
    expire(before: input.time)
    guard readGroupKey(input, use), readValueKey(input, use), let number = readNumber(input, use) else { return }
    readCarriedKey(input, use)
    let slot = enterGroup(groupKey.bytes, time: input.time)
    if program.kind == .valueCount { valueKey.append(number: Int32(slot)) }
    makeRoom(in: slot, position: use.position)
    addEntry(input, position: use.position, number: number, group: slot)
  }

  /// No further event has this time.
  mutating func conclude(at time: UInt64) {
    if touched.count > 1 {
      touched.sort { left, right in groups[Int(left)].order < groups[Int(right)].order }
    }
    for position in touched.indices {
      let slot = Int(touched[position])
      guard groups[slot].isTouched else { continue }
      groups[slot].isTouched = false
      order?.settle(slot, time: time)
      if !program.waitsForWindow { judge(slot) }
    }
    touched.removeAll(keepingCapacity: true)
  }

  /// Ends every group whose window cannot get another event, given that none is before `time`.
  @inline(__always)
  mutating func expire(before time: UInt64) {
    while groups.oldest >= 0 {
      let slot = Int(groups.oldest)
      let last = groups[slot].lastTime
      guard time > last, time - last > program.timespan else { return }
      if program.waitsForWindow { judge(slot) }
      endGroup(slot)
    }
  }

  // MARK: One event

  private mutating func readGroupKey(_ input: CorrelationInput, _ use: CorrelationPlan.Use) -> Bool {
    groupKey.reset()
    for field in use.groupFields {
      guard field < input.values.count, let value = input.values[field] else {
        statistics.missingKey += 1
        return false
      }
      groupKey.append(value)
    }
    guard groupKey.bytes.count <= program.limits.bytesPerKey else {
      statistics.oversizedKey += 1
      return false
    }
    return true
  }

  /// 0 where no number is asked for.
  private mutating func readNumber(_ input: CorrelationInput, _ use: CorrelationPlan.Use) -> Int128? {
    guard program.readsNumber else { return 0 }
    guard let field = use.valueFields.first, field < input.values.count, let text = input.values[field] else {
      statistics.missingValue += 1
      return nil
    }
    guard let number = FixedDecimal.parse(text) else {
      statistics.notNumeric += 1
      return nil
    }
    return number
  }

  private mutating func readValueKey(_ input: CorrelationInput, _ use: CorrelationPlan.Use) -> Bool {
    guard program.kind == .valueCount else { return true }
    valueKey.reset()
    for field in use.valueFields {
      guard field < input.values.count, let value = input.values[field] else {
        statistics.missingValue += 1
        return false
      }
      valueKey.append(value)
    }
    guard valueKey.bytes.count <= program.limits.bytesPerKey else {
      statistics.oversizedKey += 1
      return false
    }
    return true
  }

  /// Values that are too long are carried as absent: the correlation above then counts its missing key.
  private mutating func readCarriedKey(_ input: CorrelationInput, _ use: CorrelationPlan.Use) {
    guard !use.carriedFields.isEmpty else { return }
    carriedKey.reset()
    for field in use.carriedFields {
      let value = field < input.values.count ? input.values[field] : nil
      carriedKey.append((value?.utf8.count ?? 0) <= program.limits.bytesPerKey ? value : nil)
    }
  }
}
