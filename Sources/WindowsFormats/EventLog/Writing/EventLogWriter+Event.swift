extension EventLogWriter {
  /// One event to write: the elements of `System` ([MS-EVEN6] 2.2.1) and a payload.
  public struct Event: Hashable, Sendable {
    public var provider: Provider
    public var eventID: UInt16
    /// EventID/@Qualifiers, the high half of a classic event identifier.
    public var qualifiers: UInt16?
    public var version: UInt8
    /// 0 LogAlways, 1 Critical, 2 Error, 3 Warning, 4 Information, 5 Verbose.
    public var level: UInt8
    public var task: UInt16
    public var opcode: UInt8
    public var keywords: UInt64
    /// FILETIME: 100-nanosecond intervals since 1601-01-01 UTC.
    public var time: UInt64
    /// EventRecordID; nil means one more than the record before.
    public var recordID: UInt64?
    public var activityID: GUID?
    public var relatedActivityID: GUID?
    public var processID: UInt32
    public var threadID: UInt32
    public var channel: String
    public var computer: String
    public var userSID: SID?
    public var payload: Payload
    public var origin: Origin
    /// Whether the payload is as the tracing session delivered it: texts keep their NUL, and no fragment header
    /// stands before its template. Both forms occur; WMI-Activity always has this one.
    public var terminatesStrings: Bool

    public init(
      provider: Provider, eventID: UInt16, qualifiers: UInt16? = nil, version: UInt8 = 0, level: UInt8 = 4,
      task: UInt16 = 0, opcode: UInt8 = 0, keywords: UInt64 = 0, time: UInt64, recordID: UInt64? = nil,
      activityID: GUID? = nil, relatedActivityID: GUID? = nil, processID: UInt32 = 0, threadID: UInt32 = 0,
      channel: String, computer: String, userSID: SID? = nil, payload: Payload = .none, origin: Origin = .tracing,
      terminatesStrings: Bool = false
    ) {
      self.provider = provider
      self.eventID = eventID
      self.qualifiers = qualifiers
      self.version = version
      self.level = level
      self.task = task
      self.opcode = opcode
      self.keywords = keywords
      self.time = time
      self.recordID = recordID
      self.activityID = activityID
      self.relatedActivityID = relatedActivityID
      self.processID = processID
      self.threadID = threadID
      self.channel = channel
      self.computer = computer
      self.userSID = userSID
      self.payload = payload
      self.origin = origin
      self.terminatesStrings = terminatesStrings
    }

    /// Which of the forms of `System` that Windows has in use an event gets.
    public enum Origin: Hashable, Sendable {
      /// From a tracing session: provider and channel are values of the record.
      case tracing
      /// From the event log service itself or a classic event source: provider and channel are text of the template.
      case service
      /// A classic event source on an older Windows: no Version, Opcode, Correlation and Execution.
      case classic
    }
  }

  /// Who writes an event.
  public struct Provider: Hashable, Sendable {
    public var name: String
    public var guid: GUID?
    /// Provider/@EventSourceName, of providers that also have a classic event source.
    public var eventSourceName: String?

    public init(_ name: String, guid: GUID? = nil, eventSourceName: String? = nil) {
      self.name = name
      self.guid = guid
      self.eventSourceName = eventSourceName
    }
  }

  /// What an event says besides `System`.
  public enum Payload: Hashable, Sendable {
    /// Neither EventData nor UserData.
    case none
    /// `<Data Name="…">` elements, and `<Binary>` after them. No field at all gives an empty `<EventData>`.
    case eventData([Field], binary: [UInt8]? = nil)
    /// The insertion strings of a classic event source: one `<Data>` for each, without a name.
    case classicEventData([String], binary: [UInt8]? = nil)
    /// `<UserData>` around one element.
    case userData(Element)
  }

  /// A `Data` element.
  public struct Field: Hashable, Sendable {
    /// The attribute `Name`; nil leaves it out.
    public var name: String?
    public var value: Value
    /// The type in the template where it is not the value's own. Windows declares a pointer as SizeT and stores a
    /// HexInt64, and a value that is null keeps the type of its field.
    public var declaredType: ValueType?

    public init(_ name: String?, _ value: Value, declaredType: ValueType? = nil) {
      self.name = name
      self.value = value
      self.declaredType = declaredType
    }
  }

  /// An element of UserData: text or children.
  public struct Element: Hashable, Sendable {
    public var name: String
    /// The attribute `xmlns`.
    public var namespace: String?
    /// Further attributes; their values are text of the template.
    public var attributes: [Attribute]
    public var content: Content

    public enum Content: Hashable, Sendable {
      case value(Value, declaredType: ValueType? = nil)
      case elements([Element])
    }

    public struct Attribute: Hashable, Sendable {
      public var name: String
      public var text: String

      public init(_ name: String, _ text: String) {
        self.name = name
        self.text = text
      }
    }

    public init(_ name: String, namespace: String? = nil, attributes: [Attribute] = [], _ children: [Element]) {
      self.name = name
      self.namespace = namespace
      self.attributes = attributes
      content = .elements(children)
    }

    public init(_ name: String, _ value: Value, declaredType: ValueType? = nil) {
      self.name = name
      attributes = []
      content = .value(value, declaredType: declaredType)
    }
  }
}
