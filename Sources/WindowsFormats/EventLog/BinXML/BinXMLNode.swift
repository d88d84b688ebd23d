/// A node of a parsed fragment, in one flat arena; links are indices, -1 for none.
struct BinXMLNode {
  enum Kind: UInt8 {
    case root, element, attribute
    /// Character data or CDATA: UTF-16LE at `offset`, `length` code units.
    case text
    /// A substitution of a template whose values are not known yet.
    case substitution
    /// A value: `valueType`, bytes at `offset`, `length` bytes. A substitution of an expanded fragment, or a literal.
    case value
    /// A character reference: the code unit is in `substitution`.
    case characterReference
    /// An entity reference: its name at `offset`, `length` code units.
    case entityReference
    /// A template instance inside other content, its token at `offset`.
    case instance
  }

  var kind: Kind
  var valueType: UInt8 = 0
  /// For substitutions and values: an attribute that holds nothing else is left out when the value is null.
  var isOptional = false
  var substitution: UInt16 = 0
  /// Name of an element or attribute, or the content; an offset in the chunk.
  var offset: UInt32 = 0
  var length: UInt32 = 0
  var firstAttribute: Int32 = -1
  var lastAttribute: Int32 = -1
  var firstChild: Int32 = -1
  var lastChild: Int32 = -1
  var next: Int32 = -1
}
