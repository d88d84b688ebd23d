extension SigmaModifier {
  /// Whether the field is there, whatever it holds.
  static let exists = SigmaModifier(
    "exists",
    value: { value, context throws(ModifierFault) in
      try context.requireFirst()
      guard context.field != nil else { throw ModifierFault(.needsField) }
      guard case .boolean(let flag) = value else { throw ModifierFault(.wrongValueType) }
      return .exists(flag)
    })

  /// The value names another field of the event, with whose value the field is compared.
  static let fieldReference = SigmaModifier(
    "fieldref",
    value: { value, context throws(ModifierFault) in
      guard context.field != nil else { throw ModifierFault(.needsField) }
      guard case .text(let text) = value, text.encoding == nil else { throw ModifierFault(.wrongValueType) }
      guard let name = text.literal else { throw ModifierFault(.wildcardNotAllowed) }
      guard !name.isEmpty else { throw ModifierFault(.wrongValueType) }
      return .fieldReference(FieldReference(name, isCased: text.isCased))
    })
}
