/// One field's value in one record: which field, and where its bytes are.
public struct EventSlot: BitwiseCopyable, Sendable {
  public var field: FieldTable.ID
  /// BinXML value type; `joined` and `literal` for text that is UTF-8 in a buffer of the reader.
  @usableFromInline var valueType: UInt8
  @usableFromInline var offset: UInt32
  @usableFromInline var length: UInt32

  /// Whether the slot holds several values.
  var isArray: Bool { valueType & BinXMLValueType.arrayFlag != 0 && valueType < EventSlot.literal }

  /// The text stands in the buffer of joined texts.
  @inlinable static var joined: UInt8 { 0xFF }
  /// The text stands in the pool of literals.
  @inlinable static var literal: UInt8 { 0xFE }
}

/// The slots of the record being looked at, in the order of the record.
struct SlotBuffer: ~Copyable {
  private(set) var slots = FlatBuffer<EventSlot>(capacity: 128)
  /// UTF-8 of slots that are put together from pieces.
  var joinedText = ByteSink(capacity: 1024)
  private var joinStart = 0

  mutating func removeAll() {
    slots.truncate(to: 0)
    joinedText.removeAll()
  }

  /// A value of the record. Types that stand for text of the reader itself are not taken from a file.
  mutating func append(field: FieldTable.ID, _ value: RecordRenderer.ValueReference) {
    slots.append(
      EventSlot(
        field: field, valueType: min(value.type, EventSlot.literal - 1),
        offset: UInt32(truncatingIfNeeded: value.offset),
        length: UInt32(truncatingIfNeeded: value.size)))
  }

  /// Text in the pool of literals.
  mutating func append(field: FieldTable.ID, literalAt offset: UInt32, length: UInt32) {
    slots.append(EventSlot(field: field, valueType: EventSlot.literal, offset: offset, length: length))
  }

  mutating func beginJoin() { joinStart = joinedText.count }

  mutating func endJoin(field: FieldTable.ID) {
    slots.append(
      EventSlot(
        field: field, valueType: EventSlot.joined, offset: UInt32(joinStart),
        length: UInt32(joinedText.count - joinStart)))
  }
}
