import Sigma
import WindowsFormats

/// All literals of a rule set, arranged for one pass over each value of an event.
///
/// Each literal is entered under one of its runs of four bytes: the one that the literals of all rules have least often,
/// because that is the one that texts will have least often. The pass takes the four bytes at each offset, hashes them
/// and looks at one bit; where the bit is set, the literals under that hash are compared in place. Nearly all offsets
/// cost one look at one bit, whatever the number of literals, where an automaton pays a chain of dependent loads for
/// each byte. Three things make the pass shorter:
///
/// - Where all literals of a field have five bytes or more, each is entered under two runs side by side, and the pass
///   looks at every other offset.
/// - Literals of up to four bytes at the start or the end of values are looked for there only. Others that are shorter
///   than four bytes are entered under two bytes, and looked at in the same pass.
/// - Literals that a whole value must equal are found by the value's hash.
struct LiteralTables {
  /// A distinct text and the atoms that it makes true.
  struct Pattern: BitwiseCopyable {
    /// Where the text stands in `bytes`.
    var offset: Int32
    var byteCount: Int32
    /// Range in `atoms`.
    var firstAtom: Int32
    var endAtom: Int32
  }

  /// Literals of one field that are entered by runs of the same length and looked for at the same places.
  struct Table: BitwiseCopyable {
    /// Bytes in a run: 1 to 4.
    var gramByteCount: Int32
    /// Low bytes of a word that belong to the run.
    var mask: UInt32
    /// The hash is what stands above this bit of the product.
    var hashShift: UInt32
    /// First word of the bits in `bits`.
    var bitOffset: Int32
    /// The bucket is what stands above this bit of the hash.
    var bucketShift: UInt32
    /// First place in `buckets`.
    var bucketOffset: Int32
    /// The pass looks at every so manieth offset.
    var stride: Int32
  }

  /// A literal under one of its runs, with all that is needed to turn most of them away.
  struct Entry: BitwiseCopyable {
    var gram: UInt32
    /// Where in the text the run stands.
    var gramOffset: Int32
    var byteCount: Int32
    /// Where the text stands in `bytes`.
    var offset: Int32
    var pattern: Int32
    /// `FieldReference.Part.code`.
    var part: UInt8
  }

  /// What is to be done with the values of one field.
  struct Field: BitwiseCopyable {
    /// Table of literals that stand anywhere: of runs of four bytes and of two; -1 for none.
    var long: Int32 = -1
    var short: Int32 = -1
    /// Tables of short literals at the start of values, then of those at the end.
    var firstAtStart: Int32 = 0
    var firstAtEnd: Int32 = 0
    var endAtEnd: Int32 = 0
    var exactOffset: Int32 = 0
    /// Slots of the table of whole values less one; a power of two less one.
    var exactMask: Int32 = 0
    /// Bit n is set when a whole value has n bytes, bit 63 for 63 and more.
    var exactLengths: UInt64 = 0
  }

  private(set) var bytes: [UInt8] = []
  private(set) var patterns: [Pattern] = []
  private(set) var atoms: [Int32] = []
  private(set) var tables: [Table] = []
  private(set) var bits: [UInt64] = []
  private(set) var buckets: [Int32] = []
  private(set) var entries: [Entry] = []
  private(set) var exact: [Int32] = []
  private(set) var fields: [Field] = []
  private let census: GramCensus

  /// A run's hash before it is shifted.
  @inline(__always)
  static func product(_ gram: UInt32) -> UInt32 { gram &* 0x9E37_79B1 }

  /// A literal and its pattern, on the way into a table.
  private typealias Member = (literal: Literal, pattern: Int32)

  /// - Parameter atomsOfLiteral: By field, each literal with the atoms that it makes true, in a fixed order.
  init(_ atomsOfLiteral: [[(literal: Literal, atoms: [Int32])]]) {
    census = GramCensus(atomsOfLiteral.lazy.joined().map(\.literal.bytes))
    for literals in atomsOfLiteral { addField(literals.map { ($0.literal, add($0.literal, $0.atoms)) }) }
  }

  private mutating func addField(_ members: [Member]) {
    var field = Field()
    let inner = members.filter { $0.literal.part != .whole }
    let isAtEdge = { (member: Member) in member.literal.part != .anywhere && member.literal.bytes.count <= 4 }
    let long = inner.filter { !isAtEdge($0) && $0.literal.bytes.count >= 4 }
    let short = inner.filter { !isAtEdge($0) && $0.literal.bytes.count < 4 }
    if !long.isEmpty {
      field.long = Int32(tables.count)
      let hasRoom = short.isEmpty && long.allSatisfy { $0.literal.bytes.count > 4 }
      addTable(long.flatMap { longEntries($0, stride: hasRoom ? 2 : 1) }, 4, stride: hasRoom ? 2 : 1)
    }
    if !short.isEmpty {
      field.short = Int32(tables.count)
      addTable(short.flatMap(shortEntries), 2, stride: 1)
    }
    field.firstAtStart = Int32(tables.count)
    addEdgeTables(inner.filter { isAtEdge($0) && $0.literal.part == .prefix })
    field.firstAtEnd = Int32(tables.count)
    addEdgeTables(inner.filter { isAtEdge($0) && $0.literal.part == .suffix })
    field.endAtEnd = Int32(tables.count)
    addExact(members.filter { $0.literal.part == .whole }.map(\.pattern), to: &field)
    fields.append(field)
  }

