import WindowsFormats

/// Values of a recipe as values of an event log.
enum RecipeValue {
  typealias Value = EventLogWriter.Value

  /// As the type of a known field. Texts stay as written; numbers may be quoted, and `0x…` is one.
  static func value(_ node: RecipeNode, as type: EventLogWriter.ValueType) -> Value? {
    guard let scalar = node.scalar else { return nil }
    if scalar.isNull { return .null }
    switch type {
    case .null: return nil
    case .string: return .string(scalar.text)
    case .ansiString: return .ansiString(Array(scalar.text.utf8))
    case .int8: return scalar.integer().map { .int8($0) }
    case .uint8: return scalar.integer().map { .uint8($0) }
    case .int16: return scalar.integer().map { .int16($0) }
    case .uint16: return scalar.integer().map { .uint16($0) }
    case .int32: return scalar.integer().map { .int32($0) }
    case .uint32: return scalar.integer().map { .uint32($0) }
    case .int64: return scalar.integer().map { .int64($0) }
    case .uint64: return scalar.integer().map { .uint64($0) }
    case .hexInt32: return scalar.integer().map { .hexInt32($0) }
    // Windows declares a pointer as SizeT and stores a HexInt64.
    case .hexInt64, .sizeT: return scalar.integer().map { .hexInt64($0) }
    case .float: return Float(scalar.text).map { .float($0) }
    case .double: return Double(scalar.text).map { .double($0) }
    case .bool: return scalar.boolean.map { .bool($0) }
    case .binary: return bytes(node).map { .binary($0) }
    case .guid: return EventLogWriter.GUID(scalar.text).map { .guid($0) }
    case .sid: return EventLogWriter.SID(scalar.text).map { .sid($0) }
    case .fileTime: return EventTime(scalar.text).map { .fileTime($0.fileTime) }
    case .systemTime: return EventTime(scalar.text).map { .systemTime(CivilTime(fileTime: $0.fileTime)) }
    }
  }

  /// By how it is written, where the event is not known.
  static func value(_ node: RecipeNode) throws(RecipeError) -> Value {
    switch node.content {
    case .scalar(let scalar): return value(scalar)
    case .list(let nodes): return try array(nodes)
    case .map: throw node.error(.wrongValue)
    }
  }

  private static func value(_ scalar: RecipeScalar) -> Value {
    if scalar.isNull { return .null }
    // Leading zeros would be lost in a number.
    if let digits = scalar.hexadecimalDigits, digits.first != "0" || digits == "0" {
      if let number: UInt32 = scalar.integer() { return .hexInt32(number) }
      if let number: UInt64 = scalar.integer() { return .hexInt64(number) }
    }
    guard scalar.isPlain, scalar.hexadecimalDigits == nil else { return .string(scalar.text) }
    if let flag = scalar.boolean { return .bool(flag) }
    if let number: UInt32 = scalar.integer() { return .uint32(number) }
    if let number: UInt64 = scalar.integer() { return .uint64(number) }
    if let number: Int32 = scalar.integer() { return .int32(number) }
    if let number: Int64 = scalar.integer() { return .int64(number) }
    return .string(scalar.text)
  }

  /// An array has one type: that of its values when they agree, else text.
  private static func array(_ nodes: [RecipeNode]) throws(RecipeError) -> Value {
    var values: [Value] = []
    var texts: [Value] = []
    for node in nodes {
      guard let scalar = node.scalar, !scalar.isNull else { throw node.error(.wrongValue) }
      values.append(value(scalar))
      texts.append(.string(scalar.text))
    }
    guard let type = values.first?.type, values.allSatisfy({ $0.type == type }) else {
      return .array(of: .string, texts)
    }
    return .array(of: type, values)
  }

  /// An even number of hexadecimal digits.
  static func bytes(_ node: RecipeNode) -> [UInt8]? {
    guard let text = node.scalar?.text, text.utf8.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    var high: UInt8?
    for scalar in text.unicodeScalars {
      guard scalar.isASCII, let digit = Character(scalar).hexDigitValue.map({ UInt8($0) }) else { return nil }
      if let first = high {
        bytes.append(first << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    return bytes
  }
}
