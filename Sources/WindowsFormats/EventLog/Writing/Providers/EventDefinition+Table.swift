extension EventLogWriter {
  /// What the events of one provider have in common; each row of its table adds the rest.
  struct ProviderTable: Sendable {
    var provider: Provider
    var channel: String
    var level: UInt8 = 4
    var keywords: UInt64
    var origin: Event.Origin = .tracing
    var terminatesStrings = false
    var userSID: SID?
    var absentText = ""
    /// Namespace of UserData; the provider's events are EventData when nil.
    var namespace: String?

    /// A row: what is the event's own.
    func event(
      _ eventID: UInt16, version: UInt8 = 0, level: UInt8? = nil, task: UInt16 = 0, opcode: UInt8 = 0,
      qualifiers: UInt16? = nil, element: String? = nil, form: EventDefinition.Form = .eventData,
      _ fields: [FieldDefinition]
    ) -> EventDefinition {
      var form = form
      if let element, let namespace { form = .userData(element: element, namespace: namespace) }
      return EventDefinition(
        provider: provider, channel: channel, eventID: eventID, version: version, level: level ?? self.level,
        task: task, opcode: opcode, keywords: keywords, qualifiers: qualifiers, origin: origin,
        terminatesStrings: terminatesStrings, userSID: userSID, absentText: absentText, form: form, fields: fields)
    }
  }
}

/// Rows of the provider tables: `"Image"` is a text field, and `.uint32("ProcessId")` says another type.
extension EventLogWriter.FieldDefinition: ExpressibleByStringLiteral {
  public init(stringLiteral name: String) { self.init(name, .string) }

  static func binary(_ name: String) -> Self { Self(name, .binary) }
  static func bool(_ name: String) -> Self { Self(name, .bool) }
  static func int32(_ name: String) -> Self { Self(name, .int32) }
  static func uint16(_ name: String) -> Self { Self(name, .uint16) }
  static func uint32(_ name: String) -> Self { Self(name, .uint32) }
  static func uint64(_ name: String) -> Self { Self(name, .uint64) }
  static func hexInt32(_ name: String) -> Self { Self(name, .hexInt32) }
  static func hexInt64(_ name: String) -> Self { Self(name, .hexInt64) }
  static func pointer(_ name: String) -> Self { Self(name, .sizeT) }
  static func guid(_ name: String) -> Self { Self(name, .guid) }
  static func sid(_ name: String) -> Self { Self(name, .sid) }
}

extension EventLogWriter.EventDefinition {
  /// Every event that the tables describe.
  public static var all: [Self] {
    EventLogWriter.WMIActivity.all + EventLogWriter.Sysmon.all + EventLogWriter.SecurityAuditing.all
      + EventLogWriter.PowerShell.all + EventLogWriter.ServiceControlManager.all + EventLogWriter.EventLogService.all
  }
}
