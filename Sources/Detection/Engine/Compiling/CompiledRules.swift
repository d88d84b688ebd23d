import Sigma
import WindowsFormats

/// A rule set in the form that events are matched with: flat tables that never change, shared by all workers.
///
/// Design. An event's channel, provider and event id choose the entries that look at it and the fields that these need
/// (`RulePlan`). The values of those fields are decoded and folded once, and one pass over each finds the literals of
/// all rules (`LiteralTables`). A literal makes atoms true; an atom that an entry requires makes the entry a candidate
/// (`RequiredLiterals`). Only candidates have their decisions run (`DecisionCode`), and what the literals leave open
/// (wildcards, regular expressions, numbers, networks) is worked out then, once an event.
public final class CompiledRules: Sendable {
  /// Rules that are not in the set, in order, one reason each.
  public let refusals: [RuleRefusal]
  /// How many rules have entries in the set.
  public let ruleCount: Int
  public var entryCount: Int { entries.view.count }
  /// Entries that every event of their routes has to be tried on: they require no literal.
  public let unfilteredEntryCount: Int
  /// How many distinct questions the set asks of events.
  public var conditionCount: Int { atoms.view.count }
  /// Fields that the rules ask for.
  public var fieldNames: [String] { Array(fields.dropFirst()) }

  struct Entry: BitwiseCopyable {
    var rule: Int
    /// Where its decisions start, or an end of them.
    var start: Int32
    var firstRoute: Int32
    var endRoute: Int32
    var requiresLiteral: Bool
  }

  /// A route over classes; -1 stands for any.
  struct Route: BitwiseCopyable {
    var channel: Int32
    var provider: Int32
    var eventID: Int32
  }

  static let any: Int32 = -1
  /// No class at all.
  static let none: Int32 = -2

  let fields: [String]
  let derivedFields: [NumberedDerivedField]
  let entries: FlatTable<Entry>
  let routes: FlatTable<Route>
  let decisions: FlatTable<DecisionCode.Decision>
  let atoms: FlatTable<Atom>
  /// Entries that an atom makes candidates: `candidateStarts[atom]..<candidateStarts[atom + 1]`.
  let candidateStarts: FlatTable<Int32>
  let candidates: FlatTable<Int32>
  /// Literals of atoms over the fields that choose entries, to see which entries an event's key rules out.
  let keyLiterals: [Int32: [Literal]]
  let channels: KeyClasses.Table
  let providers: KeyClasses.Table
  let eventIDs: KeyClasses.Table
  let keyTexts: [[[UInt8]]]

  let literalBytes: FlatTable<UInt8>
  let patterns: FlatTable<LiteralTables.Pattern>
  let patternAtoms: FlatTable<Int32>
  let literalTables: FlatTable<LiteralTables.Table>
  let literalBits: FlatTable<UInt64>
  let literalBuckets: FlatTable<Int32>
  let literalEntries: FlatTable<LiteralTables.Entry>
  let exactSlots: FlatTable<Int32>
  let literalFields: FlatTable<LiteralTables.Field>

  let wildcardPieces: FlatTable<WildcardTable.Piece>
  let wildcardStarts: FlatTable<Int32>
  let wildcardBytes: FlatTable<UInt8>
  let expressions: [RegexCode]
  let numbers: FlatTable<NumberTest>
  let times: FlatTable<TimeTest>
  let networks: FlatTable<NetworkTest>
  let references: FlatTable<ReferenceTest>

  /// Compiles entries. A rule of which one entry cannot be compiled is refused as a whole.
  public convenience init(_ entries: [RuleEntry]) {
    var compiler = RuleCompiler()
    compiler.add(entries)
    self.init(compiler)
  }

