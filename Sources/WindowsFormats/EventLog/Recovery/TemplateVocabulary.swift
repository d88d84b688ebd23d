/// Texts and shapes of definitions that can be relied on. A text that damage has made is not among them.
///
/// A text counts when a proven definition has it, or when two copies have it that are not copies of each other (see
/// `TemplateWitness`), be they of the same definition or not.
struct TemplateVocabulary: Sendable {
  private var texts: Set<UInt64> = []
  private var shapes: Set<UInt64> = []
  /// Texts met once, with where that was.
  private var sighted: [UInt64: UInt64] = [:]

  /// Texts kept; the known fields of all events have some thousands.
  static let maximumCount = 1 << 18

  mutating func add(_ skeleton: TemplateSkeleton, isProven: Bool, context: UInt64) {
    guard hasRoom else { return }
    if isProven { shapes.insert(skeleton.shape) }
    for text in skeleton.texts {
      if isProven { texts.insert(text.hash) } else { sight(text.hash, context) }
    }
  }

  mutating func merge(_ other: TemplateVocabulary) {
    guard hasRoom else { return }
    texts.formUnion(other.texts)
    shapes.formUnion(other.shapes)
    for (text, context) in other.sighted { sight(text, context) }
  }

  private mutating func sight(_ text: UInt64, _ context: UInt64) {
    if context == 0 || texts.contains(text) { return }
    if let first = sighted[text], first != context {
      texts.insert(text)
      sighted[text] = nil
    } else {
      sighted[text] = context
    }
  }

  private var hasRoom: Bool {
    texts.count < TemplateVocabulary.maximumCount && shapes.count < TemplateVocabulary.maximumCount
      && sighted.count < TemplateVocabulary.maximumCount
  }

  func has(text: UInt64) -> Bool { texts.contains(text) }
  func has(shape: UInt64) -> Bool { shapes.contains(shape) }
}
