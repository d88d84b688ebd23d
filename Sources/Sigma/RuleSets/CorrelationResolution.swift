/// Finds what correlations refer to, and puts them into an order in which that comes first.
struct CorrelationResolution {
  let index: DocumentIndex
  let correlations: [SigmaCorrelation]
  private(set) var diagnostics: [SigmaDiagnostic] = []

  init(index: DocumentIndex, correlations: [SigmaCorrelation]) {
    self.index = index
    self.correlations = correlations
  }

  /// Correlations that refer to something unknown, or in a circle, are left out, and with them those that refer to them.
  mutating func resolve() -> [SigmaRuleSet.ResolvedCorrelation] {
    let candidates = correlations.map { resolved($0) }
    // What each one waits for. Nothing is recursive here: chains may be as long as the set.
    var waiting: [Int: [Int]] = [:]
    var missing = candidates.map { candidate in candidate?.references.count(where: \.isCorrelation) ?? -1 }
    for (position, candidate) in candidates.enumerated() {
      for case .correlation(let other) in candidate?.references ?? [] { waiting[other, default: []].append(position) }
    }
    var ready = missing.indices.filter { missing[$0] == 0 }
    var order: [Int] = []
    while !ready.isEmpty {
      var next: [Int] = []
      for position in ready {
        order.append(position)
        for other in waiting[position] ?? [] {
          missing[other] -= 1
          if missing[other] == 0 { next.append(other) }
        }
      }
      ready = next.sorted()
    }
    reportLeftOut(candidates, Set(order))
    return renumbered(order.compactMap { position in candidates[position].map { (position, $0) } })
  }

  private mutating func resolved(_ correlation: SigmaCorrelation) -> SigmaRuleSet.ResolvedCorrelation? {
    var references: [SigmaRuleSet.Reference] = []
    for name in correlation.rules {
      guard let reference = index[name] else {
        diagnostics.append(SigmaDiagnostic(.unknownRule, name, at: correlation.metadata.location))
        return nil
      }
      references.append(reference)
    }
    var correlation = correlation
    for (alias, fields) in correlation.aliases.sorted(by: { $0.key < $1.key }) {
      var respelt: [String: String] = [:]
      for (name, field) in fields.sorted(by: { $0.key < $1.key }) {
        guard let reference = index[name], let position = references.firstIndex(of: reference) else {
          diagnostics.append(SigmaDiagnostic(.ruleNotListed, name, at: correlation.metadata.location))
          return nil
        }
        respelt[correlation.rules[position]] = field
      }
      correlation.aliases[alias] = respelt
    }
    return SigmaRuleSet.ResolvedCorrelation(correlation: correlation, references: references)
  }

  private mutating func reportLeftOut(
    _ candidates: [SigmaRuleSet.ResolvedCorrelation?], _ placed: Set<Int>
  ) {
    for (position, candidate) in candidates.enumerated() {
      guard let candidate, !placed.contains(position) else { continue }
      let refused = zip(candidate.references, candidate.correlation.rules).first { reference, _ in
        if case .correlation(let other) = reference { candidates[other] == nil } else { false }
      }
      let location = candidate.correlation.metadata.location
      if let refused {
        diagnostics.append(SigmaDiagnostic(.unknownRule, refused.1, at: location))
      } else {
        diagnostics.append(SigmaDiagnostic(.correlationCycle, candidate.correlation.metadata.title, at: location))
      }
    }
  }

  /// References by position in the order, not among all correlations.
  private func renumbered(
    _ ordered: [(Int, SigmaRuleSet.ResolvedCorrelation)]
  ) -> [SigmaRuleSet.ResolvedCorrelation] {
    let positions = Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1.0, $0) })
    return ordered.map { _, resolved in
      var resolved = resolved
      resolved.references = resolved.references.map { reference in
        guard case .correlation(let other) = reference, let position = positions[other] else { return reference }
        return .correlation(position)
      }
      return resolved
    }
  }
}

extension SigmaRuleSet.Reference {
  fileprivate var isCorrelation: Bool { if case .correlation = self { true } else { false } }
}
