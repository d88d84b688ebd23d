/// Ids and names of the documents of a set.
struct DocumentIndex {
  private var ids: [String: SigmaRuleSet.Reference] = [:]
  private var names: [String: SigmaRuleSet.Reference] = [:]
  private var knownIDs: [String: SigmaLocation] = [:]
  private(set) var diagnostics: [SigmaDiagnostic] = []

  /// Whether the document's id is new. The second with the same one is refused: findings are named by it.
  mutating func admit(_ metadata: SigmaMetadata) -> Bool {
    guard let id = metadata.id else { return true }
    if knownIDs[id] != nil {
      diagnostics.append(SigmaDiagnostic(.duplicateID, id, at: metadata.location))
      return false
    }
    knownIDs[id] = metadata.location
    return true
  }

  /// A name that is taken stays with the first who has it; the second can still be referred to by its id.
  mutating func add(_ reference: SigmaRuleSet.Reference, _ metadata: SigmaMetadata) {
    if let id = metadata.id { ids[id] = reference }
    guard let name = metadata.name else { return }
    if names[name] == nil {
      names[name] = reference
    } else {
      diagnostics.append(SigmaDiagnostic(.duplicateName, name, at: metadata.location, severity: .warning))
    }
  }

  subscript(idOrName: String) -> SigmaRuleSet.Reference? { ids[idOrName.lowercased()] ?? names[idOrName] }
}
