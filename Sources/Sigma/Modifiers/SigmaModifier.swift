/// A modifier of Sigma 2.1 ("Modifiers"): a name after a field name and `|`. Modifiers are applied from left to right.
struct SigmaModifier: Sendable {
  enum Application: Sendable {
    /// To each value by itself.
    case value(ValueChange)
    /// To how the values are taken together.
    case list(@Sendable (inout ValueLinking) -> Void)
  }

  let names: [String]
  let application: Application

  typealias ValueChange = @Sendable (SigmaValue, ModifierContext) throws(ModifierFault) -> SigmaValue

  init(names: [String], value: @escaping ValueChange) {
    self.names = names
    application = .value(value)
  }

  init(_ names: String..., value: @escaping ValueChange) { self.init(names: names, value: value) }

  init(_ names: String..., list: @escaping @Sendable (inout ValueLinking) -> Void) {
    self.names = names
    application = .list(list)
  }

  /// Every modifier. pySigma does not know `utf16le`, which the specification has.
  static let all: [SigmaModifier] = [
    .allValues, .neq,
    .contains, .startsWith, .endsWith, .cased, .windowsDash,
    .base64, .base64Offset, .wide, .utf16BigEndian, .utf16,
    .regularExpression, .ignoreCase, .multiline, .dotMatchesNewline,
    .exists, .cidr, .fieldReference, .expand,
    .less, .lessOrEqual, .greater, .greaterOrEqual,
    .minute, .hour, .day, .week, .month, .year,
  ]

  private static let byName: [String: SigmaModifier] = {
    var table: [String: SigmaModifier] = [:]
    for modifier in all { for name in modifier.names { table[name] = modifier } }
    return table
  }()

  static func named(_ name: String) -> SigmaModifier? { byName[name] }
}

/// What a modifier may know of the item that it belongs to.
struct ModifierContext {
  /// Nil for keywords.
  let field: String?
  /// Modifiers to the left.
  let appliedNames: [String]
  let placeholders: SigmaPlaceholders
  let warn: (SigmaDiagnostic.Reason) -> Void
}

/// How the values of an item are taken together.
struct ValueLinking {
  var needsAll = false
  var isNegated = false
}

/// Why a modifier refuses a value.
struct ModifierFault: Error {
  var reason: SigmaDiagnostic.Reason
  /// Nil for the value.
  var subject: String?

  init(_ reason: SigmaDiagnostic.Reason, _ subject: String? = nil) {
    self.reason = reason
    self.subject = subject
  }
}

extension ModifierContext {
  /// `re`, `cidr` and `exists` take values as they are written.
  func requireFirst() throws(ModifierFault) {
    if !appliedNames.isEmpty { throw ModifierFault(.wrongModifierOrder) }
  }
}
