/// Rules and correlations that belong together: what refers to another document is resolved, and filters are applied.
public struct SigmaRuleSet: Sendable {
  /// What a correlation is made of, by position in this set.
  public enum Reference: Hashable, Sendable {
    case rule(Int)
    case correlation(Int)
  }

  /// A correlation whose references are known.
  public struct ResolvedCorrelation: Hashable, Sendable {
    /// As written, but for `aliases`, whose inner keys are spelt as in `rules`.
    public var correlation: SigmaCorrelation
    /// One for each of `correlation.rules`. A correlation among them stands earlier in the set.
    public var references: [Reference]
  }

  /// In the order of the documents, filters applied.
  public private(set) var rules: [SigmaRule] = []
  /// Those that refer to rules alone, then those that refer to them, and so on; in the order of the documents otherwise.
  public private(set) var correlations: [ResolvedCorrelation] = []
  /// Documents that were left out, and warnings, in the order in which they were found.
  public private(set) var diagnostics: [SigmaDiagnostic] = []
  private var hushed: Set<Reference> = []

  /// - Parameter filterPolarity: what the conditions of all filters describe.
  public init(_ documents: [SigmaDocument], filterPolarity: FilterPolarity = .excludes) {
    var index = DocumentIndex()
    var correlations: [SigmaCorrelation] = []
    var filters: [SigmaFilter] = []
    for document in documents where index.admit(document.metadata) {
      switch document {
      case .rule(let rule):
        index.add(.rule(rules.count), rule.metadata)
        rules.append(rule)
      case .correlation(let correlation):
        index.add(.correlation(correlations.count), correlation.metadata)
        correlations.append(correlation)
      case .filter(let filter): filters.append(filter)
      }
    }
    var application = FilterApplication(index: index, polarity: filterPolarity)
    for filter in filters { application.apply(filter, to: &rules) }
    var resolution = CorrelationResolution(index: index, correlations: correlations)
    self.correlations = resolution.resolve()
    diagnostics = index.diagnostics + application.diagnostics + resolution.diagnostics
    hushed = Self.hushed(by: self.correlations)
  }

  /// Whether a match is a finding of its own. Rules that correlations refer to are not, unless one of those correlations
  /// says `generate: true`.
  public func reportsOnItsOwn(_ reference: Reference) -> Bool { !hushed.contains(reference) }

  private static func hushed(by correlations: [ResolvedCorrelation]) -> Set<Reference> {
    var referenced: Set<Reference> = []
    var generated: Set<Reference> = []
    for resolved in correlations {
      referenced.formUnion(resolved.references)
      if resolved.correlation.generatesForRules { generated.formUnion(resolved.references) }
    }
    return referenced.subtracting(generated)
  }
}
