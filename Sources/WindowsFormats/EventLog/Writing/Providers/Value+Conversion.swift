extension EventLogWriter.Value {
  /// The same value as another type, when nothing is lost: integers of any width, and texts of GUIDs and SIDs. A
  /// SizeT becomes the HexInt64 that Windows stores for it.
  func converted(to type: EventLogWriter.ValueType) -> Self? {
    if case .null = self { return self }
    if case .array = self { return nil }
    if let number = integer { return EventLogWriter.Value(integer: number, as: type) }
    if self.type == type { return self }
    guard case .string(let text) = self else { return nil }
    switch type {
    case .guid: return EventLogWriter.GUID(text).map { .guid($0) }
    case .sid: return EventLogWriter.SID(text).map { .sid($0) }
    default: return nil
    }
  }

  private var integer: Int128? {
    switch self {
    case .int8(let number): Int128(number)
    case .uint8(let number): Int128(number)
    case .int16(let number): Int128(number)
    case .uint16(let number): Int128(number)
    case .int32(let number): Int128(number)
    case .uint32(let number), .hexInt32(let number): Int128(number)
    case .int64(let number): Int128(number)
    case .uint64(let number), .hexInt64(let number), .sizeT(let number), .fileTime(let number): Int128(number)
    default: nil
    }
  }

  private init?(integer number: Int128, as type: EventLogWriter.ValueType) {
    func make<Number: FixedWidthInteger>(_ wrap: (Number) -> Self) -> Self? { Number(exactly: number).map(wrap) }
    let value: Self? =
      switch type {
      case .int8: make { .int8($0) }
      case .uint8: make { .uint8($0) }
      case .int16: make { .int16($0) }
      case .uint16: make { .uint16($0) }
      case .int32: make { .int32($0) }
      case .uint32: make { .uint32($0) }
      case .int64: make { .int64($0) }
      case .uint64: make { .uint64($0) }
      case .fileTime: make { .fileTime($0) }
      case .hexInt32: make { .hexInt32($0) }
      case .hexInt64, .sizeT: make { .hexInt64($0) }
      default: nil
      }
    guard let value else { return nil }
    self = value
  }
}
