import Sigma
import WindowsFormats

/// What a kind of event is tried on: the entries that look at it and the fields that these need.
struct RulePlan: BitwiseCopyable {
  var isEmpty: Bool
  /// Keywords look at every value.
  var needsEveryValue: Bool
  /// First of `wordCount` words with a bit for each entry; then as many with those that need no literal; then a bit
  /// for each word of these that has one.
  var maskOffset: Int32
  /// First of the flags of fields.
  var needsOffset: Int32
  /// Place among the plans.
  var number: Int32
  /// The derived fields that are asked for: a range in `derived`.
  var firstDerived: Int32
  var endDerived: Int32
}

/// The kind of an event: classes of channel, provider and event id.
struct RuleKey: BitwiseCopyable, Equatable {
  var channel: Int32
  var provider: Int32
  var eventID: Int32
  /// The event has one value of each of the three, so that they can be taken for all there is.
  var isPlain: Bool

  /// Of an event without any of the three.
  static let unknown = RuleKey(
    channel: KeyClasses.other, provider: KeyClasses.missing, eventID: KeyClasses.other, isPlain: true)

  /// Whether it says what the three texts are: none of them is one that no rule speaks of.
  var isExact: Bool {
    isPlain && channel != KeyClasses.other && provider != KeyClasses.other && eventID != KeyClasses.other
  }

  var classHash: UInt64 {
    let classes =
      UInt64(UInt32(bitPattern: channel)) << 40 ^ UInt64(UInt32(bitPattern: provider)) << 20
      ^ UInt64(UInt32(bitPattern: eventID))
    return classes &* 0x9E37_79B9_7F4A_7C15
  }

  /// A place to start looking in a table.
  var hash: Int { Int(truncatingIfNeeded: classHash >> 40) &+ (isPlain ? 0 : 1) }
}

struct KeyPatternRange: BitwiseCopyable {
  var first: Int32
  var end: Int32
}

/// The plans that a worker has met, made when they are first needed.
struct RulePlans: ~Copyable {
  private let rules: CompiledRules
  let wordCount: Int
  /// Plan numbers by the hash of their key; -1 for none. Twice as many as there may be plans.
  private var slots = FlatBuffer<Int32>(capacity: 2 * EngineLimits.plans)
  private var keys = FlatBuffer<RuleKey>(capacity: 256)
  private var plans = FlatBuffer<RulePlan>(capacity: 256)
  private(set) var masks = FlatBuffer<UInt64>(capacity: 1 << 14)
  private(set) var needs = FlatBuffer<UInt8>(capacity: 1 << 14)
  /// Places in the rule set's list of derived fields.
  private(set) var derived = FlatBuffer<Int32>(capacity: 256)
  /// By plan, the literals that stand in channel, provider and event id, once they are known: a range in `keyPatterns`.
  private var keyPatternRanges = FlatBuffer<KeyPatternRange>(capacity: 256)
  private(set) var keyPatterns = FlatBuffer<Int32>(capacity: 1024)
  private var lastKey = RuleKey(channel: -1, provider: -1, eventID: -1, isPlain: false)
  private var lastPlan = RulePlan(
    isEmpty: true, needsEveryValue: false, maskOffset: 0, needsOffset: 0, number: 0, firstDerived: 0, endDerived: 0)

  // Scratch of a plan being made.
  private var visited = FlatBuffer<UInt32>(capacity: 1024)
  private var visit: UInt32 = 0
  private var pending = FlatBuffer<Int32>(capacity: 256)

  init(_ rules: CompiledRules) {
    self.rules = rules
    slots.fill(-1, count: 2 * EngineLimits.plans)
    wordCount = (rules.entryCount + 63) / 64
    visited.fill(0, count: rules.decisions.view.count)
  }

  mutating func plan(for key: RuleKey) -> RulePlan {
    if key == lastKey { return lastPlan }
    lastKey = key
    lastPlan = find(key)
    return lastPlan
  }

