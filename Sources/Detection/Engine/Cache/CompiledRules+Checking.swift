import Sigma
import WindowsFormats

/// Sees that tables that were kept can be matched with: every number that leads into a table lies inside it, and every
/// walk through them ends. The matcher checks no such thing again, so this is all that stands between it and a file that
/// somebody else has written.
extension CompiledRules {
  func check() throws(CacheFault) {
    try require(Array(fields.prefix(FieldNumbers.given.count)) == FieldNumbers.given)
    try checkEntries()
    try checkDecisions()
    try checkAtoms()
    try checkCandidates()
    try checkKeys()
    try checkPatterns()
    try checkLiteralTables()
    try checkLiteralFields()
    try checkWildcards()
    for derived in derivedFields {
      try require(derived.inputs.count == derived.derived.inputs.count)
      try require(isField(derived.field) && derived.inputs.allSatisfy(isField))
    }
  }

  private func require(_ isSound: Bool) throws(CacheFault) {
    guard isSound else { throw CacheFault() }
  }

  private func isField(_ field: Int32) -> Bool { field >= 0 && field < fields.count }

  /// Whether an offset and a count stay within a table.
  private func fits(_ offset: Int32, _ count: Int, in total: Int) -> Bool {
    offset >= 0 && count >= 0 && Int(offset) <= total && count <= total - Int(offset)
  }

  /// Rising places within a table, so that each two neighbours are a range.
  private func checkStarts(_ starts: FlatView<Int32>, end: Int) throws(CacheFault) {
    var last: Int32 = 0
    for index in 0..<starts.count {
      try require(starts[index] >= last && starts[index] <= end)
      last = starts[index]
    }
  }

  // MARK: Entries and decisions

  /// Entries stand in the order of their rules: the matcher takes a rule once by looking at the one before.
  private func checkEntries() throws(CacheFault) {
    let view = entries.view
    var lastRule = 0
    for index in 0..<view.count {
      let entry = view[index]
      try require(entry.rule >= lastRule)
      lastRule = entry.rule
      try require(entry.start >= DecisionCode.matches && entry.start < decisions.view.count)
      try require(entry.firstRoute >= 0 && entry.firstRoute <= entry.endRoute && entry.endRoute <= routes.view.count)
    }
  }

  /// Each leads to earlier ones or to an end, so that a way through them cannot go round.
  private func checkDecisions() throws(CacheFault) {
    let view = decisions.view
    for index in 0..<view.count {
      let decision = view[index]
      for place in [decision.whenTrue, decision.whenFalse] {
        try require(place >= DecisionCode.matches && place < index)
      }
      try require((decision.question >= 0 ? decision.question : ~decision.question) < atoms.view.count)
    }
  }

  // MARK: Atoms

  private func checkAtoms() throws(CacheFault) {
    let view = atoms.view
    for index in 0..<view.count {
      let atom = view[index]
      try require(isField(atom.field) && atom.parameter >= 0)
      try require(atom.parameter < parameterCount(of: atom.kind))
    }
    for index in 0..<references.view.count { try require(isField(references.view[index].other)) }
  }

  /// Places in the table of a kind.
  private func parameterCount(of kind: Atom.Kind) -> Int {
    switch kind {
    case .literals: Int.max
    case .anyText, .emptyText, .exists, .null: 1
    case .wildcard, .casedWildcard: wildcardStarts.view.count - 1
    case .regularExpression: expressions.count
    case .number: numbers.view.count
    case .timePart: times.view.count
    case .network: networks.view.count
    case .fieldReference: references.view.count
    }
  }

  private func checkCandidates() throws(CacheFault) {
    try require(candidateStarts.view.count == atoms.view.count + 1)
    try checkStarts(candidateStarts.view, end: candidates.view.count)
    try checkNumbers(candidates.view, below: entries.view.count)
  }

  private func checkNumbers(_ view: FlatView<Int32>, below limit: Int) throws(CacheFault) {
    for index in 0..<view.count { try require(view[index] >= 0 && view[index] < limit) }
  }

