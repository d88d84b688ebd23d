import Sigma
import WindowsFormats

/// The channels, providers or event ids that a rule set names, by number; 0 is any other.
///
/// Which rules look at an event depends on these classes alone, so there are only so many kinds of event however many
/// channels a hostile log makes up.
struct KeyClasses: Sendable {
  static let other: Int32 = 0
  /// The event has no such field.
  static let missing: Int32 = -3

  /// Folded texts; the class is the index.
  private(set) var texts: [[UInt8]] = [[]]
  private var numbers: [[UInt8]: Int32] = [:]

  mutating func add(_ folded: [UInt8]) -> Int32 {
    if let number = numbers[folded] { return number }
    let number = Int32(texts.count)
    numbers[folded] = number
    texts.append(folded)
    return number
  }

  /// Arranges what was added for looking up.
  func table() -> Table {
    var bytes: [UInt8] = []
    var places: [Table.Place] = []
    for text in texts {
      places.append(Table.Place(offset: Int32(bytes.count), byteCount: Int32(text.count)))
      bytes += text
    }
    let count = 1 << (Int.bitWidth - (texts.count * 2).leadingZeroBitCount)
    var slots = [Int32](repeating: -1, count: count)
    bytes.withUnsafeBytes { buffer in
      let view = ByteView(buffer)
      for number in places.indices.dropFirst() {
        let place = places[number]
        var slot = Int(view.hash(at: Int(place.offset), byteCount: Int(place.byteCount)) >> 32) & (count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (count - 1) }
        slots[slot] = Int32(number)
      }
    }
    return Table(bytes: FlatTable(bytes), places: FlatTable(places), slots: FlatTable(slots))
  }

  /// Texts and their classes, for looking up.
  struct Table: Sendable {
    struct Place: BitwiseCopyable {
      var offset: Int32
      var byteCount: Int32
    }

    fileprivate let bytes: FlatTable<UInt8>
    fileprivate let places: FlatTable<Place>
    fileprivate let slots: FlatTable<Int32>

    var byteCount: Int { bytes.byteCount + places.byteCount + slots.byteCount }
  }

  /// A table as a matcher holds it; valid as long as the table is.
  struct View: Sendable {
    private let bytes: ByteView
    private let places: FlatView<Table.Place>
    private let slots: FlatView<Int32>

    init(_ table: Table) {
      bytes = table.bytes.bytes
      places = table.places.view
      slots = table.slots.view
    }

    /// The class of a folded text.
    func find(_ view: ByteView, at offset: Int, byteCount: Int) -> Int32 {
      let mask = slots.count &- 1
      var slot = Int(truncatingIfNeeded: view.hash(at: offset, byteCount: byteCount) >> 32) & mask
      while true {
        let number = slots[slot]
        if number < 0 { return KeyClasses.other }
        let place = places[Int(number)]
        if Int(place.byteCount) == byteCount,
          view.isEqual(at: offset, to: bytes, at: Int(place.offset), byteCount: byteCount)
        {
          return number
        }
        slot = (slot &+ 1) & mask
      }
    }
  }
}
