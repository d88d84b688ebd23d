/// Finds the template definition that a recovered record means.
///
/// Inactive for live records, whose definition stands at the stated offset. For a record out of chunk slack the place
/// may have been overwritten since: the definition there counts only when its GUID begins with the identifier of the
/// instance and all of it can be parsed; else one from the pools is set down behind the chunk.
struct TemplateResolver {
  var isActive = false
  /// Whether each name's hash must fit: an overwritten name is not to be believed.
  var verifiesNames = false
  var file = TemplatePool()
  var wholeCase = TemplatePool()
  /// The worst origin among the definitions used for the record.
  var origin = Origin.none
  /// Which event the record is, as far as its System values say.
  var event: Event?
  /// Where the record's own instance stands: the others are nested in it, and show their values when nothing names them.
  var document = 0
  /// What was found out about places in this chunk.
  var verdicts: [Place: Verdict] = [:]
  /// Where the next definition from a pool goes.
  var nextPlace = 0

  /// How a template was found, from the surest to the least sure.
  enum Origin: UInt8, Comparable {
    /// No template was needed: the record has its names in itself.
    case none
    /// In the record itself.
    case inline
    /// At the offset that the record states.
    case offset
    /// At the stated offset, with names put back by its shape.
    case repaired
    /// Elsewhere in the file.
    case file
    /// In another file of the case.
    case wholeCase
    /// Nowhere, but the fields of this event are known (`KnownEventFields`).
    case known
    /// Nowhere, but the values stand in the order that the event log service gives them (`StandardSystemTemplate`).
    case standard
    /// Not at all: values without names.
    case missing

    static func < (one: Origin, other: Origin) -> Bool { one.rawValue < other.rawValue }

    var text: StaticString {
      switch self {
      case .none, .inline: "inline"
      case .missing: "none"
      case .offset: "offset"
      case .repaired: "repaired"
      case .file: "file"
      case .wholeCase: "case"
      case .known: "known"
      case .standard: "standard"
      }
    }
  }

  struct Event: Hashable {
    var provider: String
    var eventID: UInt16
    var version: UInt8
  }

  struct Place: Hashable {
    var event: Event?
    var identifier: UInt32
    var stated: Int
    var valueCount: Int
    var isNested: Bool
  }
  struct Verdict {
    var definition: Int
    var origin: Origin
    /// The declared types of the values by index, as far as the definition's own bytes say.
    var types: [UInt8?] = []
  }

  mutating func loadChunk(appendix: Int) {
    verdicts.removeAll(keepingCapacity: true)
    nextPlace = appendix
  }
}
