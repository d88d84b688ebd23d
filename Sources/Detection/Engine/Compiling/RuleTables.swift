import WindowsFormats

/// The tables of `CompiledRules` as a matcher holds them: without an owner to be counted at each access.
struct RuleTables: Sendable {
  let entries: FlatView<CompiledRules.Entry>
  let routes: FlatView<CompiledRules.Route>
  let decisions: FlatView<DecisionCode.Decision>
  let atoms: FlatView<Atom>
  let candidateStarts: FlatView<Int32>
  let candidates: FlatView<Int32>
  let channels: KeyClasses.View
  let providers: KeyClasses.View
  let eventIDs: KeyClasses.View

  let literalBytes: ByteView
  let patterns: FlatView<LiteralTables.Pattern>
  let patternAtoms: FlatView<Int32>
  let literalTables: FlatView<LiteralTables.Table>
  let literalBits: FlatView<UInt64>
  let literalBuckets: FlatView<Int32>
  let literalEntries: FlatView<LiteralTables.Entry>
  let exactSlots: FlatView<Int32>
  let literalFields: FlatView<LiteralTables.Field>

  let wildcardPieces: FlatView<WildcardTable.Piece>
  let wildcardStarts: FlatView<Int32>
  let wildcardBytes: ByteView
  let numbers: FlatView<NumberTest>
  let times: FlatView<TimeTest>
  let networks: FlatView<NetworkTest>
  let references: FlatView<ReferenceTest>

  /// Valid as long as `rules` is.
  init(_ rules: CompiledRules) {
    entries = rules.entries.view
    routes = rules.routes.view
    decisions = rules.decisions.view
    atoms = rules.atoms.view
    candidateStarts = rules.candidateStarts.view
    candidates = rules.candidates.view
    channels = KeyClasses.View(rules.channels)
    providers = KeyClasses.View(rules.providers)
    eventIDs = KeyClasses.View(rules.eventIDs)
    literalBytes = rules.literalBytes.bytes
    patterns = rules.patterns.view
    patternAtoms = rules.patternAtoms.view
    literalTables = rules.literalTables.view
    literalBits = rules.literalBits.view
    literalBuckets = rules.literalBuckets.view
    literalEntries = rules.literalEntries.view
    exactSlots = rules.exactSlots.view
    literalFields = rules.literalFields.view
    wildcardPieces = rules.wildcardPieces.view
    wildcardStarts = rules.wildcardStarts.view
    wildcardBytes = rules.wildcardBytes.bytes
    numbers = rules.numbers.view
    times = rules.times.view
    networks = rules.networks.view
    references = rules.references.view
  }
}
