import WindowsFormats

/// Matches events against a rule set, one after the other, on one thread.
///
/// What predicates mean: a field that is absent makes each of them false but `null`; `exists` is true of a field that is
/// there, also with null or the empty text; null has no text; of several values one is enough; `not` turns an answer
/// around, nothing else. Text is what `yagura events` shows of the value.
public struct RuleMatcher: ~Copyable {
  let rules: CompiledRules
  let tables: RuleTables
  var view: EventView
  var plans: RulePlans
  var states: FlatBuffer<UInt32>
  var candidates: FlatBuffer<UInt64>
  /// Words of `candidates` that have a bit.
  var touched: FlatBuffer<UInt64>
  private var found = FlatBuffer<Int>(capacity: 64)
  let search = RegexSearch()
  /// Searches that were given up, by entry.
  private var givenUp: FlatBuffer<UInt32>
  var fieldOfID = FlatBuffer<Int32>(capacity: 1024)
  var numberOfField: [String: Int32] = [:]
  var ends = FlatBuffer<Int>(capacity: 64)
  var memo = ValueMemo()
  /// Of the event matched last.
  var kind = RuleKey.unknown
  /// Literals that stand in the value searched last; no more than a `ValueMemo` would keep, and one.
  var foundPatterns = FlatBuffer<Int32>(capacity: 16)
  /// What a derived field is made from, in a form that can be compared.
  var derivedInputs = ByteSink(capacity: 1024)

  /// An answer that is known is this much above the generation.
  enum State {
    static let yes: UInt32 = 1
    static let no: UInt32 = 2
    static let gaveUp: UInt32 = 3
    static let step: UInt32 = 4
  }
  /// Grows with each event, so that answers of earlier events are none.
  var generation: UInt32 = 0

  public init(_ rules: CompiledRules) {
    self.rules = rules
    tables = RuleTables(rules)
    view = EventView(fieldCount: rules.fields.count)
    plans = RulePlans(rules)
    states = FlatBuffer(capacity: rules.conditionCount)
    states.fill(0, count: rules.conditionCount)
    candidates = FlatBuffer(capacity: plans.wordCount)
    candidates.fill(0, count: plans.wordCount)
    touched = FlatBuffer(capacity: (plans.wordCount + 63) / 64)
    touched.fill(0, count: (plans.wordCount + 63) / 64)
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

  /// Matches what `view` holds, once the event's own values are searched.
  mutating func run(_ plan: RulePlan) {
    if plan.firstDerived < plan.endDerived { addDerivedValues(plan) }
    evaluateCandidates(plan)
  }

  /// In the order of the entries, which is that of the rules, whatever the order in which literals were found.
  private mutating func evaluateCandidates(_ plan: RulePlan) {
    let unfiltered = Int(plan.maskOffset) &+ plans.wordCount
    let unfilteredWords = unfiltered &+ plans.wordCount
    for group in 0..<touched.count {
      var words = touched[group] | plans.masks[unfilteredWords &+ group]
      touched[group] = 0
      while words != 0 {
        let word = group << 6 | words.trailingZeroBitCount
        words &= words &- 1
        var bits = candidates[word] | plans.masks[unfiltered &+ word]
        candidates[word] = 0
        while bits != 0 {
          let entry = word << 6 | bits.trailingZeroBitCount
          bits &= bits &- 1
          evaluate(entry)
        }
      }
    }
  }

  private mutating func evaluate(_ index: Int) {
    evaluatedCount &+= 1
    let entry = tables.entries[index]
    if found.count > 0, found[found.count &- 1] == entry.rule { return }
    let decisions = tables.decisions
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
      switch ask(tables.atoms[Int(atom)]) {
      case .yes: state = State.yes
      case .no: state = State.no
      case .gaveUp: state = State.gaveUp
      }
      states[Int(atom)] = generation &+ state
    }
    if state == State.gaveUp {
      givenUp[entry] &+= 1
      hasGivenUp = true
    }
    return state == State.yes
  }

  // MARK: Diagnostics

  /// Whether `takeGivenUp` has something to tell.
  public private(set) var hasGivenUp = false

  /// Rules whose patterns were given up since the last call, because they took more steps than `EngineLimits` allows,
  /// and how often. Their conditions counted as not met.
  public mutating func takeGivenUp() -> [(rule: Int, count: Int)] {
    guard hasGivenUp else { return [] }
    hasGivenUp = false
    var result: [(rule: Int, count: Int)] = []
    for index in 0..<givenUp.count where givenUp[index] > 0 {
      let rule = tables.entries[index].rule
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
