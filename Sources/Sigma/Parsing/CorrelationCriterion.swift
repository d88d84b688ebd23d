/// What stands in the `condition` of a correlation when it is a map: comparisons, and the fields that they are about.
struct CorrelationCriterion {
  var condition: SigmaCorrelation.Condition?
  var fields: [String] = []
  var percentile: Double?

  init() {}

  init(_ node: YAMLNode, _ reading: SigmaReading) throws(SigmaDiagnostic) {
    var thresholds: [SigmaCorrelation.Threshold] = []
    for entry in try reading.map(node, "condition") {
      let place = entry.value.place
      switch entry.key {
      case "field": fields = try reading.texts(entry.value, "field")
      case "percentile":
        guard let value = Self.number(entry.value), (0...100).contains(value) else {
          throw reading.refusal(.invalidPercentile, entry.value.text ?? "", at: place)
        }
        percentile = value
      default:
        guard let comparison = Comparison(rawValue: entry.key), let value = Self.number(entry.value) else {
          throw reading.refusal(.invalidThreshold, entry.key, at: entry.place)
        }
        thresholds.append(.init(comparison, value))
      }
    }
    // One comparison, or two that make a range.
    guard (1...2).contains(thresholds.count) else {
      throw reading.refusal(.invalidThreshold, "\(thresholds.count)", at: node.place)
    }
    condition = .thresholds(thresholds)
  }

  private static func number(_ node: YAMLNode) -> Double? {
    guard let scalar = node.scalar, !scalar.isNull else { return nil }
    return scalar.number?.value ?? YAMLScalar(text: scalar.text, isPlain: true).number?.value
  }

  /// Kinds that are about a value need to know whose.
  func check(for kind: SigmaCorrelation.Kind, at place: Place, _ reading: SigmaReading) throws(SigmaDiagnostic) {
    switch kind {
    case .eventCount, .temporal, .temporalOrdered:
      if !fields.isEmpty { reading.warn(.withoutEffect, "field", at: place) }
    case .valueCount:
      guard !fields.isEmpty else { throw reading.refusal(.missingKey, "field", at: place) }
    case .valueSum, .valueAverage, .valuePercentile, .valueMedian:
      guard fields.count == 1 else { throw reading.refusal(.missingKey, "field", at: place) }
    }
    if kind == .valuePercentile {
      if percentile == nil { reading.warn(.missingKey, "percentile", at: place) }
    } else if percentile != nil {
      reading.warn(.withoutEffect, "percentile", at: place)
    }
  }
}
