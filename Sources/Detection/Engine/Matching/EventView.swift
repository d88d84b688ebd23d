import WindowsFormats

/// The values of one event that rules ask for, as text in buffers that are used again for each event.
///
/// A field has no value (absent), several values, null (it is there but has none) or the empty text, and these are
/// different things. The buffers begin with the texts that a `ValueMemo` keeps.
struct EventView: ~Copyable {
  struct Value: BitwiseCopyable {
    var field: Int32
    /// Next value of the same field, or -1.
    var next: Int32
    var isNull: Bool
    /// The text as it stands, in `text`.
    var start: Int
    var byteCount: Int
    /// The folded text, in `folded`.
    var foldedStart: Int
    var foldedByteCount: Int
  }

  var text = ByteSink(capacity: 1 << 16)
  var folded = ByteSink(capacity: 1 << 16)
  private(set) var values = FlatBuffer<Value>(capacity: 128)
  private var fields = FlatBuffer<EventViewField>(capacity: 64)
  private var generation: UInt32 = 0

  private static let keptTextByteCount = ValueMemo.entryCount * ValueMemo.textCapacity
  private static let keptFoldedByteCount = ValueMemo.entryCount * ValueMemo.foldedCapacity

  init(fieldCount: Int) {
    text.skip(EventView.keptTextByteCount)
    folded.skip(EventView.keptFoldedByteCount)
    fields.fill(EventViewField(generation: 0, first: -1, last: -1), count: fieldCount)
  }

  mutating func removeAll() {
    text.truncate(to: EventView.keptTextByteCount)
    folded.truncate(to: EventView.keptFoldedByteCount)
    values.truncate(to: 0)
    generation &+= 1
    if generation == 0 {
      fields.fill(EventViewField(generation: 0, first: -1, last: -1), count: fields.count)
      generation = 1
    }
  }

  /// Adds what was appended to `text` since `start` as a value of a field, or of none (-1).
  @inline(__always)
  mutating func addText(from start: Int, field: Int32) { addText(start..<text.count, field: field) }

  mutating func addText(_ range: Range<Int>, field: Int32) {
    let foldedStart = folded.count
    Folding.append(text.view, at: range.lowerBound, byteCount: range.count, to: &folded)
    let foldedEnd = folded.count
    folded.appendWindowPadding()
    add(
      Value(
        field: field, next: -1, isNull: false, start: range.lowerBound, byteCount: range.count,
        foldedStart: foldedStart, foldedByteCount: foldedEnd &- foldedStart))
  }

  mutating func addNull(field: Int32) {
    add(
      Value(
        field: field, next: -1, isNull: true, start: text.count, byteCount: 0, foldedStart: folded.count,
        foldedByteCount: 0))
  }

  /// Adds a value whose texts are kept in an entry.
  @inline(__always)
  mutating func addKept(_ slot: Int, _ entry: ValueMemo.Entry, field: Int32) {
    add(
      Value(
        field: field, next: -1, isNull: false, start: slot &* ValueMemo.textCapacity,
        byteCount: Int(entry.textByteCount), foldedStart: slot &* ValueMemo.foldedCapacity,
        foldedByteCount: Int(entry.foldedByteCount)))
  }

  /// Copies the texts of a value of the event to an entry's places.
  /// - Returns: False when there is no room for them.
  mutating func keep(_ value: Value, at slot: Int) -> Bool {
    guard value.byteCount <= ValueMemo.textCapacity, value.foldedByteCount &+ 4 <= ValueMemo.foldedCapacity else {
      return false
    }
    text.replace(at: slot * ValueMemo.textCapacity, with: text.view, at: value.start, byteCount: value.byteCount)
    folded.replace(
      at: slot * ValueMemo.foldedCapacity, with: folded.view, at: value.foldedStart,
      byteCount: value.foldedByteCount &+ 4)
    return true
  }

  @inline(__always)
  private mutating func add(_ value: Value) {
    let index = Int32(truncatingIfNeeded: values.count)
    values.append(value)
    guard value.field >= 0 else { return }
    let field = Int(value.field)
    if fields[field].generation == generation {
      values[Int(fields[field].last)].next = index
      fields[field].last = index
    } else {
      fields[field] = EventViewField(generation: generation, first: index, last: index)
    }
  }

  /// The first value of a field, or -1.
  @inline(__always)
  func firstValue(of field: Int32) -> Int32 {
    let state = fields[Int(field)]
    return state.generation == generation ? state.first : -1
  }
}

/// A field's values in one event; of another event when the generation differs.
struct EventViewField: BitwiseCopyable {
  var generation: UInt32
  var first: Int32
  var last: Int32
}
