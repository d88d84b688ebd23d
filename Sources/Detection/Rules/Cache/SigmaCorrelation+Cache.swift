import Sigma

/// Correlations as documents: the plan is made from them anew, which takes less than reading it would.
extension SigmaCorrelation {
  func write(to writer: inout CacheWriter) {
    metadata.write(to: &writer)
    writer.put(kind.rawValue)
    writer.put(texts: rules)
    writer.put(list: aliases.sorted { $0.key < $1.key }) { writer, alias in
      writer.put(alias.key)
      writer.put(list: alias.value.sorted { $0.key < $1.key }) { writer, field in
        writer.put(field.key)
        writer.put(field.value)
      }
    }
    writer.put(texts: groupBy)
    writer.put(timespanSeconds)
    condition.write(to: &writer)
    writer.put(texts: valueFields)
    writer.put(percentile != nil)
    writer.put(percentile ?? 0)
    writer.put(generatesForRules)
  }

  init(reading reader: inout CacheReader) throws(CacheFault) {
    let metadata = try SigmaMetadata(reading: &reader)
    let kind: Kind = try reader.word()
    let rules = try reader.textList()
    var aliases: [String: [String: String]] = [:]
    for _ in 0..<(try reader.count()) {
      let alias = try reader.text()
      for _ in 0..<(try reader.count()) {
        let rule = try reader.text()
        aliases[alias, default: [:]][rule] = try reader.text()
      }
    }
    let groupBy = try reader.textList()
    let timespan = try reader.double()
    self.init(
      metadata: metadata, kind: kind, rules: rules, groupBy: groupBy, timespanSeconds: timespan,
      condition: try Condition(reading: &reader))
    self.aliases = aliases
    valueFields = try reader.textList()
    let hasPercentile = try reader.flag()
    let percentile = try reader.double()
    self.percentile = hasPercentile ? percentile : nil
    generatesForRules = try reader.flag()
  }
}

extension SigmaCorrelation.Condition {
  fileprivate func write(to writer: inout CacheWriter) {
    switch self {
    case .thresholds(let thresholds):
      writer.put(UInt8(0))
      writer.put(list: thresholds) { writer, threshold in
        writer.put(threshold.comparison.code)
        writer.put(threshold.value)
      }
    case .rules(let condition):
      writer.put(UInt8(1))
      condition.write(to: &writer)
    }
  }

  fileprivate init(reading reader: inout CacheReader) throws(CacheFault) {
    switch try reader.byte() {
    case 0:
      self = .thresholds(
        try reader.list { reader throws(CacheFault) in
          let comparison = try reader.comparison()
          return SigmaCorrelation.Threshold(comparison, try reader.double())
        })
    case 1: self = .rules(try SigmaCorrelation.RuleCondition(reading: &reader, depth: 0))
    default: throw CacheFault()
    }
  }
}

extension SigmaCorrelation.RuleCondition {
  /// Conditions within conditions; the reader of rules takes no more.
  private static let maximumDepth = 256

  fileprivate func write(to writer: inout CacheWriter) {
    switch self {
    case .rule(let position):
      writer.put(UInt8(0))
      writer.put(position)
    case .all(let parts):
      writer.put(UInt8(1))
      writer.put(list: parts) { $1.write(to: &$0) }
    case .any(let parts):
      writer.put(UInt8(2))
      writer.put(list: parts) { $1.write(to: &$0) }
    case .not(let part):
      writer.put(UInt8(3))
      part.write(to: &writer)
    }
  }

  fileprivate init(reading reader: inout CacheReader, depth: Int) throws(CacheFault) {
    guard depth < Self.maximumDepth else { throw CacheFault() }
    func parts(_ reader: inout CacheReader) throws(CacheFault) -> [Self] {
      try reader.list { reader throws(CacheFault) in try Self(reading: &reader, depth: depth + 1) }
    }
    switch try reader.byte() {
    case 0: self = .rule(try reader.integer())
    case 1: self = .all(try parts(&reader))
    case 2: self = .any(try parts(&reader))
    case 3: self = .not(try Self(reading: &reader, depth: depth + 1))
    default: throw CacheFault()
    }
  }
}
