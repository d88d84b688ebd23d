/// The bytes that the texts of a record's slots are made from; valid until the next record is read.
///
/// Logs say the same again and again: whoever remembers what a value was good for need not make its text a second time.
@usableFromInline
package struct SlotSources {
  @usableFromInline let record: ByteView
  @usableFromInline let literals: ByteView
  @usableFromInline let joined: ByteView

  /// Bytes of values other than text up to which they alone make the text: reading more may come to a limit of the chunk.
  @usableFromInline static var maximumByteCount: Int { 64 }

  init(record: ByteView, literals: ByteView, joined: ByteView) {
    self.record = record
    self.literals = literals
    self.joined = joined
  }

  /// The bytes that alone make a slot's text: of the same `kind`, the same bytes have the same text. Nil where other
  /// things have a part in it, which is so with arrays, fragments and large values.
  @inlinable @inline(__always)
  package subscript(slot: EventSlot) -> ByteView? {
    let (offset, length) = (Int(slot.offset), Int(slot.length))
    switch slot.valueType {
    case 0x01: return record.part(offset, length)
    case 0x02...0x15: return length <= SlotSources.maximumByteCount ? record.part(offset, length) : nil
    case EventSlot.literal: return literals.part(offset, length)
    case EventSlot.joined: return joined.part(offset, length)
    default: return nil
    }
  }
}

extension EventSlot {
  /// What tells texts of the same bytes from each other.
  @inlinable package var kind: UInt8 { valueType }
}

extension EventSlotReader {
  package var sources: SlotSources {
    SlotSources(record: renderer.parser.view, literals: renderer.literals.view, joined: renderer.slots.joinedText.view)
  }
}
