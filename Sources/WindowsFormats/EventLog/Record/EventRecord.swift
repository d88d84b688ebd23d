/// One Windows event in canonical form, wherever it came from: an EVTX record, a shipper's JSON or event XML.
///
/// The scalar properties are the elements and attributes of `System` ([MS-EVEN6] 2.2.1, event schema). `data` is
/// `EventData` by `Name` in order, or the element tree of `UserData`.
public struct EventRecord: Hashable, Sendable {
  /// EventRecordID, or the position of a record in a source without ids.
  public var recordID: RecordID
  /// TimeCreated/@SystemTime as RFC 3339 in UTC, with the precision of the source.
  public var time: String?
  public var host: String?
  public var channel: String?
  public var provider: String?
  public var eventID: UInt32?
  public var version: UInt32?
  public var level: UInt32?
  public var task: UInt32?
  public var opcode: UInt32?
  /// The 64-bit mask as `0x…`, or the text that the source has in its place.
  public var keywords: String?
  public var processID: UInt32?
  public var threadID: UInt32?
  public var userSID: String?
  public var activityID: String?
  /// What else `System` has, as element → attribute or text: `Provider.Guid`, `EventID.Qualifiers`…
  public var system: [EventField] = []
  public var data: [EventField] = []
  /// RenderingInfo of a forwarded event: messages and names in the sender's language.
  public var renderingInfo: [EventField] = []
  /// The number that the log gave the record, where it differs: a forwarded event keeps the one it had at home.
  public var logRecordID: UInt64?
  /// How the record was recovered; nil for a live record.
  public var recovery: Recovery?
  /// For records that came in another shape: its name and the record as it was.
  public var original: Original?

  public init(recordID: RecordID) { self.recordID = recordID }

  public enum RecordID: Hashable, Sendable {
    case number(UInt64)
    /// The n-th non-empty line or array element, counted from 1; written `"#n"`.
    case ordinal(Int)
  }

  /// The record before it was normalised.
  public struct Original: Hashable, Sendable {
    /// The name of the shape, such as `winlogbeat`, `nxlog`, `evtxecmd` or `event-xml`.
    public var shape: String
    /// The record's own text: one JSON value, or one `<Event>` element.
    public var text: String
    /// Whether `text` is JSON, and so can stand in JSON output as it is.
    public var isJSON: Bool

    public init(shape: String, text: String, isJSON: Bool) {
      self.shape = shape
      self.text = text
      self.isJSON = isJSON
    }
  }

  /// Where a recovered record stood and what it was rendered with.
  public struct Recovery: Hashable, Sendable {
    /// Absolute offset of the record's signature in the file.
    public var offset: Int
    /// `slack`, `unused-chunk`, `damaged-chunk` or `carved`.
    public var source: String
    /// How its template was found: `inline`, `offset`, `repaired`, `file`, `case`, `known`, `standard`, or `none`.
    public var template: String
    /// When the log says that it was written, where that is another second than the one the event says: logs write
    /// later than events happen, but one of the two may also be damaged.
    public var writtenTime: String?

    public init(offset: Int, source: String, template: String, writtenTime: String? = nil) {
      self.offset = offset
      self.source = source
      self.template = template
      self.writtenTime = writtenTime
    }
  }
}
