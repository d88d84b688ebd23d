import Sigma

/// Conditions, calculated from the events of one window.
extension ReferenceCorrelation {
  func readsNumber(_ correlation: SigmaCorrelation) -> Bool {
    [.valueSum, .valueAverage, .valueMedian, .valuePercentile].contains(correlation.kind)
  }

  func number(_ text: String) -> Double? {
    text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16).map { Double($0) } : Double(text)
  }

  func waits(_ condition: SigmaCorrelation.Condition) -> Bool {
    switch condition {
    case .thresholds(let thresholds): !thresholds.allSatisfy { [.greater, .greaterOrEqual].contains($0.comparison) }
    case .rules(let condition): mentionsNot(condition)
    }
  }

  private func mentionsNot(_ condition: SigmaCorrelation.RuleCondition) -> Bool {
    switch condition {
    case .rule: false
    case .not: true
    case .all(let parts), .any(let parts): parts.contains(where: mentionsNot)
    }
  }

  func assess(_ window: [Occurrence], _ correlation: SigmaCorrelation) -> (holds: Bool, value: Double) {
    switch correlation.condition {
    case .thresholds(let thresholds):
      let value = statistic(window, correlation)
      let effective =
        thresholds.isEmpty ? [.init(.greaterOrEqual, Double(correlation.rules.count))] : thresholds
      return (effective.allSatisfy { $0.comparison.holds(value, $0.value) }, value)
    case .rules(let condition):
      let present = Set(window.map(\.position))
      let value = Double(present.count)
      if correlation.kind == .temporal {
        return (holds(condition, chain: present, present: present, negated: false), value)
      }
      // Some of the rules matched in order, and the condition holds when these are the ones that matched.
      for bits in 0..<(1 << correlation.rules.count) {
        let chain = (0..<correlation.rules.count).filter { bits >> $0 & 1 == 1 }
        guard occurInOrder(chain, window) else { continue }
        if holds(condition, chain: Set(chain), present: present, negated: false) { return (true, value) }
      }
      return (false, value)
    }
  }

  private func holds(
    _ condition: SigmaCorrelation.RuleCondition, chain: Set<Int>, present: Set<Int>, negated: Bool
  ) -> Bool {
    switch condition {
    case .rule(let position): return negated ? !present.contains(position) : chain.contains(position)
    case .not(let part): return holds(part, chain: chain, present: present, negated: !negated)
    case .all(let parts):
      let verdicts = parts.map { holds($0, chain: chain, present: present, negated: negated) }
      return negated ? verdicts.contains(true) : verdicts.allSatisfy { $0 }
    case .any(let parts):
      let verdicts = parts.map { holds($0, chain: chain, present: present, negated: negated) }
      return negated ? verdicts.allSatisfy { $0 } : verdicts.contains(true)
    }
  }

  /// Greedy: the earliest match of each that is not before the one of the last.
  private func occurInOrder(_ chain: [Int], _ window: [Occurrence]) -> Bool {
    var time: UInt64 = 0
    for position in chain {
      guard let next = window.filter({ $0.position == position && $0.time >= time }).map(\.time).min() else {
        return false
      }
      time = next
    }
    return true
  }

  private func statistic(_ window: [Occurrence], _ correlation: SigmaCorrelation) -> Double {
    switch correlation.kind {
    case .eventCount: return Double(window.count)
    case .valueCount:
      return Double(
        Set(window.map { event in correlation.valueFields.map { value($0, of: event, in: correlation) } }).count)
    case .temporal: return Double(Set(window.map(\.position)).count)
    case .temporalOrdered:
      let subsets = (0..<(1 << correlation.rules.count)).map { bits in
        (0..<correlation.rules.count).filter { bits >> $0 & 1 == 1 }
      }
      return Double(subsets.filter { occurInOrder($0, window) }.map(\.count).max() ?? 0)
    case .valueSum, .valueAverage, .valuePercentile, .valueMedian:
      let numbers = window.map { number(value(correlation.valueFields[0], of: $0, in: correlation)!)! }
      return aggregate(numbers, correlation)
    }
  }

  private func aggregate(_ numbers: [Double], _ correlation: SigmaCorrelation) -> Double {
    let sum = numbers.reduce(0, +)
    if correlation.kind == .valueSum { return sum }
    if correlation.kind == .valueAverage { return sum / Double(numbers.count) }
    let sorted = numbers.sorted()
    let quantile = correlation.kind == .valueMedian ? 0.5 : correlation.percentile! / 100
    let place = Double(sorted.count - 1) * quantile
    let below = Int(place.rounded(.down))
    let above = min(below + 1, sorted.count - 1)
    let exact = sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
    return (exact * 1_000_000_000).rounded() / 1_000_000_000
  }
}
