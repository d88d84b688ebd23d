/// Applies filters to the rules of a set (Sigma 2.1, "Filters"). Correlations are not filtered, what they refer to is.
struct FilterApplication {
  let index: DocumentIndex
  let polarity: FilterPolarity
  private(set) var diagnostics: [SigmaDiagnostic] = []

  init(index: DocumentIndex, polarity: FilterPolarity) {
    self.index = index
    self.polarity = polarity
  }

  mutating func apply(_ filter: SigmaFilter, to rules: inout [SigmaRule]) {
    // `not selection` describes what to keep, anything else most likely what to leave out.
    if filter.isNegated != (polarity == .requires) {
      warn(.doubtfulFilterPolarity, polarity.rawValue, filter)
    }
    guard let names = filter.rules else {
      for index in rules.indices where filter.logSource.contains(rules[index].logSource) {
        rules[index].expression = filtered(rules[index].expression, by: filter)
      }
      return
    }
    var targets: Set<Int> = []
    for name in names {
      guard case .rule(let target) = index[name] else {
        warn(.unknownRule, name, filter)
        continue
      }
      guard filter.logSource.contains(rules[target].logSource) else {
        warn(.filterOutsideLogSource, name, filter)
        continue
      }
      if targets.insert(target).inserted {
        rules[target].expression = filtered(rules[target].expression, by: filter)
      }
    }
  }

  private func filtered(_ expression: Expression, by filter: SigmaFilter) -> Expression {
    switch polarity {
    case .excludes: .all([expression, .not(filter.expression)])
    case .requires: .all([expression, filter.expression])
    }
  }

  private mutating func warn(_ reason: SigmaDiagnostic.Reason, _ subject: String, _ filter: SigmaFilter) {
    diagnostics.append(SigmaDiagnostic(reason, subject, at: filter.metadata.location, severity: .warning))
  }
}

extension SigmaLogSource {
  /// Whether everything that this one says, the other says too.
  public func contains(_ other: SigmaLogSource) -> Bool {
    (category == nil || category == other.category) && (product == nil || product == other.product)
      && (service == nil || service == other.service)
  }
}
