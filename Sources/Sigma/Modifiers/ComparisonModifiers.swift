extension SigmaModifier {
  static let less = comparison(.less)
  static let lessOrEqual = comparison(.lessOrEqual)
  static let greater = comparison(.greater)
  static let greaterOrEqual = comparison(.greaterOrEqual)

  /// Of a number, or of a part of a time: `hour|gte`.
  private static func comparison(_ comparison: Comparison) -> SigmaModifier {
    SigmaModifier(
      comparison.rawValue,
      value: { value, context throws(ModifierFault) in
        guard context.field != nil else { throw ModifierFault(.needsField) }
        switch value {
        case .number(let number): return .predicate(.number(comparison, number.value))
        case .timePart(let part, let number): return .predicate(.timePart(part, comparison, number))
        default: throw ModifierFault(.wrongValueType)
        }
      })
  }
}
