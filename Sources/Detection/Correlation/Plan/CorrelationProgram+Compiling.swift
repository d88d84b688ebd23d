import Sigma

extension CorrelationProgram {
  /// Checks everything that needs no other document.
  init(_ document: SigmaCorrelation, limits: CorrelationLimits) throws(CorrelationFault) {
    let isTemporal = document.kind == .temporal || document.kind == .temporalOrdered
    let count = document.rules.count
    guard count > 0 else { throw .noRules }
    guard count <= (isTemporal ? CorrelationLimits.rulesInTime : CorrelationLimits.rules) else { throw .tooManyRules }
    guard document.timespanSeconds > 0, document.timespanSeconds <= CorrelationLimits.timespanSeconds else {
      throw .invalidTimespan
    }
    try Self.checkFields(document)

    kind = document.kind
    groupBy = document.groupBy
    valueFields = document.valueFields
    timespan = UInt64((document.timespanSeconds * 10_000_000).rounded(.up))
    quantile = try Self.quantile(document)
    self.limits = limits
    test = try Self.test(document)

    var events = limits.eventsPerGroup
    switch test {
    case .thresholds(let thresholds):
      waitsForWindow = thresholds.waitsForWindow
      if kind == .eventCount || kind == .valueCount {
        guard thresholds.greatest < Double(CorrelationLimits.greatestThreshold) else { throw .invalidThreshold }
        // One more than the threshold tells "more than".
        events = max(events, Int(max(thresholds.greatest, 0)) + 1)
      }
    case .rules, .chains:
      if case .rules(let condition) = document.condition {
        waitsForWindow = condition.hasNegation
      } else {
        waitsForWindow = false
      }
    }
    eventsPerGroup = events
    let words = (kind == .temporalOrdered ? RuleOrder.words(test: test, rules: count) : 0) + count * 2
    groupLimit = max(1, isTemporal ? min(limits.groups, limits.stateWords / words) : limits.groups)
  }

  private static func checkFields(_ document: SigmaCorrelation) throws(CorrelationFault) {
    guard document.groupBy.count <= CorrelationLimits.fields, document.valueFields.count <= CorrelationLimits.fields
    else { throw .tooManyFields }
    switch document.kind {
    case .eventCount, .temporal, .temporalOrdered: break
    case .valueCount: guard !document.valueFields.isEmpty else { throw .invalidFields }
    case .valueSum, .valueAverage, .valuePercentile, .valueMedian:
      guard document.valueFields.count == 1 else { throw .invalidFields }
    }
  }

  private static func quantile(_ document: SigmaCorrelation) throws(CorrelationFault) -> Double {
    guard document.kind == .valuePercentile else { return 0.5 }
    guard let percentile = document.percentile, (0...100).contains(percentile) else { throw .invalidPercentile }
    return percentile / 100
  }

  private static func test(_ document: SigmaCorrelation) throws(CorrelationFault) -> Test {
    let isOrdered = document.kind == .temporalOrdered
    let isTemporal = document.kind == .temporal || isOrdered
    switch document.condition {
    case .rules(let condition):
      guard isTemporal,
        condition.isSound(rules: document.rules.count, depth: CorrelationLimits.conditionDepth)
      else { throw .invalidCondition }
      guard isOrdered else { return .rules(condition) }
      return try chains(condition)
    case .thresholds(let thresholds):
      guard !thresholds.isEmpty || isTemporal else { throw .invalidThreshold }
      guard let test = ThresholdTest(thresholds) else { throw .invalidThreshold }
      let all = [SigmaCorrelation.Threshold(.greaterOrEqual, Double(document.rules.count))]
      let wantsAll = thresholds.isEmpty || thresholds == all
      // All of them in order is one chain: far less to keep than how many are in order.
      if isOrdered, wantsAll { return try chains(.all(document.rules.indices.map { .rule($0) })) }
      guard !isOrdered || document.rules.count <= CorrelationLimits.rulesInOrder else { throw .tooManyRules }
      return thresholds.isEmpty ? .rules(.all(document.rules.indices.map { .rule($0) })) : .thresholds(test)
    }
  }

  private static func chains(_ condition: SigmaCorrelation.RuleCondition) throws(CorrelationFault) -> Test {
    guard let clauses = RuleClause.alternatives(of: condition, limit: CorrelationLimits.alternatives) else {
      throw .invalidCondition
    }
    return .chains(clauses)
  }
}
