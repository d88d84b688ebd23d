extension EventLogWriter {
  /// A value of an event, with the BinXML type it is stored as ([MS-EVEN6] 2.2.12 and 2.2.14).
  public indirect enum Value: Hashable, Sendable {
    /// No value: the element or attribute stays empty or is left out.
    case null
    case string(String)
    /// Bytes in the code page of the machine that wrote the log, Windows-1252 on most.
    case ansiString([UInt8])
    case int8(Int8)
    case uint8(UInt8)
    case int16(Int16)
    case uint16(UInt16)
    case int32(Int32)
    case uint32(UInt32)
    case int64(Int64)
    case uint64(UInt64)
    case float(Float)
    case double(Double)
    case bool(Bool)
    case binary([UInt8])
    case guid(GUID)
    /// A pointer or size of a 64-bit machine.
    case sizeT(UInt64)
    /// 100-nanosecond intervals since 1601-01-01 UTC.
    case fileTime(UInt64)
    /// SYSTEMTIME, [MS-DTYP] 2.3.13: milliseconds are kept, what is finer is cut off.
    case systemTime(CivilTime)
    case sid(SID)
    case hexInt32(UInt32)
    case hexInt64(UInt64)
    /// Values of one type in one substitution. Arrays of null, binary and arrays do not exist.
    case array(of: ValueType, [Value])

    /// The type that a value descriptor names; of an array, that of its elements.
    public var type: ValueType {
      switch self {
      case .null: .null
      case .string: .string
      case .ansiString: .ansiString
      case .int8: .int8
      case .uint8: .uint8
      case .int16: .int16
      case .uint16: .uint16
      case .int32: .int32
      case .uint32: .uint32
      case .int64: .int64
      case .uint64: .uint64
      case .float: .float
      case .double: .double
      case .bool: .bool
      case .binary: .binary
      case .guid: .guid
      case .sizeT: .sizeT
      case .fileTime: .fileTime
      case .systemTime: .systemTime
      case .sid: .sid
      case .hexInt32: .hexInt32
      case .hexInt64: .hexInt64
      case .array(let element, _): element
      }
    }

    /// The type as one byte: `type`, with the flag of an array.
    var typeByte: UInt8 {
      if case .array(let element, _) = self { return element.rawValue | 0x80 }
      return type.rawValue
    }
  }

  /// BinXML value types, [MS-EVEN6] 2.2.12; an array has 0x80 added.
  public enum ValueType: UInt8, Hashable, Sendable, CaseIterable {
    case null = 0x00
    case string = 0x01
    case ansiString = 0x02
    case int8 = 0x03
    case uint8 = 0x04
    case int16 = 0x05
    case uint16 = 0x06
    case int32 = 0x07
    case uint32 = 0x08
    case int64 = 0x09
    case uint64 = 0x0A
    case float = 0x0B
    case double = 0x0C
    case bool = 0x0D
    case binary = 0x0E
    case guid = 0x0F
    case sizeT = 0x10
    case fileTime = 0x11
    case systemTime = 0x12
    case sid = 0x13
    case hexInt32 = 0x14
    case hexInt64 = 0x15
  }
}

extension EventLogWriter.Value: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self = .string(text) }
}

extension EventLogWriter.Value: ExpressibleByIntegerLiteral {
  /// A signed 64-bit integer; event definitions turn it into the type of their field.
  public init(integerLiteral number: Int64) { self = .int64(number) }
}

extension EventLogWriter.Value: ExpressibleByBooleanLiteral {
  public init(booleanLiteral flag: Bool) { self = .bool(flag) }
}
