import Sigma

/// Whether the condition holds for the window that ends at a group's last event.
extension CorrelationNode {
  /// The one rule of emission: begin when the condition comes to hold, go on while it does, end when it does not.
  mutating func judge(_ slot: Int) {
    let start = windowStart(endingAt: groups[slot].lastTime)
    let verdict = assess(slot, since: start)
    if verdict.holds {
      if groups[slot].report < 0 { open(slot, value: verdict.value) } else { extend(slot, value: verdict.value) }
    } else if groups[slot].report >= 0 {
      complete(slot)
    }
  }

  private func assess(_ slot: Int, since start: UInt64) -> (holds: Bool, value: Double) {
    switch program.test {
    case .thresholds(let thresholds): return assess(slot, since: start, thresholds)
    case .rules(let condition):
      let present = presence?.rules(of: slot, since: start) ?? 0
      return (condition.holds(present), Double(present.nonzeroBitCount))
    case .chains(let clauses):
      let present = presence?.rules(of: slot, since: start) ?? 0
      let complete = order?.completeChains(of: slot, since: start) ?? []
      let holds = zip(clauses, complete).contains { $1 && $0.absent & present == 0 }
      return (holds, Double(present.nonzeroBitCount))
    }
  }

  private func assess(
    _ slot: Int, since start: UInt64, _ thresholds: ThresholdTest
  ) -> (holds: Bool, value: Double) {
    let count: Int
    switch program.kind {
    case .eventCount: count = Int(groups[slot].count)
    case .valueCount: count = distinct.count(slot)
    case .temporal: count = presence?.rules(of: slot, since: start).nonzeroBitCount ?? 0
    case .temporalOrdered: count = order?.longestChain(of: slot, since: start) ?? 0
    case .valueSum, .valueAverage, .valuePercentile, .valueMedian: return assessNumbers(slot, thresholds)
    }
    return (thresholds.holds(count: count), Double(count))
  }

  private func assessNumbers(_ slot: Int, _ thresholds: ThresholdTest) -> (holds: Bool, value: Double) {
    guard let numbers else { return (false, 0) }
    let count = Int(groups[slot].count)
    switch program.kind {
    case .valueSum:
      let sum = numbers.sum(slot)
      return (thresholds.holds(sum), FixedDecimal.double(sum))
    case .valueAverage:
      let sum = numbers.sum(slot)
      return (thresholds.holds(sum, dividedBy: count), FixedDecimal.double(sum) / Double(count))
    default:
      let value = numbers.quantile(program.quantile, slot)
      return (thresholds.holds(value), FixedDecimal.double(value))
    }
  }
}
