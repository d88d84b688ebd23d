extension SigmaModifier {
  static let minute = timePart(.minute)
  static let hour = timePart(.hour)
  static let day = timePart(.day)
  static let week = timePart(.week)
  static let month = timePart(.month)
  static let year = timePart(.year)

  /// The value is what a part of the field's time must be; a comparison may follow.
  private static func timePart(_ part: TimePart) -> SigmaModifier {
    SigmaModifier(
      part.rawValue,
      value: { value, context throws(ModifierFault) in
        guard context.field != nil else { throw ModifierFault(.needsField) }
        guard case .number(let number) = value, number.value == number.value.rounded() else {
          throw ModifierFault(.wrongValueType)
        }
        return .timePart(part, number.value)
      })
  }
}
