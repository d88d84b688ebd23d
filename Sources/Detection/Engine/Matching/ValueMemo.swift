import WindowsFormats

/// What values were good for when they were last met: their texts, and the literals that stand in them.
///
/// Four of five values of a log have been there shortly before: accounts, programs, flags, addresses. A value that is
/// known by its bytes is not decoded, folded and searched again. Nothing is taken on trust: field, type and all bytes are
/// compared. What is kept has a fixed size and a place that its hash gives; a value is kept when it comes a second time,
/// so that the many that come but once drive nobody out.
///
/// Texts stand at the start of the view's own buffers, before those of the event: whoever asks a value does not notice.
struct ValueMemo: ~Copyable {
  /// What makes two values the same.
  struct Key {
    var bytes: ByteView
    var field: Int32
    /// Type of the value, and what it is searched for.
    var kind: UInt32

    @inline(__always)
    var hash: UInt64 {
      let mixed = (UInt64(UInt32(bitPattern: field)) << 32 | UInt64(kind)) &* 0x9E37_79B9_7F4A_7C15
      let hash = (bytes.sampledHash ^ mixed) &* 0xFF51_AFD7_ED55_8CCD
      return hash ^ hash >> 32
    }
  }

  struct Entry: BitwiseCopyable {
    var tag: UInt32
    var field: Int32
    var kind: UInt32
    /// Bytes of the key; -1 when nothing is kept.
    var byteCount: Int32
    /// Bytes of the text; -1 for a value that the event turned out not to have.
    var textByteCount: Int32
    var foldedByteCount: Int32
    var patternCount: Int32
    /// The class of a channel, provider or event id.
    var keyClass: Int32
    /// The event that used it last: what that event points at stays in place.
    var usedIn: UInt32
  }

  /// `kind` of what is made from other values.
  static let derived: UInt32 = 1 << 16

  static let entryCount = 1024
  static let keyCapacity = 512
  static let textCapacity = 256
  /// The folded text and the padding behind it.
  static let foldedCapacity = 264
  static let patternCapacity = 8

  private(set) var entries = FlatBuffer<Entry>(capacity: ValueMemo.entryCount)
  private var patterns = FlatBuffer<Int32>(capacity: ValueMemo.entryCount * ValueMemo.patternCapacity)
  private var keys = ByteSink(capacity: ValueMemo.entryCount * ValueMemo.keyCapacity)
  /// Tags of values that were met and not kept.
  private var seen = FlatBuffer<UInt32>(capacity: ValueMemo.entryCount)
  /// Where the value that was looked for last may be kept, and under which tag; -1 when it is not to be.
  private(set) var freePlace = -1
  private var tag: UInt32 = 0

  init() {
    let nothing = Entry(
      tag: 0, field: -1, kind: 0, byteCount: -1, textByteCount: 0, foldedByteCount: 0, patternCount: 0, keyClass: 0,
      usedIn: 0)
    entries.fill(nothing, count: ValueMemo.entryCount)
    seen.fill(0, count: ValueMemo.entryCount)
    patterns.extend(by: ValueMemo.entryCount * ValueMemo.patternCapacity)
    keys.skip(ValueMemo.entryCount * ValueMemo.keyCapacity)
  }

  /// The entry of a value, or -1; then it may be kept once it is known, if there is a free place.
  @inline(__always)
  mutating func find(_ key: Key, event: UInt32) -> Int {
    let hash = key.hash
    let slot = Int(truncatingIfNeeded: hash) & (ValueMemo.entryCount &- 1)
    tag = UInt32(truncatingIfNeeded: hash >> 32)
    let entry = entries[slot]
    if entry.tag == tag, Int(entry.byteCount) == key.bytes.count, entry.field == key.field, entry.kind == key.kind,
      key.bytes.isEqual(at: 0, to: keys.view, at: slot &* ValueMemo.keyCapacity, byteCount: key.bytes.count)
    {
      entries[slot].usedIn = event
      return slot
    }
    freePlace = -1
    if key.bytes.count > ValueMemo.keyCapacity { return -1 }
    if seen[slot] != tag {
      seen[slot] = tag
    } else if entry.usedIn != event {
      freePlace = slot
    }
    return -1
  }

  /// Keeps what is known of the value that was looked for last. Its texts are in the entry's places by then.
  mutating func keep(
    _ key: Key, _ found: borrowing FlatBuffer<Int32>, textByteCount: Int, foldedByteCount: Int, keyClass: Int32
  ) {
    let slot = freePlace
    guard slot >= 0, found.count <= ValueMemo.patternCapacity else { return }
    freePlace = -1
    keys.replace(at: slot * ValueMemo.keyCapacity, with: key.bytes, at: 0, byteCount: key.bytes.count)
    for index in 0..<found.count { patterns[slot * ValueMemo.patternCapacity + index] = found[index] }
    entries[slot] = Entry(
      tag: tag, field: key.field, kind: key.kind, byteCount: Int32(key.bytes.count),
      textByteCount: Int32(textByteCount), foldedByteCount: Int32(foldedByteCount), patternCount: Int32(found.count),
      keyClass: keyClass, usedIn: 0)
  }

  @inline(__always)
  func pattern(_ index: Int, of slot: Int) -> Int { Int(patterns[slot &* ValueMemo.patternCapacity &+ index]) }
}
