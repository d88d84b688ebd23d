extension SigmaModifier {
  /// Letters count as they are written.
  static let cased = SigmaModifier(
    "cased",
    value: { value, _ throws(ModifierFault) in
      switch value {
      case .text(var text):
        text.isCased = true
        return .text(text)
      case .fieldReference(var reference):
        reference.isCased = true
        return .fieldReference(reference)
      default: throw ModifierFault(.wrongValueType)
      }
    })
}
