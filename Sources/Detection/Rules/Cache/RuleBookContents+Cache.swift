import Sigma
import WindowsFormats

/// The body of a cache file.
extension RuleBookContents {
  func encoded() -> [UInt8] {
    var writer = CacheWriter()
    let routes = RouteLists(of: rules)
    routes.write(to: &writer)
    for list in [rules, notAboutEventLogs] {
      writer.put(list: list) { $1.write(to: &$0, routes) }
    }
    writer.put(list: isHunted) { $0.put($1) }
    writer.put(list: correlations) { writer, correlation in
      correlation.document.write(to: &writer)
      writer.put(correlation.isReported)
    }
    for diagnostics in [refused, warnings] {
      writer.put(list: diagnostics) { $1.write(to: &$0) }
    }
    writer.put(list: suppressedRules) { $0.put($1) }
    compiled.write(to: &writer)
    return writer.finish()
  }

  /// - Throws: When the bytes are not what `encoded` makes, or what they say does not fit together.
  init(decoding bytes: ByteView) throws(CacheFault) {
    var reader = try CacheReader(bytes)
    let routes = try RouteLists(reading: &reader)
    func rules(_ reader: inout CacheReader) throws(CacheFault) -> [HuntRule] {
      try reader.list { reader throws(CacheFault) in try HuntRule(reading: &reader, routes) }
    }
    func diagnostics(_ reader: inout CacheReader) throws(CacheFault) -> [SigmaDiagnostic] {
      try reader.list { reader throws(CacheFault) in try SigmaDiagnostic(reading: &reader) }
    }
    let hunted = try rules(&reader)
    let others = try rules(&reader)
    let isHunted = try reader.list { reader throws(CacheFault) in try reader.flag() }
    let correlations = try reader.list { reader throws(CacheFault) in
      let document = try SigmaCorrelation(reading: &reader)
      return Correlation(document: document, isReported: try reader.flag())
    }
    let refused = try diagnostics(&reader)
    let warnings = try diagnostics(&reader)
    let suppressed = try reader.list { reader throws(CacheFault) in try reader.integer() }
    self.init(
      rules: hunted, notAboutEventLogs: others, isHunted: isHunted, correlations: correlations, refused: refused,
      warnings: warnings, suppressedRules: suppressed, compiled: try CompiledRules(reading: &reader))
    guard reader.isAtEnd, isSound else { throw CacheFault() }
  }

  /// Whether numbers of rules are those of rules that are there.
  private var isSound: Bool {
    let huntedCount = isHunted.count { $0 }
    let entries = compiled.entries.view
    // Entries are in the order of their rules.
    let lastRule = entries.count > 0 ? entries[entries.count - 1].rule : -1
    return huntedCount == rules.count && isHunted.count - huntedCount == notAboutEventLogs.count
      && suppressedRules.allSatisfy(rules.indices.contains) && lastRule < rules.count + suppressedRules.count
  }
}
