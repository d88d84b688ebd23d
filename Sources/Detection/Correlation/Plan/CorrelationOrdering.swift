import Sigma

/// Puts correlations in an order in which each comes after those that it refers to, and refuses what cannot be run.
struct CorrelationOrdering {
  private(set) var diagnostics: [SigmaDiagnostic] = []
  private let correlations: [SigmaCorrelation]
  private let ruleCount: Int
  /// By index of the correlation; nil when refused.
  private var candidates: [CorrelationProgram?] = []

  init(_ correlations: [SigmaCorrelation], names: RuleNames, limits: CorrelationLimits, ruleCount: Int) {
    self.correlations = correlations
    self.ruleCount = ruleCount
    for (index, document) in correlations.enumerated() {
      do throws(CorrelationFault) {
        var program = try CorrelationProgram(document, limits: limits)
        program.correlation = index
        try resolve(document.rules, names: names, into: &program)
        candidates.append(program)
      } catch {
        candidates.append(nil)
        refuse(index, error)
      }
    }
  }

  private func resolve(
    _ references: [String], names: RuleNames, into program: inout CorrelationProgram
  ) throws(CorrelationFault) {
    for reference in references {
      guard let number = names.number(of: reference) else { throw .unknownRule }
      program.rules.append(number)
      program.isChained.append(number >= ruleCount)
    }
    guard Set(program.rules).count == program.rules.count else { throw .duplicateRule }
  }

  private mutating func refuse(_ index: Int, _ fault: CorrelationFault) {
    let metadata = correlations[index].metadata
    diagnostics.append(
      SigmaDiagnostic(
        SigmaDiagnostic.Reason(rawValue: fault.rawValue), metadata.name ?? metadata.id ?? metadata.title,
        at: metadata.location))
  }

  /// Takes, again and again, the correlations whose references are all taken: what remains refers to a refused one or
  /// to itself.
  mutating func programs() -> [CorrelationProgram] {
    var sorted: [CorrelationProgram] = []
    var ranks: [Int: Int] = [:]
    var missing = candidates.map { $0.map(chained)?.count ?? -1 }
    var parents: [[Int]] = Array(repeating: [], count: candidates.count)
    for (index, program) in candidates.enumerated() {
      for child in program.map(chained) ?? [] { parents[child].append(index) }
    }
    var ready = candidates.indices.filter { missing[$0] == 0 }
    while !ready.isEmpty {
      var next: [Int] = []
      for index in ready {
        guard var program = candidates[index] else { continue }
        for child in chained(program) {
          guard let rank = ranks[child] else { continue }
          sorted[rank].hasParents = true
          program.delay = max(program.delay, sorted[rank].longestUntilJudged)
        }
        ranks[index] = sorted.count
        sorted.append(program)
        for parent in parents[index] {
          missing[parent] -= 1
          if missing[parent] == 0 { next.append(parent) }
        }
      }
      ready = next.sorted()
    }
    refuseRemaining(except: ranks)
    return sorted
  }

  private mutating func refuseRemaining(except ranks: [Int: Int]) {
    // What depends on a refused one is not part of a cycle; what depends on that neither.
    var refused = Set(candidates.indices.filter { candidates[$0] == nil })
    var remaining = candidates.indices.filter { ranks[$0] == nil && candidates[$0] != nil }
    var changed = true
    while changed {
      changed = false
      for index in remaining where candidates[index].map(chained)?.contains(where: refused.contains) == true {
        refused.insert(index)
        refuse(index, .refusedRule)
        changed = true
      }
      remaining.removeAll(where: refused.contains)
    }
    for index in remaining { refuse(index, .cycle) }
    diagnostics.sort { left, right in
      (left.location.path, left.location.line, left.subject) < (right.location.path, right.location.line, right.subject)
    }
  }

  /// Indices of the correlations that a program refers to.
  private func chained(_ program: CorrelationProgram) -> [Int] {
    program.rules.compactMap { $0 >= ruleCount ? $0 - ruleCount : nil }
  }
}

extension CorrelationProgram {
  /// How far behind the stream an emission may be when it is told.
  var longestUntilJudged: UInt64 {
    guard waitsForWindow else { return delay }
    let (sum, overflow) = delay.addingReportingOverflow(timespan)
    return overflow ? .max : sum
  }
}
