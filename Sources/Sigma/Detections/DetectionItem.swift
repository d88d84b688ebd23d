/// One item of a selection: a field with modifiers and the values that it is compared with (Sigma 2.1, "Detection"),
/// or keywords when there is no field.
struct DetectionItem {
  let reading: SigmaReading
  /// Nil for keywords.
  let field: String?
  let modifierNames: [String]
  let place: Place

  /// `key` is a field, then the modifiers, each after a `|`; an empty field means keywords.
  init(_ key: String, at place: Place, _ reading: SigmaReading) {
    let parts = key.split(separator: "|", omittingEmptySubsequences: false)
    field = parts[0].isEmpty ? nil : String(parts[0])
    modifierNames = parts.dropFirst().map(String.init)
    self.place = place
    self.reading = reading
  }

  /// Keywords without modifiers.
  init(keywordsAt place: Place, _ reading: SigmaReading) {
    self.init("", at: place, reading)
  }

  func expression(_ node: YAMLNode) throws(SigmaDiagnostic) -> Expression {
    let nodes: [YAMLNode]
    var isList = false
    switch node.content {
    case .scalar: nodes = [node]
    case .list(let list): (nodes, isList) = (list, true)
    case .map: throw reading.refusal(.unsupportedNesting, name, at: node.place)
    }
    if nodes.isEmpty { return try emptyList(at: node.place) }

    var linking = ValueLinking()
    let modifiers = try modifiers(linking: &linking)
    var parts: [Expression] = []
    var size = 0
    parts.reserveCapacity(nodes.count)
    for node in nodes {
      guard let scalar = node.scalar else { throw reading.refusal(.unsupportedNesting, name, at: node.place) }
      if isList, nodes.count > 1, scalar.isNull { reading.warn(.nullInValueList, name, at: node.place) }
      let part = try expression(of: modified(scalar, by: modifiers, at: node.place), at: node.place)
      size += part.size
      guard size <= reading.limits.maximumExpressionSize else {
        throw reading.refusal(.expressionTooLarge, name, at: node.place)
      }
      parts.append(part)
    }
    if linking.needsAll, parts.count == 1 { reading.warn(.allOnSingleValue, name, at: place) }
    let linked = linking.needsAll ? Expression.conjunction(parts) : .disjunction(parts)
    return linking.isNegated ? .not(linked) : linked
  }

  private var name: String { ([field ?? ""] + modifierNames).joined(separator: "|") }

  /// pySigma takes an empty list for null.
  private func emptyList(at place: Place) throws(SigmaDiagnostic) -> Expression {
    guard let field, modifierNames.isEmpty else { throw reading.refusal(.emptyValueList, name, at: place) }
    reading.warn(.emptyValueList, name, at: place)
    return .field(field, .null)
  }

  // MARK: Modifiers

  private struct AppliedModifier {
    var name: String
    var change: SigmaModifier.ValueChange
    var context: ModifierContext
  }

  /// The modifiers that change values; those that only say how values are linked have had their say.
  private func modifiers(linking: inout ValueLinking) throws(SigmaDiagnostic) -> [AppliedModifier] {
    guard modifierNames.count <= reading.limits.maximumModifiers else {
      throw reading.refusal(.tooManyValues, "\(modifierNames.count)", at: place)
    }
    var applied: [AppliedModifier] = []
    for (index, name) in modifierNames.enumerated() {
      guard let modifier = SigmaModifier.named(name) else { throw reading.refusal(.unknownModifier, name, at: place) }
      switch modifier.application {
      case .list(let change): change(&linking)
      case .value(let change):
        let context = ModifierContext(
          field: field, appliedNames: Array(modifierNames[..<index]), placeholders: reading.placeholders,
          warn: { reading.warn($0, name, at: place) })
        applied.append(AppliedModifier(name: name, change: change, context: context))
      }
    }
    return applied
  }

  private func modified(
    _ scalar: YAMLScalar, by modifiers: [AppliedModifier], at place: Place
  ) throws(SigmaDiagnostic) -> SigmaValue {
    var value = initialValue(scalar)
    for modifier in modifiers {
      do throws(ModifierFault) {
        value = try change(value, by: modifier)
      } catch {
        let subject = [modifier.name, error.subject ?? value.description].joined(separator: ": ")
        throw reading.refusal(error.reason, subject, at: place)
      }
    }
    return value
  }

  /// Expansions within expansions become one, so that what all modifiers together make of a value can be limited.
  private func change(_ value: SigmaValue, by modifier: AppliedModifier) throws(ModifierFault) -> SigmaValue {
    guard case .expansion(let values) = value else {
      guard value.byteCount <= reading.limits.maximumModifiedTextLength else {
        throw ModifierFault(.textTooLong, "\(value.byteCount)")
      }
      let changed = try modifier.change(value, modifier.context)
      guard reading.allowsBytes(changed.byteCount) else { throw ModifierFault(.tooManyValues) }
      return changed
    }
    var changed: [SigmaValue] = []
    for value in values {
      switch try change(value, by: modifier) {
      case .expansion(let more): changed += more
      case let single: changed.append(single)
      }
      guard changed.count <= reading.limits.maximumExpansions else { throw ModifierFault(.tooManyValues) }
    }
    return .expansion(changed)
  }

  /// A regular expression is the text as it stands, numbers included; anything else has wildcards and a type.
  private func initialValue(_ scalar: YAMLScalar) -> SigmaValue {
    if modifierNames.contains("re"), !scalar.isNull { return .text(SigmaText(literal: scalar.text)) }
    switch scalar.value {
    case .null: return .null
    case .boolean(let flag): return .boolean(flag)
    case .number(let number): return .number(number)
    case .text(let text): return .text(SigmaText(parsing: text))
    }
  }
}
