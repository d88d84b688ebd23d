extension SigmaModifier {
  /// `-` and `/` that begin a flag, in every form that Windows programs take: `-`, `/`, en dash, em dash and horizontal
  /// bar, each place by itself.
  ///
  /// A flag begins where no letter, digit or underscore stands before the dash and one behind it (pySigma: `\B[-/]\b`).
  /// A value may hold three of them, that is 125 forms; pySigma draws the same line.
  static let windowsDash = SigmaModifier(
    "windash",
    value: { value, _ throws(ModifierFault) in
      guard case .text(let text) = value else { throw ModifierFault(.wrongValueType) }
      guard text.encoding == nil else { throw ModifierFault(.wrongModifierOrder) }
      var forms = [SigmaText(literal: "")]
      var dashes = 0
      for element in text.elements {
        guard case .literal(let literal) = element else {
          for index in forms.indices { forms[index].append(element) }
          continue
        }
        for (index, piece) in pieces(of: literal).enumerated() {
          if index > 0 {
            dashes += 1
            guard dashes <= 3 else { throw ModifierFault(.tooManyDashes) }
            forms = forms.flatMap { form in
              dashForms.map { dash in
                var form = form
                form.append(.literal(dash))
                return form
              }
            }
          }
          for index in forms.indices { forms[index].append(.literal(piece)) }
        }
      }
      return .expansion(
        forms.map { form in
          var form = form
          form.isCased = text.isCased
          return .text(form)
        })
    })

  private static let dashForms = ["-", "/", "\u{2013}", "\u{2014}", "\u{2015}"]

  /// The text between the dashes that begin a flag.
  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    var current = String.UnicodeScalarView()
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let isDash = scalar == "-" || scalar == "/"
      if isDash, index == 0 || !isWordCharacter(scalars[index - 1]), index + 1 < scalars.count,
        isWordCharacter(scalars[index + 1])
      {
        pieces.append(String(current))
        current = String.UnicodeScalarView()
      } else {
        current.append(scalar)
      }
    }
    return pieces + [String(current)]
  }

  private static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "_" { return true }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      return true
    default: return false
    }
  }
}
