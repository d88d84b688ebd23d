/// When each rule last matched in each group. Enough to say which rules matched in a window, however many events it has.
struct RulePresence {
  private let rules: Int
  /// One more than the time; 0 for never.
  private var stamps: [UInt64] = []
  private var latest: [Int32] = []

  init(rules: Int) { self.rules = rules }

  mutating func reset(_ group: Int) {
    while stamps.count < (group + 1) * rules {
      stamps.append(0)
      latest.append(-1)
    }
    for place in group * rules..<(group + 1) * rules {
      stamps[place] = 0
      latest[place] = -1
    }
  }

  mutating func enter(_ position: Int, time: UInt64, entry: Int32, group: Int) {
    stamps[group * rules + position] = time + 1
    latest[group * rules + position] = entry
  }

  mutating func leave(_ position: Int, entry: Int32, group: Int) {
    if latest[group * rules + position] == entry { latest[group * rules + position] = -1 }
  }

  func latestEntry(_ position: Int, group: Int) -> Int32 { latest[group * rules + position] }

  /// The rules that matched at `start` or later.
  func rules(of group: Int, since start: UInt64) -> UInt64 {
    var present: UInt64 = 0
    for position in 0..<rules where stamps[group * rules + position] > start { present |= 1 << UInt64(position) }
    return present
  }
}
