/// A text as a key by its code units.
///
/// `String` calls two texts equal that differ in their composition (é as one scalar or as two), but a log has to keep
/// them apart: what is shared by equal keys is written with the units of the first.
struct ExactText: Hashable, Sendable {
  var text: String

  init(_ text: String) { self.text = text }

  static func == (left: Self, right: Self) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  /// Equal units hash equally, which is all that is needed.
  func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
