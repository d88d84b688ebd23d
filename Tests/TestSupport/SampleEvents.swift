package import WindowsFormats

package typealias Event = EventLogWriter.Event
package typealias Value = EventLogWriter.Value
package typealias WriteError = EventLogWriter.WriteError

/// Events for the tests: plain ones, one of every table row, and one of every value type.
package enum SampleEvents {
  /// 2024-05-14T09:30:00.1234560Z
  package static let time: UInt64 = 133_601_526_001_234_560

  package static func plain(_ fields: [EventLogWriter.Field], minutes: UInt64 = 0) -> Event {
    Event(
      provider: .init("Yagura-Test", guid: .init(0x1122_3344, 0x5566, 0x7788, 0x99AA_BBCC_DDEE_FF00)), eventID: 1000,
      version: 3, level: 4, task: 7, opcode: 1, keywords: 0x8000_0000_0000_0001, time: time + minutes * 600_000_000,
      processID: 4242, threadID: 77, channel: "Yagura-Test/Operational", computer: "WKS01.corp.example",
      userSID: .localSystem, payload: .eventData(fields))
  }

  package static func text(_ text: String) -> Event { plain([.init("Text", .string(text))]) }

  /// A value of each type, with extremes.
  package static let values: [(name: String, value: Value)] = [
    ("Null", .null), ("String", "plain"), ("Empty", ""), ("Japanese", "監視の櫓 — やぐら"), ("Emoji", "👩‍💻 🏯"),
    ("Markup", "<a href=\"x\">&amp; 'q'</a>"), ("Lines", "first\nsecond\tthird"),
    ("AnsiString", .ansiString(Array("caf".utf8) + [0xE9])),
    ("Int8", .int8(-128)), ("UInt8", .uint8(255)), ("Int16", .int16(-32_768)), ("UInt16", .uint16(65_535)),
    ("Int32", .int32(-2_147_483_648)), ("UInt32", .uint32(4_294_967_295)), ("Int64", .int64(.min)),
    ("UInt64", .uint64(.max)), ("Float", .float(1.5)), ("Double", .double(-0.1)), ("True", true), ("False", false),
    ("Bytes", .binary([0x00, 0xDE, 0xAD, 0xBE, 0xEF, 0xFF])),
    ("Guid", .guid(.init(0x0011_2233, 0x4455, 0x6677, 0x8899_AABB_CCDD_EEFF))), ("SizeT", .sizeT(0x7FFF_0000_1234)),
    ("FileTime", .fileTime(time + 7)),
    (
      "SystemTime",
      .systemTime(CivilTime(year: 2024, month: 2, day: 29, hour: 23, minute: 59, second: 58, ticks: 9_870_000))
    ),
    ("Sid", .sid(.init(authority: 5, [21, 1_004_336_348, 1_177_238_915, 682_003_330, 512]))),
    ("HexInt32", .hexInt32(0x8004_1032)), ("HexInt64", .hexInt64(0xFEDC_BA98_7654_3210)),
  ]

  package static let arrays: [(name: String, value: Value)] = [
    ("Strings", .array(of: .string, ["one", "二", "🗼 three"])),
    ("Int8s", .array(of: .int8, [.int8(-1), .int8(127)])), ("UInt8s", .array(of: .uint8, [.uint8(0), .uint8(255)])),
    ("Int16s", .array(of: .int16, [.int16(-2), .int16(2)])),
    ("UInt16s", .array(of: .uint16, [.uint16(1), .uint16(65_535)])),
    ("Int32s", .array(of: .int32, [.int32(-3), .int32(3)])),
    ("UInt32s", .array(of: .uint32, [.uint32(1), .uint32(2), .uint32(.max)])),
    ("Int64s", .array(of: .int64, [.int64(-4), .int64(4)])),
    ("UInt64s", .array(of: .uint64, [.uint64(5), .uint64(.max)])),
    ("Floats", .array(of: .float, [.float(0.5), .float(-2)])),
    ("Doubles", .array(of: .double, [.double(0.25), .double(-4)])), ("Bools", .array(of: .bool, [true, false])),
    ("Guids", .array(of: .guid, [.guid(.init(1, 2, 3, 4)), .guid(.init(5, 6, 7, 8))])),
    ("FileTimes", .array(of: .fileTime, [.fileTime(time), .fileTime(time + 10)])),
    ("SystemTimes", .array(of: .systemTime, [.systemTime(CivilTime(fileTime: time))])),
    ("Sids", .array(of: .sid, [.sid(.localSystem), .sid(.init(authority: 5, [32, 544]))])),
    ("HexInt32s", .array(of: .hexInt32, [.hexInt32(0x10), .hexInt32(0xFFFF_FFFF)])),
    ("HexInt64s", .array(of: .hexInt64, [.hexInt64(0x20), .hexInt64(.max)])),
  ]

  package static let everyValue = plain(values.map { .init($0.name, $0.value) })

  /// Every table row: once with nothing but defaults, once with distinct values in all fields.
  package static func everyDefinition() throws -> [Event] {
    var events: [Event] = []
    for (index, definition) in EventLogWriter.EventDefinition.all.enumerated() {
      events.append(try definition.event(time: time, computer: "DC01.corp.example", [:]))
      var event = try definition.event(
        time: time + UInt64(index), computer: "WKS02.corp.example", processID: 1234, threadID: 5678,
        userSID: .init(authority: 5, [21, 1, 2, 3, 1104]), activityID: .init(0xA0A0_B0B0, 1, 2, 3), [:])
      event.relatedActivityID = .init(9, 8, 7, 6)
      event.payload = filled(event.payload)
      events.append(event)
    }
    return events
  }

  private static func filled(_ payload: EventLogWriter.Payload) -> EventLogWriter.Payload {
    switch payload {
    case .none: return .none
    case .eventData(let fields, let binary):
      return .eventData(
        fields.map { .init($0.name, distinct($0.value, $0.name ?? ""), declaredType: $0.declaredType) },
        binary: binary.map { _ in [1, 2, 3] })
    case .classicEventData(let texts, _): return .classicEventData(texts.indices.map { "text \($0)" }, binary: [0xAB])
    case .userData(var root):
      if case .elements(let children) = root.content {
        root.content = .elements(
          children.map { child in
            guard case .value(let value, let type) = child.content else { return child }
            return .init(child.name, distinct(value, child.name), declaredType: type)
          })
      }
      return .userData(root)
    }
  }

  /// Another value of the same type that depends on the field's name.
  private static func distinct(_ value: Value, _ name: String) -> Value {
    let number = name.utf8.reduce(UInt32(7)) { $0 &* 31 &+ UInt32($1) }
    return switch value {
    case .string: .string("\(name) の値 \(number)")
    case .bool: true
    case .int32: .int32(Int32(truncatingIfNeeded: number))
    case .uint16: .uint16(UInt16(truncatingIfNeeded: number))
    case .uint32: .uint32(number)
    case .uint64: .uint64(UInt64(number) << 20)
    case .hexInt32: .hexInt32(number)
    case .hexInt64: .hexInt64(UInt64(number) << 16)
    case .guid: .guid(.init(number, 1, 2, UInt64(number)))
    case .sid: .sid(.init(authority: 5, [21, number, 2, 3, 500]))
    default: value
    }
  }
}
