extension DetectionItem {
  /// What a value asks of the field once all modifiers are applied.
  func expression(of value: SigmaValue, at place: Place) throws(SigmaDiagnostic) -> Expression {
    switch value {
    case .text(let text):
      guard let text = text.materialized else { throw reading.refusal(.notEncodable, text.description, at: place) }
      return compared(.text(text.pattern))
    case .number(let number): return compared(.text(TextPattern(literal: number.text)))
    case .boolean(let flag): return compared(.text(TextPattern(literal: flag ? "true" : "false")))
    case .null: return try fieldOnly(.null, at: place)
    case .exists(let flag):
      let exists = try fieldOnly(.exists, at: place)
      return flag ? exists : .not(exists)
    case .timePart(let part, let number): return try fieldOnly(.timePart(part, .equal, number), at: place)
    case .fieldReference(let reference): return try fieldOnly(.fieldReference(reference), at: place)
    case .regularExpression(let expression): return compared(.regularExpression(expression))
    case .predicate(let predicate): return compared(predicate)
    case .expansion(let values):
      var parts: [Expression] = []
      for value in values { parts.append(try expression(of: value, at: place)) }
      return .disjunction(parts)
    }
  }

  private func fieldOnly(_ predicate: Predicate, at place: Place) throws(SigmaDiagnostic) -> Expression {
    guard let field else { throw reading.refusal(.needsField, "", at: place) }
    return .field(field, predicate)
  }

  /// A keyword is looked for anywhere in each value, unless the rule says at which end of it.
  private func compared(_ predicate: Predicate) -> Expression {
    if let field { return .field(field, predicate) }
    guard case .text(var pattern) = predicate, !modifierNames.contains("startswith"),
      !modifierNames.contains("endswith")
    else { return .keyword(predicate) }
    pattern = TextPattern([.anyRun] + pattern.elements + [.anyRun], isCased: pattern.isCased)
    return .keyword(.text(pattern))
  }
}
