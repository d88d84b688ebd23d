/// In which order rules matched in each group, without keeping their events: for every chain of rules, the latest time at
/// which one may begin that has ended by now. A window holds the chain when that time lies in it.
///
/// Matches of the same time count as being in the order that is asked for: the time cannot tell. They are therefore
/// taken in together, in order of the rules.
struct RuleOrder {
  private let rules: Int
  /// Of a condition over rules: the chain of each alternative, none when it can never hold. Nil where the length of the
  /// longest chain is asked for; then there is one state for each last rule and each length.
  private let chains: [[Int]]?
  private let stride: Int
  /// One more than the time; 0 for never.
  private var starts: [UInt64] = []
  /// The rules that matched at the present time.
  private var pending: [UInt64] = []

  init(rules: Int, test: CorrelationProgram.Test) {
    self.rules = rules
    if case .chains(let clauses) = test { chains = clauses.map(\.chain) } else { chains = nil }
    stride = Self.words(test: test, rules: rules)
  }

  /// Words of state of one group.
  static func words(test: CorrelationProgram.Test, rules: Int) -> Int {
    switch test {
    case .chains(let clauses): clauses.reduce(0) { $0 + $1.present.nonzeroBitCount }
    case .thresholds: rules <= CorrelationLimits.rulesInOrder ? rules * rules : 0
    case .rules: 0
    }
  }

  mutating func reset(_ group: Int) {
    while pending.count <= group {
      pending.append(0)
      starts.append(contentsOf: repeatElement(0, count: stride))
    }
    pending[group] = 0
    for place in group * stride..<(group + 1) * stride { starts[place] = 0 }
  }

  mutating func enter(_ position: Int, group: Int) { pending[group] |= 1 << UInt64(position) }

  /// Takes in what matched at `time`.
  mutating func settle(_ group: Int, time: UInt64) {
    let matched = pending[group]
    pending[group] = 0
    guard matched != 0 else { return }
    guard let chains else {
      for position in 0..<rules where matched >> UInt64(position) & 1 == 1 {
        lengthen(group * stride, position: position, stamp: time + 1)
      }
      return
    }
    var base = group * stride
    for chain in chains {
      for (link, position) in chain.enumerated() where matched >> UInt64(position) & 1 == 1 {
        let stamp = link == 0 ? time + 1 : starts[base + link - 1]
        starts[base + link] = max(starts[base + link], stamp)
      }
      base += chain.count
    }
  }

  private mutating func lengthen(_ base: Int, position: Int, stamp: UInt64) {
    starts[base + position * rules] = stamp
    for earlier in 0..<position {
      for length in 1..<rules {
        let before = starts[base + earlier * rules + length - 1]
        let place = base + position * rules + length
        if before > starts[place] { starts[place] = before }
      }
    }
  }

  /// Rules in the longest chain that lies at `start` or later.
  func longestChain(of group: Int, since start: UInt64) -> Int {
    let base = group * stride
    for length in (1...rules).reversed() {
      for position in 0..<rules where starts[base + position * rules + length - 1] > start { return length }
    }
    return 0
  }

  /// Which of the alternatives' chains lie at `start` or later.
  func completeChains(of group: Int, since start: UInt64) -> [Bool] {
    var base = group * stride
    return (chains ?? []).map { chain in
      base += chain.count
      return chain.isEmpty || starts[base - 1] > start
    }
  }
}