  private mutating func find(_ key: RuleKey) -> RulePlan {
    var slot = key.hash & (slots.count &- 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if keys[number] == key { return plans[number] }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    return make(key)
  }

  private mutating func make(_ key: RuleKey) -> RulePlan {
    if plans.count >= EngineLimits.plans {
      slots.fill(-1, count: slots.count)
      keys.truncate(to: 0)
      plans.truncate(to: 0)
      masks.truncate(to: 0)
      needs.truncate(to: 0)
      derived.truncate(to: 0)
      keyPatternRanges.truncate(to: 0)
      keyPatterns.truncate(to: 0)
    }
    var plan = RulePlan(
      isEmpty: true, needsEveryValue: false, maskOffset: Int32(masks.count), needsOffset: Int32(needs.count),
      number: Int32(plans.count), firstDerived: Int32(derived.count), endDerived: 0)
    for _ in 0..<(2 * wordCount + (wordCount + 63) / 64) { masks.append(0) }
    for _ in 0..<rules.fields.count { needs.append(0) }
    let entries = rules.entries.view
    for index in 0..<entries.count {
      let entry = entries[index]
      guard applies(entry, to: key), canMatch(entry, key) else { continue }
      plan.isEmpty = false
      collectNeeds(&plan)
      let bit: UInt64 = 1 << UInt64(index & 63)
      masks[Int(plan.maskOffset) + index >> 6] |= bit
      guard !entry.requiresLiteral else { continue }
      let word = index >> 6
      masks[Int(plan.maskOffset) + wordCount + word] |= bit
      masks[Int(plan.maskOffset) + 2 * wordCount + word >> 6] |= 1 << UInt64(word & 63)
    }
    for (index, field) in rules.derivedFields.enumerated()
    where needs[Int(plan.needsOffset) + Int(field.field)] != 0 {
      derived.append(Int32(index))
    }
    plan.endDerived = Int32(derived.count)
    var slot = key.hash & (slots.count - 1)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(plans.count)
    keys.append(key)
    plans.append(plan)
    keyPatternRanges.append(KeyPatternRange(first: -1, end: -1))
    return plan
  }

  /// The literals that stand in what makes the kind of event; negative bounds when they were not looked for yet.
  func keyPatternRange(of plan: RulePlan) -> KeyPatternRange { keyPatternRanges[Int(plan.number)] }

  mutating func addKeyPatterns(_ found: borrowing FlatBuffer<Int32>) {
    for index in 0..<found.count { keyPatterns.append(found[index]) }
  }

  /// Those added since `first` are all that a kind of event has.
  mutating func endKeyPatterns(of plan: RulePlan, from first: Int) {
    keyPatternRanges[Int(plan.number)] = KeyPatternRange(first: Int32(first), end: Int32(keyPatterns.count))
  }

  mutating func dropKeyPatterns(from first: Int) { keyPatterns.truncate(to: first) }

  private func applies(_ entry: CompiledRules.Entry, to key: RuleKey) -> Bool {
    if entry.firstRoute == entry.endRoute { return true }
    let routes = rules.routes.view
    for index in Int(entry.firstRoute)..<Int(entry.endRoute) {
      let route = routes[index]
      // Exports often leave the provider out; what is missing is no reason to pass an event over.
      if route.channel == CompiledRules.any || route.channel == key.channel,
        route.provider == CompiledRules.any || route.provider == key.provider || key.provider == KeyClasses.missing,
        route.eventID == CompiledRules.any || route.eventID == key.eventID
      {
        return true
      }
    }
    return false
  }

  /// Whether there is a way through the entry's decisions to a match, given the key. What was reached is in `visited`.
  private mutating func canMatch(_ entry: CompiledRules.Entry, _ key: RuleKey) -> Bool {
    visit &+= 1
    pending.truncate(to: 0)
    reached.truncate(to: 0)
    var matches = false
    func note(_ place: Int32) {
      if place == DecisionCode.matches {
        matches = true
      } else if place >= 0, visited[Int(place)] != visit {
        visited[Int(place)] = visit
        pending.append(place)
        reached.append(place)
      }
    }
    note(entry.start)
    let decisions = rules.decisions.view
    while pending.count > 0 {
      let decision = decisions[Int(pending[pending.count - 1])]
      pending.truncate(to: pending.count - 1)
      let answer = answer(decision.question, key)
      if answer != false { note(decision.whenTrue) }
      if answer != true { note(decision.whenFalse) }
    }
    return matches
  }

  /// The answer that the key alone gives, or nil.
  private func answer(_ question: Int32, _ key: RuleKey) -> Bool? {
    guard question >= 0, key.isPlain, let literals = rules.keyLiterals[question] else { return nil }
    let field = rules.atoms.view[Int(question)].field
    let number =
      field == FieldNumbers.channel ? key.channel : field == FieldNumbers.provider ? key.provider : key.eventID
    guard number > KeyClasses.other else {
      // Some text that no rule compares with; its parts are not known.
      return literals.allSatisfy { $0.part == .whole } ? false : nil
    }
    return literals.contains { $0.stands(in: rules.keyTexts[Int(field)][Int(number)]) }
  }

  /// Places reached by the last `canMatch`.
  private var reached = FlatBuffer<Int32>(capacity: 256)

  private mutating func collectNeeds(_ plan: inout RulePlan) {
    let decisions = rules.decisions.view
    let atoms = rules.atoms.view
    for index in 0..<reached.count {
      let question = decisions[Int(reached[index])].question
      let atom = atoms[Int(question >= 0 ? question : ~question)]
      if atom.field == FieldNumbers.anyValue { plan.needsEveryValue = true }
      needs[Int(plan.needsOffset) + Int(atom.field)] = 1
      if let derived = rules.derivedFields.first(where: { $0.field == atom.field }) {
        for input in derived.inputs { needs[Int(plan.needsOffset) + Int(input)] = 1 }
      }
      if atom.kind == .fieldReference {
        needs[Int(plan.needsOffset) + Int(rules.references.view[Int(atom.parameter)].other)] = 1
      }
    }
  }
}

extension Literal {
  /// Whether the literal stands in its place in a folded text.
  func stands(in text: [UInt8]) -> Bool {
    guard bytes.count <= text.count else { return false }
    switch part {
    case .whole: return bytes == text
    case .prefix: return text.starts(with: bytes)
    case .suffix: return text.suffix(bytes.count).elementsEqual(bytes)
    case .anywhere:
      return (0...(text.count - bytes.count)).contains { text[$0..<($0 + bytes.count)].elementsEqual(bytes) }
    }
  }
}