  private func checkKeys() throws(CacheFault) {
    for atom in keyLiterals.keys {
      try require(atom >= 0 && atom < atoms.view.count && FieldNumbers.isKey(atoms.view[Int(atom)].field))
    }
  }

  private func checkWildcards() throws(CacheFault) {
    try require(wildcardStarts.view.count > 0)
    try checkStarts(wildcardStarts.view, end: wildcardPieces.view.count)
    for index in 0..<wildcardPieces.view.count {
      let piece = wildcardPieces.view[index]
      try require(fits(piece.offset, Int(piece.byteCount), in: wildcardBytes.view.count))
    }
  }

  // MARK: Literals

  private func checkPatterns() throws(CacheFault) {
    let view = patterns.view
    for index in 0..<view.count {
      let pattern = view[index]
      try require(fits(pattern.offset, Int(pattern.byteCount), in: literalBytes.view.count))
      try require(pattern.firstAtom >= 0 && pattern.firstAtom <= pattern.endAtom)
      try require(pattern.endAtom <= patternAtoms.view.count)
    }
    try checkNumbers(patternAtoms.view, below: atoms.view.count)
    for index in 0..<literalEntries.view.count {
      let entry = literalEntries.view[index]
      try require(fits(entry.offset, Int(entry.byteCount), in: literalBytes.view.count))
      try require(entry.gramOffset >= 0 && entry.gramOffset <= entry.byteCount)
      try require(entry.pattern >= 0 && entry.pattern < view.count && entry.part <= FieldReference.Part.anywhere.code)
    }
  }

  /// A hash of a table is as long as its bits, and what is above the bucket's shift as its buckets.
  private func checkLiteralTables() throws(CacheFault) {
    for index in 0..<literalTables.view.count {
      let table = literalTables.view[index]
      try require((1...4).contains(table.gramByteCount) && (1...2).contains(table.stride))
      try require(table.mask == (table.gramByteCount == 4 ? .max : (1 << UInt32(8 * table.gramByteCount)) - 1))
      try require((2...26).contains(table.hashShift))
      let hashBits = 32 - table.hashShift
      try require(table.bucketShift <= hashBits)
      try require(fits(table.bitOffset, (1 << Int(hashBits)) / 64, in: literalBits.view.count))
      let buckets = 1 << Int(hashBits - table.bucketShift)
      try require(fits(table.bucketOffset, buckets + 1, in: literalBuckets.view.count))
    }
    for index in 0..<literalBuckets.view.count {
      try require(literalBuckets.view[index] >= 0 && literalBuckets.view[index] <= literalEntries.view.count)
    }
  }

  private func checkLiteralFields() throws(CacheFault) {
    let tables = literalTables.view.count
    try require(literalFields.view.count == fields.count)
    for index in 0..<literalFields.view.count {
      let field = literalFields.view[index]
      try require(field.long >= -1 && field.long < tables && field.short >= -1 && field.short < tables)
      try require(field.firstAtStart >= 0 && field.firstAtStart <= field.firstAtEnd)
      try require(field.firstAtEnd <= field.endAtEnd && field.endAtEnd <= tables)
      if field.exactLengths != 0 { try checkExactSlots(of: field) }
    }
    for index in 0..<exactSlots.view.count {
      try require(exactSlots.view[index] >= -1 && exactSlots.view[index] < patterns.view.count)
    }
  }

  /// A search goes on until it meets a free slot: there has to be one.
  private func checkExactSlots(of field: LiteralTables.Field) throws(CacheFault) {
    try require(field.exactMask >= 0)
    let count = Int(field.exactMask) + 1
    try require(count & (count - 1) == 0 && fits(field.exactOffset, count, in: exactSlots.view.count))
    let slots = Int(field.exactOffset)..<(Int(field.exactOffset) + count)
    try require(slots.contains { exactSlots.view[$0] < 0 })
  }
}
