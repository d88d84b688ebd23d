extension SigmaModifier {
  /// The value is a regular expression, taken as it is written: `*`, `?` and backslashes are its own. Whether it
  /// compiles is for the engine to say.
  static let regularExpression = SigmaModifier(
    "re",
    value: { value, context throws(ModifierFault) in
      try context.requireFirst()
      guard case .text(let text) = value, let source = text.literal else { throw ModifierFault(.wrongValueType) }
      return .regularExpression(RegularExpression(source))
    })

  static let ignoreCase = flag(["i", "ignorecase"]) { $0.ignoresCase = true }
  static let multiline = flag(["m", "multiline"]) { $0.isMultiline = true }
  static let dotMatchesNewline = flag(["s", "dotall"]) { $0.dotMatchesNewline = true }

  private static func flag(
    _ names: [String], _ set: @escaping @Sendable (inout RegularExpression) -> Void
  ) -> SigmaModifier {
    SigmaModifier(
      names: names,
      value: { value, _ throws(ModifierFault) in
        guard case .regularExpression(var expression) = value else { throw ModifierFault(.wrongValueType) }
        set(&expression)
        return .regularExpression(expression)
      })
  }
}
