/// A text with wildcards that a whole value is compared with (Sigma 2.1, "Wildcards" and "Escaping").
///
/// Unless `isCased`, both sides are folded by Unicode simple case folding (`CaseFolding`).
public struct TextPattern: Hashable, Sendable {
  public enum Element: Hashable, Sendable {
    /// Never empty; two literals never stand side by side.
    case literal(String)
    /// `*`: any run of characters, also none. Never twice in a row.
    case anyRun
    /// `?`: exactly one character (Unicode scalar).
    case anyCharacter
  }

  /// Empty for the empty text.
  public var elements: [Element]
  public var isCased: Bool

  /// Joins literals and runs that stand side by side.
  public init(_ elements: [Element], isCased: Bool = false) {
    self.elements = []
    self.isCased = isCased
    for element in elements { append(element) }
  }

  /// The text itself, wildcards taken literally.
  public init(literal: String, isCased: Bool = false) {
    self.init([.literal(literal)], isCased: isCased)
  }

  public mutating func append(_ element: Element) {
    switch (elements.last, element) {
    case (_, .literal("")), (.anyRun, .anyRun): break
    case (.literal(let before), .literal(let text)): elements[elements.count - 1] = .literal(before + text)
    default: elements.append(element)
    }
  }

  /// The only literal of the pattern and where it may stand, when there is nothing but runs around it.
  public var anchoredLiteral: (text: String, part: FieldReference.Part)? {
    switch elements.count {
    case 0: ("", .whole)
    case 1: if case .literal(let text) = elements[0] { (text, .whole) } else { nil }
    case 2:
      switch (elements[0], elements[1]) {
      case (.anyRun, .literal(let text)): (text, .suffix)
      case (.literal(let text), .anyRun): (text, .prefix)
      default: nil
      }
    case 3:
      if case (.anyRun, .literal(let text), .anyRun) = (elements[0], elements[1], elements[2]) {
        (text, .anywhere)
      } else {
        nil
      }
    default: nil
    }
  }
}