  private mutating func add(_ literal: Literal, _ numbers: [Int32]) -> Int32 {
    let first = atoms.count
    atoms += numbers
    patterns.append(
      Pattern(
        offset: Int32(bytes.count), byteCount: Int32(literal.bytes.count), firstAtom: Int32(first),
        endAtom: Int32(atoms.count)))
    bytes += literal.bytes
    return Int32(patterns.count - 1)
  }

  // MARK: Entries

  private func entry(_ member: Member, at gramOffset: Int, _ gramByteCount: Int) -> Entry {
    let text = member.literal.bytes
    let gram = (0..<gramByteCount).reduce(UInt32(0)) { $0 | UInt32(text[gramOffset + $1]) << UInt32(8 * $1) }
    return Entry(
      gram: gram, gramOffset: Int32(gramOffset), byteCount: Int32(text.count),
      offset: patterns[Int(member.pattern)].offset, pattern: member.pattern, part: member.literal.part.code)
  }

  private func longEntries(_ member: Member, stride: Int) -> [Entry] {
    let offset = census.rarestOffset(in: member.literal.bytes, length: 4, runs: stride)
    return (0..<stride).map { entry(member, at: offset + $0, 4) }
  }

  /// Under two bytes; a single one under itself and any other behind it, the end of the value included.
  private func shortEntries(_ member: Member) -> [Entry] {
    let text = member.literal.bytes
    if text.count > 1 { return [entry(member, at: census.rarestOffset(in: text, length: 2, runs: 1), 2)] }
    let single = entry(member, at: 0, 1)
    return (0..<256).map { second in
      var entry = single
      entry.gram |= UInt32(second) << 8
      return entry
    }
  }

  private mutating func addEdgeTables(_ members: [Member]) {
    for length in 1...4 {
      let entries = members.filter { $0.literal.bytes.count == length }.map { entry($0, at: 0, length) }
      if !entries.isEmpty { addTable(entries, length, stride: 1) }
    }
  }

  // MARK: Tables

  /// Sixty-four bits an entry or more: so few are set that texts pass.
  private static let bitsPerEntry = 64
  private static let minimumHashBits = 10
  /// A table of bits has at most 2 MiB.
  private static let maximumHashBits = 24

  private mutating func addTable(_ members: [Entry], _ length: Int, stride: Int) {
    let wanted = Int.bitWidth - (members.count * LiteralTables.bitsPerEntry - 1).leadingZeroBitCount
    let hashBits = min(max(wanted, LiteralTables.minimumHashBits), LiteralTables.maximumHashBits)
    let bucketBits = hashBits - 6
    let table = Table(
      gramByteCount: Int32(length), mask: length == 4 ? .max : (1 << UInt32(8 * length)) - 1,
      hashShift: UInt32(32 - hashBits), bitOffset: Int32(bits.count), bucketShift: UInt32(hashBits - bucketBits),
      bucketOffset: Int32(buckets.count), stride: Int32(stride))
    bits += [UInt64](repeating: 0, count: (1 << hashBits) / 64)
    var placed: [(bucket: Int, entry: Entry)] = []
    for entry in members {
      let hash = Int(LiteralTables.product(entry.gram) >> table.hashShift)
      bits[Int(table.bitOffset) + hash >> 6] |= 1 << UInt64(hash & 63)
      placed.append((hash >> Int(table.bucketShift), entry))
    }
    placed.sort { ($0.bucket, $0.entry.gram, $0.entry.pattern) < ($1.bucket, $1.entry.gram, $1.entry.pattern) }
    var next = 0
    for bucket in 0..<(1 << bucketBits) {
      buckets.append(Int32(entries.count))
      while next < placed.count, placed[next].bucket == bucket {
        entries.append(placed[next].entry)
        next += 1
      }
    }
    buckets.append(Int32(entries.count))
    tables.append(table)
  }

  private mutating func addExact(_ numbers: [Int32], to field: inout Field) {
    guard !numbers.isEmpty else { return }
    let count = 1 << (Int.bitWidth - (numbers.count * 2 - 1).leadingZeroBitCount)
    field.exactOffset = Int32(exact.count)
    field.exactMask = Int32(count - 1)
    var slots = [Int32](repeating: -1, count: count)
    bytes.withUnsafeBytes { buffer in
      let view = ByteView(buffer)
      for number in numbers {
        let pattern = patterns[Int(number)]
        field.exactLengths |= 1 << UInt64(min(pattern.byteCount, 63))
        var slot = Int(view.hash(at: Int(pattern.offset), byteCount: Int(pattern.byteCount)) >> 32) & (count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (count - 1) }
        slots[slot] = number
      }
    }
    exact += slots
  }
}
