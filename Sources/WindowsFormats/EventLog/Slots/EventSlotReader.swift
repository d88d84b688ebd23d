/// Reads the records of one chunk after the other as slots: what to match on, without rendering anything.
///
/// Used beside an `EventLogChunkReader` over the same bytes: this one finds out which records are wanted, that one
/// renders them. Field numbers are those of `fields`, which grows as new templates are met and can be asked for the
/// fields of a rule beforehand.
public struct EventSlotReader: ~Copyable {
  var renderer = RecordRenderer(output: .slots)

  public init() {}

  /// Numbers of field names.
  public var fields: FieldTable {
    get { renderer.fields }
    set { renderer.fields = newValue }
  }

  /// Field names with numbers before all are forgotten; the logs of a whole host have some ten thousand.
  public static let maximumFieldCount = 100_000

  /// How many field names have numbers.
  public var fieldCount: Int { renderer.fields.count }

  public borrowing func fieldName(_ field: FieldTable.ID) -> String { renderer.fields.name(of: field) }

  /// Whether a slot holds several values.
  public borrowing func isArray(_ slot: EventSlot) -> Bool { slot.isArray }

  /// Loads a chunk; the bytes must stay in place until the next call or the end of the reader.
  ///
  /// After `maximumFieldCount` names the numbers start anew, and `fieldCount` is smaller than it was: names that are
  /// values can be as many as records.
  public mutating func load(_ bytes: UnsafeRawBufferPointer) {
    if renderer.fields.count > EventSlotReader.maximumFieldCount { renderer.forgetFields() }
    renderer.load(ByteView(UnsafeRawBufferPointer(rebasing: bytes.prefix(EventLogChunk.byteCount))))
  }

  /// Finds the slots of a record of the loaded chunk.
  /// - Returns: False when the record cannot be read; rendering it tells why.
  public mutating func read(_ record: EventLogRecordHeader) -> Bool {
    do throws(BinXMLFault) {
      try renderer.render(record.content)
      return true
    } catch {
      return false
    }
  }

  /// Number of slots of the record read last.
  public var count: Int { renderer.slots.slots.count }

  public subscript(index: Int) -> EventSlot { renderer.slots.slots[index] }

  /// The first slot of a field, or nil.
  public func slot(of field: FieldTable.ID) -> EventSlot? {
    for index in 0..<count where renderer.slots.slots[index].field == field { return renderer.slots.slots[index] }
    return nil
  }

  /// All slots of the record read last, for a loop in another module; valid until the next record is read.
  package var slots: FlatView<EventSlot> { renderer.slots.slots.view }

  /// Appends the unescaped texts of a slot's values, and for each where it ends in the sink.
  package mutating func appendTexts(of slot: EventSlot, to sink: inout ByteSink, ends: inout FlatBuffer<Int>) {
    renderer.appendSlotTexts(slot, to: &sink, ends: &ends)
  }

  /// Appends the unescaped text of a slot; elements of an array are joined by commas.
  public mutating func appendText(of slot: EventSlot, to sink: inout ByteSink) {
    renderer.appendSlotText(slot, to: &sink)
  }

  public mutating func text(of slot: EventSlot) -> String {
    var sink = ByteSink(capacity: 256)
    appendText(of: slot, to: &sink)
    return sink.string()
  }

  /// The number a slot holds: an integer type, or text of decimal or `0x` digits.
  public func number(of slot: EventSlot) -> UInt64? { renderer.slotNumber(slot) }

  /// The slot's moment as FILETIME, when it is one.
  public func fileTime(of slot: EventSlot) -> UInt64? { renderer.slotFileTime(slot) }

  /// How many values a slot has: more than one for an array.
  public mutating func texts(of slot: EventSlot) -> [String] { renderer.slotTexts(slot) }
}

extension RecordRenderer {
  private func reference(_ slot: EventSlot) -> ValueReference {
    ValueReference(type: slot.valueType, offset: Int(slot.offset), size: Int(slot.length))
  }

  mutating func appendSlotText(_ slot: EventSlot, to sink: inout ByteSink) {
    switch slot.valueType {
    case EventSlot.joined: sink.append(from: slots.joinedText, at: Int(slot.offset), byteCount: Int(slot.length))
    case EventSlot.literal: sink.append(from: literals, at: Int(slot.offset), byteCount: Int(slot.length))
    case BinXMLValueType.string:
      let units = parser.view.stringUnitCount(at: Int(slot.offset), byteCount: Int(slot.length))
      _ = sink.appendUTF16(parser.view, at: Int(slot.offset), unitCount: units, escaping: .none)
    default:
      let mark = out.count
      do throws(BinXMLFault) {
        try appendText(reference(slot), escaping: .none, depth: BinXMLLimits.fragmentDepth)
        sink.append(from: out, at: mark, byteCount: out.count &- mark)
      } catch {}
      out.truncate(to: mark)
    }
  }

  mutating func slotTexts(_ slot: EventSlot) -> [String] {
    var sink = ByteSink(capacity: 256)
    guard slot.isArray else {
      appendSlotText(slot, to: &sink)
      return [sink.string()]
    }
    var texts: [String] = []
    var position = 0
    while let element = try? nextElement(of: reference(slot), &position) {
      sink.removeAll()
      appendSlotText(
        EventSlot(
          field: slot.field, valueType: element.type, offset: UInt32(element.offset), length: UInt32(element.size)),
        to: &sink)
      texts.append(sink.string())
    }
    return texts
  }

  mutating func appendSlotTexts(_ slot: EventSlot, to sink: inout ByteSink, ends: inout FlatBuffer<Int>) {
    guard slot.isArray else {
      appendSlotText(slot, to: &sink)
      return ends.append(sink.count)
    }
    var position = 0
    while let element = try? nextElement(of: reference(slot), &position) {
      appendSlotText(
        EventSlot(
          field: slot.field, valueType: element.type, offset: UInt32(truncatingIfNeeded: element.offset),
          length: UInt32(truncatingIfNeeded: element.size)),
        to: &sink)
      ends.append(sink.count)
    }
  }

  func slotNumber(_ slot: EventSlot) -> UInt64? {
    let offset = Int(slot.offset)
    switch (slot.valueType, slot.length) {
    case (BinXMLValueType.uint8, 1), (BinXMLValueType.int8, 1): return parser.view.u8(offset).map(UInt64.init)
    case (BinXMLValueType.uint16, 2): return parser.view.u16(offset).map(UInt64.init)
    case (BinXMLValueType.uint32, 4), (BinXMLValueType.hexInt32, 4): return parser.view.u32(offset).map(UInt64.init)
    case (BinXMLValueType.uint64, 8), (BinXMLValueType.hexInt64, 8): return parser.view.u64(offset)
    case (BinXMLValueType.string, _):
      let units = parser.view.stringUnitCount(at: offset, byteCount: Int(slot.length))
      guard isDecimal(at: offset, unitCount: units) else { return nil }
      return decimal(offset, units)
    default: return nil
    }
  }

  func slotFileTime(_ slot: EventSlot) -> UInt64? {
    slot.valueType == BinXMLValueType.fileTime && slot.length == 8 ? parser.view.u64(Int(slot.offset)) : nil
  }
}
