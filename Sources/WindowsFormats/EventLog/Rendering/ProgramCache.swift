/// Compiled programs of templates met before, found again by content.
///
/// Programs of JSON and XML speak of values by index and of text by place in the literal pool, so they fit the same
/// template in any chunk of any file. A hit costs one pass over the definition's tokens instead of parsing and compiling.
struct ProgramCache: ~Copyable {
  /// Images of the cached definitions, one behind the other; the candidate's image stands at the end while it is sought.
  private var images = ByteSink(capacity: 1 << 16)
  private var entries = FlatBuffer<Entry>(capacity: 256)
  private var table = FlatBuffer<Int32>(capacity: 1024)

  struct Entry {
    var hash: UInt64
    var offset: Int32
    var length: Int32
    var role: UInt8
    var program: Int32
  }

  /// Definitions kept. A log of any size has a few hundred; past this everything is forgotten and learned anew.
  static let maximumEntries = 4096
  /// Bytes of images kept.
  static let maximumImageBytes = 16 << 20

  init() { table.fill(-1, count: 1024) }

  var isFull: Bool {
    entries.count >= ProgramCache.maximumEntries || images.count >= ProgramCache.maximumImageBytes
  }

  mutating func removeAll() {
    images.removeAll()
    entries.truncate(to: 0)
    table.fill(-1, count: 1024)
  }

  enum Lookup {
    case program(Int)
    /// Not met before; `remember` takes the key.
    case unknown(Key)
    /// The definition has no image.
    case uncacheable
  }
  struct Key {
    var hash: UInt64
    var offset: Int
    var length: Int
    var role: UInt8
  }

  mutating func find(
    _ definition: Int, role: FragmentRole, in parser: inout FragmentParser
  ) throws(BinXMLFault) -> Lookup {
    let start = images.count
    let isWhole = parser.appendImage(definition, to: &images)
    do throws(BinXMLFault) {
      try parser.spend(images.count &- start, at: definition)
    } catch {
      images.truncate(to: start)
      throw error
    }
    guard isWhole else {
      images.truncate(to: start)
      return .uncacheable
    }
    let length = images.count &- start
    let hash = images.hash(from: start)
    let mask = table.count &- 1
    var at = Int(truncatingIfNeeded: hash) & mask
    while table[at] >= 0 {
      let entry = entries[Int(table[at])]
      if entry.hash == hash, entry.role == role.rawValue, Int(entry.length) == length,
        images.areEqual(Int(entry.offset), start, byteCount: length)
      {
        images.truncate(to: start)
        return .program(Int(entry.program))
      }
      at = (at &+ 1) & mask
    }
    return .unknown(Key(hash: hash, offset: start, length: length, role: role.rawValue))
  }

  /// Keeps the program of a definition that was just sought and compiled.
  mutating func remember(_ key: Key, program: Int) {
    entries.append(
      Entry(
        hash: key.hash, offset: Int32(key.offset), length: Int32(key.length), role: key.role, program: Int32(program)))
    if entries.count &* 2 > table.count { return rehash() }
    insert(entries.count &- 1)
  }

  /// Gives up a definition that was sought and could not be compiled.
  mutating func forget(_ key: Key) { images.truncate(to: key.offset) }

  private mutating func insert(_ entry: Int) {
    let mask = table.count &- 1
    var at = Int(truncatingIfNeeded: entries[entry].hash) & mask
    while table[at] >= 0 { at = (at &+ 1) & mask }
    table[at] = Int32(entry)
  }

  private mutating func rehash() {
    table.fill(-1, count: table.count &* 2)
    for entry in 0..<entries.count { insert(entry) }
  }
}
