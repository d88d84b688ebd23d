extension EventLogWriter {
  /// One event of a provider's manifest: the fixed parts of `System`, and the fields with their types in order.
  ///
  /// Makes events that differ from real ones only in their values:
  ///
  ///     let event = try WMIActivity.consumerBinding.event(
  ///       time: time, computer: "WKS01.corp.example", processID: 2944,
  ///       ["Namespace": "//./root/subscription", "ESS": "Updater", "CONSUMER": "ActiveScriptEventConsumer=\"U\""])
  public struct EventDefinition: Hashable, Sendable {
    public var provider: Provider
    public var channel: String
    public var eventID: UInt16
    public var version: UInt8
    public var level: UInt8
    public var task: UInt16
    public var opcode: UInt8
    public var keywords: UInt64
    public var qualifiers: UInt16?
    public var origin: Event.Origin
    public var terminatesStrings: Bool
    /// The account that events name as System/Security/@UserID unless told otherwise.
    public var userSID: SID?
    /// What a text field says when there is nothing to say: Sysmon and Security write a hyphen.
    public var absentText: String
    public var form: Form
    public var fields: [FieldDefinition]

    public enum Form: Hashable, Sendable {
      case eventData
      case classicEventData
      /// `<UserData>` with an element of this name and namespace around the fields.
      case userData(element: String, namespace: String)
    }

    /// An event with these values. Fields without a value get an empty one of their type; names that are not fields,
    /// and values that cannot become their field's type, are errors.
    public func event(
      time: UInt64, computer: String, processID: UInt32 = 4, threadID: UInt32 = 8, userSID: SID? = nil,
      activityID: GUID? = nil, recordID: UInt64? = nil, _ values: KeyValuePairs<String, Value>
    ) throws(WriteError) -> Event {
      Event(
        provider: provider, eventID: eventID, qualifiers: qualifiers, version: version, level: level, task: task,
        opcode: opcode, keywords: keywords, time: time, recordID: recordID, activityID: activityID,
        processID: processID, threadID: threadID, channel: channel, computer: computer,
        userSID: userSID ?? self.userSID, payload: try payload(values), origin: origin,
        terminatesStrings: terminatesStrings)
    }

    private func payload(_ values: KeyValuePairs<String, Value>) throws(WriteError) -> Payload {
      var given: [String: Value] = [:]
      for (name, value) in values {
        guard fields.contains(where: { $0.name == name }) else { throw WriteError(.unknownField, name) }
        given[name] = value
      }
      var converted: [Value] = []
      for field in fields {
        let value = given[field.name] ?? field.type.absentValue(text: absentText)
        guard let fitting = value.converted(to: field.type) else { throw WriteError(.typeMismatch, field.name) }
        converted.append(fitting)
      }
      let typed = zip(fields, converted)
      switch form {
      case .eventData:
        // A field of bytes is the <Binary> element, which has no name.
        var binary: [UInt8]?
        for case .binary(let bytes) in converted { binary = bytes }
        let named = typed.filter { $0.0.type != .binary }
        return .eventData(named.map { Field($0.name, $1, declaredType: $0.type) }, binary: binary)
      case .classicEventData:
        return .classicEventData(converted.map { if case .string(let text) = $0 { text } else { "" } })
      case .userData(let element, let namespace):
        let children = typed.map { Element($0.name, $1, declaredType: $0.type) }
        return .userData(Element(element, namespace: namespace, children))
      }
    }
  }

  /// A field of an event: its name, and its type as the manifest declares it. The one of type `binary` is the element
  /// `<Binary>`.
  public struct FieldDefinition: Hashable, Sendable {
    public var name: String
    public var type: ValueType

    public init(_ name: String, _ type: ValueType) {
      self.name = name
      self.type = type
    }
  }
}

extension EventLogWriter.ValueType {
  /// What stands in a field that nobody gave a value.
  func absentValue(text: String) -> EventLogWriter.Value {
    switch self {
    case .null: .null
    case .string: .string(text)
    case .ansiString: .ansiString(Array(text.utf8))
    case .float: .float(0)
    case .double: .double(0)
    case .bool: .bool(false)
    case .binary: .binary([])
    case .guid: .guid(.zero)
    case .sid: .sid(.null)
    case .systemTime: .systemTime(CivilTime(fileTime: 0))
    default: .int64(0)
    }
  }
}
