public import WindowsFormats

/// Where the scanner stands between two bytes. Offsets are text offsets: bytes of UTF-8 since the start of the file.
struct ScanState: Sendable {
  enum Mode: Sendable {
    /// Between records: at the top level, or between the elements of an array whose elements are records.
    case between
    /// In a JSON value: a record, or the head or tail of a wrapper.
    case json
    /// In a number or word that is an array element.
    case scalar
    /// In a line of other text.
    case line
    /// In what follows a record on its line and is no record.
    case junk
    /// In an `<Event>` element.
    case event
  }

  var mode = Mode.between
  /// Text offset of the first byte of the view.
  var base = 0
  /// Text offset of the next byte to look at.
  var cursor = 0
  /// Where the record started; nil between records and while the rest of one is skipped.
  var start: Int?
  /// Whether a record already ended on this line.
  var lineHasRecord = false

  // JSON
  /// Open braces and brackets.
  var depth = 0
  /// The depth at which values are records: 0, or the depth of an array that holds them.
  var recordDepth = 0
  /// Bit n is set when the container of depth n + 1 is an array; deeper than 64 is not looked at.
  var arrays: UInt64 = 0
  var isInString = false
  var stringStart = 0
  /// The last byte outside strings that is no white space; a string counts as its quote.
  var previous: UInt8 = 0
  /// Whether the last string names an array of records, if one follows.
  var isWrapperKey = false
  /// Whether such an array has just opened.
  var isWrapperOpen = false

  // XML
  var skip: MarkupSkip?
  /// `<Event>` elements inside the record's own.
  var nesting = 0
  /// Whether the tag being read is the start tag of a record.
  var isEventTag = false
  /// The quote that an attribute value inside a tag started with.
  var quote: UInt8 = 0

  var structure: ParseError.Structure { mode == .event || skip != nil ? .xmlEvent : .jsonRecord }

  var isTopOfArray: Bool { depth > 0 && depth <= 64 && arrays >> UInt64(depth - 1) & 1 == 1 }

  mutating func open(_ byte: UInt8) {
    if depth < 64 {
      let bit = UInt64(1) << UInt64(depth)
      arrays = byte == UInt8(ascii: "[") ? arrays | bit : arrays & ~bit
    }
    depth += 1
  }
}

/// Markup that is passed over as a whole, by what ends it.
enum MarkupSkip: Sendable {
  case comment, instruction, characterData, tag, declaration

  var terminator: StaticString {
    switch self {
    case .comment: "-->"
    case .instruction: "?>"
    case .characterData: "]]>"
    case .tag, .declaration: ">"
    }
  }
}

extension ParseError.Structure {
  /// One JSON value that stands for an event.
  public static let jsonRecord = Self("jsonRecord")
  /// One `<Event>` element.
  public static let xmlEvent = Self("xmlEvent")
}
