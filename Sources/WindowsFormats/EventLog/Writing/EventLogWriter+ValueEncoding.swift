extension EventLogWriter.Value {
  /// The bytes that a value descriptor counts. A terminator is added to texts when `terminated`.
  func encoded(terminated: Bool, subject: String) throws(EventLogWriter.WriteError) -> [UInt8] {
    var bytes = ChunkBytes()
    if case .array(let element, let values) = self {
      try EventLogWriter.Value.append(values, of: element, to: &bytes, subject: subject)
    } else {
      try append(to: &bytes, subject: subject)
      if terminated, case .string = self { bytes.append(UInt16(0)) }
    }
    guard bytes.count <= Int(UInt16.max) else { throw EventLogWriter.WriteError(.valueTooLarge, subject) }
    return bytes.array
  }

  /// Fixed sizes stand side by side; texts end with a NUL, so they cannot hold one; a SID says its own size.
  private static func append(
    _ values: [Self], of element: EventLogWriter.ValueType, to bytes: inout ChunkBytes, subject: String
  ) throws(EventLogWriter.WriteError) {
    if element == .null || element == .binary { throw EventLogWriter.WriteError(.unsupportedArray, subject) }
    for value in values {
      if case .array = value { throw EventLogWriter.WriteError(.unsupportedArray, subject) }
      guard value.type == element else { throw EventLogWriter.WriteError(.mixedArray, subject) }
      switch value {
      case .string(let text):
        guard !text.utf16.contains(0) else { throw EventLogWriter.WriteError(.invalidValue, subject) }
        bytes.append(utf16: text)
        bytes.append(UInt16(0))
      case .ansiString(let text):
        guard !text.contains(0) else { throw EventLogWriter.WriteError(.invalidValue, subject) }
        bytes.append(text)
        bytes.append(UInt8(0))
      default: try value.append(to: &bytes, subject: subject)
      }
    }
  }

  private func append(to bytes: inout ChunkBytes, subject: String) throws(EventLogWriter.WriteError) {
    switch self {
    case .null, .array: break
    case .string(let text): bytes.append(utf16: text)
    case .ansiString(let raw), .binary(let raw): bytes.append(raw)
    case .int8(let number): bytes.append(number)
    case .uint8(let number): bytes.append(number)
    case .int16(let number): bytes.append(number)
    case .uint16(let number): bytes.append(number)
    case .int32(let number): bytes.append(number)
    case .uint32(let number), .hexInt32(let number): bytes.append(number)
    case .int64(let number): bytes.append(number)
    case .uint64(let number), .hexInt64(let number), .sizeT(let number), .fileTime(let number): bytes.append(number)
    case .float(let number): bytes.append(number.bitPattern)
    case .double(let number): bytes.append(number.bitPattern)
    case .bool(let flag): bytes.append(UInt32(flag ? 1 : 0))
    case .guid(let guid): bytes.append(guid)
    case .systemTime(let time): try bytes.append(systemTime: time, subject: subject)
    case .sid(let sid): try bytes.append(sid, subject: subject)
    }
  }
}

extension ChunkBytes {
  fileprivate mutating func append(
    systemTime time: CivilTime, subject: String
  ) throws(EventLogWriter.WriteError) {
    // The FILETIME proves that every part is in its range, and days since 1601-01-01, a Monday, give the weekday.
    guard let ticks = time.fileTime, let year = UInt16(exactly: time.year), year <= 30_827 else {
      throw EventLogWriter.WriteError(.invalidValue, subject)
    }
    append(year)
    append(UInt16(truncatingIfNeeded: time.month))
    append(UInt16(truncatingIfNeeded: (ticks / 864_000_000_000 + 1) % 7))
    append(UInt16(truncatingIfNeeded: time.day))
    append(UInt16(truncatingIfNeeded: time.hour))
    append(UInt16(truncatingIfNeeded: time.minute))
    append(UInt16(truncatingIfNeeded: time.second))
    append(UInt16(truncatingIfNeeded: time.ticks / 10_000))
  }

  fileprivate mutating func append(
    _ sid: EventLogWriter.SID, subject: String
  ) throws(EventLogWriter.WriteError) {
    guard sid.subAuthorities.count <= 15, sid.authority < 1 << 48 else {
      throw EventLogWriter.WriteError(.invalidValue, subject)
    }
    append(UInt8(1))
    append(UInt8(truncatingIfNeeded: sid.subAuthorities.count))
    for shift in stride(from: UInt64(40), through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: sid.authority >> shift))
    }
    for part in sid.subAuthorities { append(part) }
  }
}
