import Sigma

/// The comparisons of a correlation's condition, all of which must hold.
struct ThresholdTest: Hashable, Sendable {
  private struct Bound: Hashable, Sendable {
    var comparison: Comparison
    var value: Int128
  }

  private var bounds: [Bound]
  /// Whether more events can make the condition of a count untrue: it has another comparison than `gt` and `gte`.
  let waitsForWindow: Bool
  /// The greatest number that a count is compared with.
  let greatest: Double

  /// Nil when a number is none, or is beyond `FixedDecimal`.
  init?(_ thresholds: [SigmaCorrelation.Threshold]) {
    bounds = []
    for threshold in thresholds {
      guard let value = FixedDecimal.convert(threshold.value) else { return nil }
      bounds.append(Bound(comparison: threshold.comparison, value: value))
    }
    waitsForWindow = thresholds.contains { $0.comparison != .greater && $0.comparison != .greaterOrEqual }
    greatest = thresholds.map(\.value).max() ?? 0
  }

  /// Whether `total / count` passes: multiplied, not divided, so that an average is exact.
  func holds(_ total: Int128, dividedBy count: Int = 1) -> Bool {
    for bound in bounds where !bound.comparison.holds(total, bound.value * Int128(count)) { return false }
    return true
  }

  func holds(count: Int) -> Bool { holds(Int128(count) * FixedDecimal.scale) }
}
