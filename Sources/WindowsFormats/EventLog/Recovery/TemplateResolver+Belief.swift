/// Which definitions are believed to be what was written.
///
/// A definition is believed when its bytes have a witness (`TemplateWitness`), or when it is exact in its structure and
/// what it says is familiar: each text is one of a definition that can be relied on (`TemplateVocabulary`), or the name
/// of a field is that of a field of another event (`KnownEventFields`) or made of the same words. A damaged name is
/// hardly ever any of these. What is not believed is not used: the values are then shown without names.
extension TemplateResolver {
  /// - Parameters:
  ///   - witness: What speaks for the definition beside the pools.
  ///   - isExact: Whether its structure is exact; without that only a witness counts.
  func believes(
    _ definition: TemplateDefinition, _ witness: TemplateWitness, isExact: Bool = true
  ) -> Bool {
    for pool in [file, wholeCase] {
      var all = witness
      all.merge(pool.witness(of: definition))
      if all.isTrusted { return true }
    }
    guard isExact, let skeleton = TemplateSkeleton(definition), skeleton.hasDistinctFields else { return false }
    let isKnownShape =
      skeleton.isSequential || file.vocabulary.has(shape: skeleton.shape)
      || wholeCase.vocabulary.has(shape: skeleton.shape)
    return isKnownShape && skeleton.texts.allSatisfy(isFamiliar)
  }

  private func isFamiliar(_ text: TemplateSkeleton.Text) -> Bool {
    if file.vocabulary.has(text: text.hash) || wholeCase.vocabulary.has(text: text.hash) { return true }
    guard let name = text.fieldName else { return false }
    let known = KnownEventFields.shared
    if known.names.contains(name[...]) { return true }
    guard let words = FieldNameWords.split(name), !words.isEmpty else { return false }
    return words.allSatisfy { $0.utf8.count >= FieldNameWords.minimumCount && known.words.contains($0) }
  }
}
