/// What a value of a rule is between two modifiers.
indirect enum SigmaValue {
  case text(SigmaText)
  case number(YAMLNumber)
  case boolean(Bool)
  case null
  case timePart(TimePart, Double)
  case regularExpression(RegularExpression)
  case fieldReference(FieldReference)
  case exists(Bool)
  /// A comparison that no modifier changes any more.
  case predicate(Predicate)
  /// What one value was made into (`windash`, `base64offset`, `expand`): any of them will do, also with `all`.
  case expansion([SigmaValue])

  /// Bytes of text that the value holds.
  var byteCount: Int {
    switch self {
    case .text(let text): text.byteCount
    case .regularExpression(let expression): expression.source.utf8.count
    case .expansion(let values): values.reduce(0) { $0 + $1.byteCount }
    case .number, .boolean, .null, .timePart, .fieldReference, .exists, .predicate: 0
    }
  }

  /// A value as the rule has it, for messages.
  var description: String {
    switch self {
    case .text(let text): text.description
    case .number(let number): number.text
    case .boolean(let flag): flag ? "true" : "false"
    case .null: "null"
    case .timePart(let part, let value): "\(part.rawValue) \(value)"
    case .regularExpression(let expression): expression.source
    case .fieldReference(let reference): reference.field
    case .exists(let flag): "exists \(flag)"
    case .predicate: "comparison"
    case .expansion(let values): values.first?.description ?? ""
    }
  }
}
