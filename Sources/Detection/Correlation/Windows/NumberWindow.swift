import Sigma

/// Sum and order of the numbers in each group's window.
struct NumberWindow {
  private let isSorted: Bool
  private var sums: [Int128] = []
  /// Rising; only for percentiles.
  private var sorted: [[Int128]] = []

  init(kind: SigmaCorrelation.Kind) { isSorted = kind == .valuePercentile || kind == .valueMedian }

  mutating func enter(_ number: Int128, group: Int) {
    guard isSorted else {
      while sums.count <= group { sums.append(0) }
      sums[group] += number
      return
    }
    while sorted.count <= group { sorted.append([]) }
    sorted[group].insert(number, at: rank(number, group))
  }

  mutating func leave(_ number: Int128, group: Int) {
    guard isSorted else {
      sums[group] -= number
      return
    }
    sorted[group].remove(at: rank(number, group))
    if sorted[group].isEmpty { sorted[group] = [] }
  }

  func sum(_ group: Int) -> Int128 { sums[group] }

  /// The value at `quantile` (0 to 1) of the numbers in order, between two of them in proportion: of an even count, the
  /// median is the middle of the two in the middle.
  func quantile(_ quantile: Double, _ group: Int) -> Int128 {
    let numbers = sorted[group]
    let place = Double(numbers.count - 1) * quantile
    let below = Int(place)
    guard below + 1 < numbers.count else { return numbers[numbers.count - 1] }
    let step = Double(numbers[below + 1] - numbers[below]) * (place - Double(below))
    return numbers[below] + Int128(step.rounded())
  }

  /// Where a number stands, or would.
  private func rank(_ number: Int128, _ group: Int) -> Int {
    var low = 0
    var high = sorted[group].count
    while low < high {
      let middle = (low + high) / 2
      if sorted[group][middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