  init(_ compiler: consuming RuleCompiler) {
    let table = compiler.builder.atoms
    refusals = compiler.refusals
    ruleCount = compiler.ruleCount
    unfilteredEntryCount = compiler.entries.count { !$0.requiresLiteral }
    fields = table.fieldNames
    derivedFields = table.derivedFields
    entries = FlatTable(compiler.entries)
    routes = FlatTable(compiler.routes)
    decisions = FlatTable(compiler.decisions)
    atoms = FlatTable(table.atoms)
    let (starts, members) = compiler.candidateTable(atomCount: table.atoms.count)
    candidateStarts = FlatTable(starts)
    candidates = FlatTable(members)
    keyLiterals = compiler.keyLiterals
    channels = compiler.channels.table()
    providers = compiler.providers.table()
    eventIDs = compiler.eventIDs.table()
    keyTexts = [[], compiler.channels.texts, compiler.providers.texts, compiler.eventIDs.texts]

    let literals = LiteralTables(compiler.atomsOfLiteral())
    literalBytes = FlatTable(literals.bytes)
    patterns = FlatTable(literals.patterns)
    patternAtoms = FlatTable(literals.atoms)
    literalTables = FlatTable(literals.tables)
    literalBits = FlatTable(literals.bits)
    literalBuckets = FlatTable(literals.buckets)
    literalEntries = FlatTable(literals.entries)
    exactSlots = FlatTable(literals.exact)
    literalFields = FlatTable(literals.fields)

    wildcardPieces = FlatTable(table.wildcards.pieces)
    wildcardStarts = FlatTable(table.wildcards.starts)
    wildcardBytes = FlatTable(table.wildcards.bytes)
    expressions = table.expressions
    numbers = FlatTable(table.numbers)
    times = FlatTable(table.times)
    networks = FlatTable(table.networks)
    references = FlatTable(table.references)
  }

  /// Reads what `write` wrote. Why rules are not in the set is with the other refusals of a `RuleBook`.
  /// - Throws: When the bytes are no tables that can be matched with.
  init(reading reader: inout CacheReader) throws(CacheFault) {
    refusals = []
    fields = try reader.textList()
    derivedFields = try reader.list { reader throws(CacheFault) in try NumberedDerivedField(reading: &reader) }
    entries = try reader.elements()
    routes = try reader.elements()
    decisions = try reader.elements()
    atoms = try reader.elements()
    candidateStarts = try reader.table()
    candidates = try reader.table()
    keyLiterals = try reader.keyLiterals()
    let classes = [
      try KeyClasses(reading: &reader), try KeyClasses(reading: &reader), try KeyClasses(reading: &reader),
    ]
    channels = classes[0].table()
    providers = classes[1].table()
    eventIDs = classes[2].table()
    keyTexts = [[]] + classes.map(\.texts)

    literalBytes = try reader.table()
    patterns = try reader.elements()
    patternAtoms = try reader.table()
    literalTables = try reader.elements()
    literalBits = try reader.table()
    literalBuckets = try reader.table()
    literalEntries = try reader.elements()
    exactSlots = try reader.table()
    literalFields = try reader.elements()

    wildcardPieces = try reader.elements()
    wildcardStarts = try reader.table()
    wildcardBytes = try reader.table()
    expressions = try reader.list { reader throws(CacheFault) in try RegexCode(reading: &reader) }
    numbers = try reader.elements()
    times = try reader.elements()
    networks = try reader.elements()
    references = try reader.elements()

    let view = entries.view
    ruleCount = Set((0..<view.count).map { view[$0].rule }).count
    unfilteredEntryCount = (0..<view.count).count { !view[$0].requiresLiteral }
    try check()
  }

  /// Bytes of the tables; code that PCRE2 made comes on top.
  public var byteCount: Int {
    let code =
      entries.byteCount + routes.byteCount + decisions.byteCount + atoms.byteCount + candidateStarts.byteCount
      + candidates.byteCount + channels.byteCount + providers.byteCount + eventIDs.byteCount
    let literals =
      literalBytes.byteCount + patterns.byteCount + patternAtoms.byteCount + literalTables.byteCount
      + literalBits.byteCount + literalBuckets.byteCount + literalEntries.byteCount + exactSlots.byteCount
      + literalFields.byteCount
    let others =
      wildcardPieces.byteCount + wildcardStarts.byteCount + wildcardBytes.byteCount + numbers.byteCount
      + times.byteCount + networks.byteCount + references.byteCount
    return code + literals + others
  }
}
