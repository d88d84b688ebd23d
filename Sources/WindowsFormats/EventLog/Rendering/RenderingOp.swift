/// One step of a compiled template. A program is a run of these; literal text is already escaped for its output.
struct RenderingOp {
  enum Kind: UInt8 {
    /// Copy `length` bytes of the literal pool from `offset`.
    case literal

    // MARK: JSON
    /// A value where JSON wants one; null becomes `""`.
    case value
    /// The value's text as a string, whatever its type; null becomes `null`: the fields of System.
    case textOrNull
    /// As `value`, but null becomes `null` and text of decimal digits a number.
    case number
    /// As `number`, and compared with the id in the record's header, which stands in for what is no number.
    case recordID
    /// The value's text inside a JSON string.
    case text
    /// The elements of an array, or the one value, separated by commas.
    case items
    /// A comma unless nothing stands before it in its object or array.
    case comma
    /// Key and opening brace of an object that is taken back when it stays empty.
    case groupBegin
    case groupEnd
    /// An attribute: comma, key (the literal at `offset`) and value; nothing when the value is null or empty.
    case attribute
    /// `{"#attributes":{`, taken back by `attributesEnd` when no attribute was written.
    case attributesBegin
    case attributesEnd
    /// After `attributesEnd`: what an element without content, with one value, with text, with children or with a
    /// nested fragment writes.
    case finishEmpty, finishValue, finishTextBegin, finishTextEnd, finishChildren, finishNested
    /// The end of an object that is `""` when it has no members.
    case membersEnd
    /// A nested fragment's EventData or UserData as members of the object being written.
    case nestedData
    /// A nested fragment's elements as members of the object being written.
    case nestedMembers
    /// A nested fragment as an object, or the value when it is none.
    case nestedValue
    /// `,"recovered":…` and what else depends on the record's circumstances.
    case tail

    // MARK: XML
    /// The value's text, escaped.
    case xmlText
    /// An attribute: ` name="` (the literal at `offset`), value, quote; nothing when the value is null or empty.
    case xmlAttribute
    /// A part of an attribute's text: its own value also where the element is repeated for an array.
    case xmlAttributeText
    /// A nested fragment's elements.
    case xmlNested
    /// The next `length` ops are run once for each element of the array in the value; once when it is no array.
    case xmlRepeat

    // MARK: Slots
    /// A field's value: the substitution, or with `isAbsolute` the bytes at `offset`. `field` names it.
    case slot
    /// A field's value that is text of the template: the literal at `offset`.
    case slotLiteral
    /// Text between these is one slot, joined: pieces of text and values.
    case slotJoinBegin, slotJoinText, slotJoinValue, slotJoinEnd
    /// A nested fragment's fields.
    case slotNested
  }

  /// Stands in `substitution` when the op itself says where the value is: an expanded fragment.
  static let absolute: UInt16 = 0xFFFF

  var kind: Kind
  /// Value type of an absolute value.
  var valueType: UInt8 = 0
  var substitution: UInt16 = 0
  var offset: UInt32 = 0
  var length: UInt32 = 0
  var field: UInt32 = 0
}

/// What a fragment is to its surroundings: the same template renders differently in each.
enum FragmentRole: UInt8 {
  /// A whole record: `Event` with `System`.
  case document
  /// What stands behind `System`: `EventData`, `UserData`…
  case data
  /// Elements inside other content.
  case members
}

/// A compiled template.
struct RenderingProgram {
  var role: FragmentRole
  /// False when the template needs the record's own values (a field name that is a value, several data sections):
  /// its records are expanded.
  var isUsable: Bool
  var first: Int32
  var end: Int32
}
