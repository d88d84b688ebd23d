extension SigmaModifier {
  /// `%name%` stands for values from outside the rule, any of which will do (Sigma 2.1, "Placeholders"). `\%` is a plain
  /// percent sign, as is one that no other follows. In a regular expression the values are taken literally.
  ///
  /// A value without a placeholder stays as it is; one whose placeholder is unknown is refused, as the specification
  /// demands. pySigma 2.0 takes `\%name%` for a backslash and a placeholder; the specification is followed.
  static let expand = SigmaModifier(
    "expand",
    value: { value, context throws(ModifierFault) in
      switch value {
      case .text(let text):
        guard text.encoding == nil else { throw ModifierFault(.wrongModifierOrder) }
        let forms = try expanded(text, context)
        return forms.count == 1 ? .text(forms[0]) : .expansion(forms.map { .text($0) })
      case .regularExpression(let expression):
        let forms = try expanded(expression, context)
        return forms.count == 1 ? .regularExpression(forms[0]) : .expansion(forms.map { .regularExpression($0) })
      default: throw ModifierFault(.wrongValueType)
      }
    })

  /// As many values as pySigma makes of one, so that a few names do not become millions of patterns.
  static let maximumExpansions = 200

  private static func expanded(_ text: SigmaText, _ context: ModifierContext) throws(ModifierFault) -> [SigmaText] {
    var forms = [SigmaText(literal: "")]
    for element in text.elements {
      guard case .literal(let literal) = element else {
        for index in forms.indices { forms[index].append(element) }
        continue
      }
      for piece in PlaceholderText(literal).pieces {
        forms = try combined(forms, try values(of: piece, context).map { SigmaText(parsing: $0) }, piece)
      }
    }
    for index in forms.indices { forms[index].isCased = text.isCased }
    return forms
  }

  private static func combined(
    _ forms: [SigmaText], _ values: [SigmaText], _ piece: PlaceholderText.Piece
  ) throws(ModifierFault) -> [SigmaText] {
    if case .literal(let literal) = piece {
      return forms.map { form in
        var form = form
        form.append(.literal(literal))
        return form
      }
    }
    guard forms.count * values.count <= maximumExpansions else { throw ModifierFault(.tooManyValues) }
    return forms.flatMap { form in
      values.map { value in
        var form = form
        for element in value.elements { form.append(element) }
        return form
      }
    }
  }

  private static func expanded(
    _ expression: RegularExpression, _ context: ModifierContext
  ) throws(ModifierFault) -> [RegularExpression] {
    var sources = [""]
    for piece in PlaceholderText(expression.source, keepsEscapes: true).pieces {
      let values: [String]
      switch piece {
      case .literal(let literal): values = [literal]
      case .placeholder: values = try self.values(of: piece, context).map(quoted)
      }
      guard sources.count * values.count <= maximumExpansions else { throw ModifierFault(.tooManyValues) }
      sources = sources.flatMap { source in values.map { source + $0 } }
    }
    return sources.map { source in
      var expression = expression
      expression.source = source
      return expression
    }
  }

  private static func values(
    of piece: PlaceholderText.Piece, _ context: ModifierContext
  ) throws(ModifierFault) -> [String] {
    guard case .placeholder(let name) = piece else { return [] }
    guard let values = context.placeholders[name] else { throw ModifierFault(.unresolvedPlaceholder, name) }
    return values
  }

  private static func quoted(_ text: String) -> String {
    var quoted = ""
    for scalar in text.unicodeScalars {
      if "\\^$.|?*+()[]{}".unicodeScalars.contains(scalar) { quoted += "\\" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted
  }
}
