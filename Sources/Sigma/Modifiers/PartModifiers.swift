extension SigmaModifier {
  /// The value stands anywhere in the field.
  static let contains = part("contains", .anywhere)
  /// The field begins with the value.
  static let startsWith = part("startswith", .prefix)
  /// The field ends with the value.
  static let endsWith = part("endswith", .suffix)

  /// Wildcards within the value stay what they are. A regular expression is searched anywhere already, so the modifier
  /// changes nothing there; pySigma puts `.*` around it, which is found in the same texts.
  private static func part(_ name: String, _ part: FieldReference.Part) -> SigmaModifier {
    SigmaModifier(
      name,
      value: { value, context throws(ModifierFault) in
        switch value {
        case .text(var text):
          if part != .prefix { text.pattern = TextPattern([.anyRun] + text.elements, isCased: text.isCased) }
          if part != .suffix { text.append(.anyRun) }
          return .text(text)
        case .fieldReference(var reference):
          reference.part = reference.part.widened(by: part)
          return .fieldReference(reference)
        case .regularExpression:
          context.warn(.withoutEffect)
          return value
        default: throw ModifierFault(.wrongValueType)
        }
      })
  }
}

extension FieldReference.Part {
  /// Both ends open means anywhere.
  fileprivate func widened(by other: Self) -> Self { self == .whole || self == other ? other : .anywhere }
}
