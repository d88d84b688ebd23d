import Sigma
import WindowsFormats

/// All literals of a rule set, arranged for one pass over each value of an event.
///
/// Each literal is entered under one of its runs of four bytes (three, two, one, when it is shorter): the one that the
/// literals of all rules have least often, because that is the one that texts will have least often. The pass takes the
/// four bytes at each offset, hashes them and looks at one bit; where the bit is set, the literals under that hash are
/// compared in place. Nine of ten offsets cost one look at one bit, whatever the number of literals, where an automaton
/// pays a chain of dependent loads for each byte. Literals that a whole value must equal are found by the value's hash.
struct LiteralTables {
  /// A distinct text with its place in values.
  struct Pattern: BitwiseCopyable {
    /// Where the text stands in `bytes`.
    var offset: Int32
    var byteCount: Int32
    /// Where in the text its run of bytes stands, by which it is entered.
    var gramOffset: Int32
    /// `FieldReference.Part.code`.
    var part: UInt8
    /// Range in `atoms`: the atoms that the pattern makes true.
    var firstAtom: Int32
    var endAtom: Int32
  }

  /// Literals of one field that are entered by runs of the same length.
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
  }

  struct Entry: BitwiseCopyable {
    var gram: UInt32
    var pattern: Int32
  }

  /// What is to be done with the values of one field.
  struct Field: BitwiseCopyable {
    var firstTable: Int32 = 0
    var endTable: Int32 = 0
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

  /// A run's hash before it is shifted.
  @inline(__always)
  static func product(_ gram: UInt32) -> UInt32 { gram &* 0x9E37_79B1 }

  /// - Parameter atomsOfLiteral: By field, each literal with the atoms that it makes true, in a fixed order.
  init(_ atomsOfLiteral: [[(literal: Literal, atoms: [Int32])]]) {
    let census = GramCensus(atomsOfLiteral.lazy.joined().map(\.literal.bytes))
    for literals in atomsOfLiteral {
      var field = Field()
      var exactPatterns: [Int32] = []
      var byLength: [[Int32]] = [[], [], [], [], []]
      for (literal, numbers) in literals {
        let pattern = add(literal, numbers, census)
        if literal.part == .whole {
          exactPatterns.append(pattern)
        } else {
          byLength[min(literal.bytes.count, 4)].append(pattern)
        }
      }
      field.firstTable = Int32(tables.count)
      for length in stride(from: 4, to: 0, by: -1) where !byLength[length].isEmpty {
        addTable(byLength[length], length)
      }
      field.endTable = Int32(tables.count)
      addExact(exactPatterns, to: &field)
      fields.append(field)
    }
  }

  private mutating func add(_ literal: Literal, _ numbers: [Int32], _ census: GramCensus) -> Int32 {
    let first = atoms.count
    atoms += numbers
    patterns.append(
      Pattern(
        offset: Int32(bytes.count), byteCount: Int32(literal.bytes.count),
        gramOffset: Int32(census.rarestOffset(in: literal.bytes)), part: literal.part.code, firstAtom: Int32(first),
        endAtom: Int32(atoms.count)))
    bytes += literal.bytes
    return Int32(patterns.count - 1)
  }

  private func gram(_ pattern: Pattern, _ length: Int) -> UInt32 {
    let start = Int(pattern.offset + pattern.gramOffset)
    return (0..<length).reduce(0) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
  }

  /// Thirty-two bits an entry or more: so few are set that texts pass.
  private static let bitsPerEntry = 32
  private static let minimumHashBits = 10

  private mutating func addTable(_ numbers: [Int32], _ length: Int) {
    let wanted = numbers.count * LiteralTables.bitsPerEntry
    let hashBits = max(LiteralTables.minimumHashBits, Int.bitWidth - (wanted - 1).leadingZeroBitCount)
    let bucketBits = max(hashBits - 5, 1)
    let table = Table(
      gramByteCount: Int32(length), mask: length == 4 ? .max : (1 << UInt32(8 * length)) - 1,
      hashShift: UInt32(32 - hashBits), bitOffset: Int32(bits.count), bucketShift: UInt32(hashBits - bucketBits),
      bucketOffset: Int32(buckets.count))
    bits += [UInt64](repeating: 0, count: (1 << hashBits) / 64)
    var members: [(bucket: Int, entry: Entry)] = []
    for number in numbers {
      let gram = gram(patterns[Int(number)], length)
      let hash = Int(LiteralTables.product(gram) >> table.hashShift)
      bits[Int(table.bitOffset) + hash >> 6] |= 1 << UInt64(hash & 63)
      members.append((hash >> Int(table.bucketShift), Entry(gram: gram, pattern: number)))
    }
    members.sort { ($0.bucket, $0.entry.gram, $0.entry.pattern) < ($1.bucket, $1.entry.gram, $1.entry.pattern) }
    var next = 0
    for bucket in 0..<(1 << bucketBits) {
      buckets.append(Int32(entries.count))
      while next < members.count, members[next].bucket == bucket {
        entries.append(members[next].entry)
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

/// How often runs of bytes occur in the literals of a rule set, roughly: runs with the same hash are counted together.
struct GramCensus {
  private var counts = [UInt32](repeating: 0, count: 1 << 16)

  init(_ texts: some Sequence<[UInt8]>) {
    for text in texts {
      let length = min(text.count, 4)
      for offset in 0...(text.count - length) { counts[GramCensus.slot(text, offset, length)] += 1 }
    }
  }

  private static func slot(_ text: [UInt8], _ offset: Int, _ length: Int) -> Int {
    var gram: UInt32 = UInt32(length)
    for index in 0..<length { gram = gram << 8 ^ gram >> 24 ^ UInt32(text[offset + index]) }
    return Int((gram &* 0x85EB_CA6B) >> 16)
  }

  /// Where the run stands that occurs least often; the first of several.
  func rarestOffset(in text: [UInt8]) -> Int {
    let length = min(text.count, 4)
    var best = 0
    var least = UInt32.max
    for offset in 0...(text.count - length) {
      let count = counts[GramCensus.slot(text, offset, length)]
      if count < least { (best, least) = (offset, count) }
    }
    return best
  }
}
