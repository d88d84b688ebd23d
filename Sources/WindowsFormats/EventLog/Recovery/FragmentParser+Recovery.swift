/// Template definitions of records whose chunk has moved on.
extension FragmentParser {
  /// Bytes behind a chunk for definitions from pools.
  static let appendixByteCount = 1 << 20

  /// The definition for the instance at `offset`, or -1. See `TemplateResolver`.
  mutating func resolve(
    _ offset: Int, stated: Int, descriptors: Int, valueCount: Int
  ) throws(BinXMLFault) -> Int {
    let identifier = try u32(offset &+ 2)
    if resolver.event == nil { resolver.event = event(descriptors: descriptors, valueCount: valueCount) }
    let place = TemplateResolver.Place(
      event: resolver.event, identifier: identifier, stated: stated, valueCount: valueCount,
      isNested: offset != resolver.document)
    let verdict: TemplateResolver.Verdict
    if let known = resolver.verdicts[place] {
      verdict = known
    } else {
      verdict = find(place, descriptors: descriptors)
      resolver.verdicts[place] = verdict
    }
    guard fits(verdict.types, descriptors: descriptors, valueCount: valueCount) else {
      throw fail(.invalidValue, descriptors)
    }
    let isInline = stated == offset &+ 10 && verdict.definition == stated
    resolver.origin = max(resolver.origin, isInline ? .inline : verdict.origin)
    return verdict.definition
  }

  private mutating func find(_ place: TemplateResolver.Place, descriptors: Int) -> TemplateResolver.Verdict {
    if let verdict = findInPlace(place) { return verdict }
    for entry in resolver.file.candidates(place.identifier, valueCount: place.valueCount)
    where resolver.believes(entry.definition, entry.witness) {
      if let verdict = setDown(entry.definition, origin: .file) { return verdict }
    }
    for entry in resolver.wholeCase.candidates(place.identifier, valueCount: place.valueCount)
    where resolver.believes(entry.definition, entry.witness) {
      if let verdict = setDown(entry.definition, origin: .wholeCase) { return verdict }
    }
    let types = (0..<min(place.valueCount, 32)).map { view.u8(descriptors &+ $0 &* 4 &+ 2) ?? 0xFF }
    if types.count == place.valueCount, StandardSystemTemplate.matches(types: types) {
      let standard = StandardSystemTemplate.definition(valueCount: place.valueCount)
      if let verdict = setDown(standard, origin: .standard) { return verdict }
    } else if let event = place.event, let known = KnownEventFields.shared.definition(of: event, place.valueCount),
      var verdict = setDown(known, origin: .known)
    {
      // The table has names, not types.
      verdict.types = []
      return verdict
    }
    if place.isNested, place.valueCount <= TemplateBuilder.maximumUnnamedCount,
      var verdict = setDown(TemplateBuilder.unnamed(count: place.valueCount), origin: .missing)
    {
      verdict.types = []
      return verdict
    }
    return TemplateResolver.Verdict(definition: -1, origin: .missing)
  }

  /// The definition at the stated offset, if it is believed as it is or with its shared names put back.
  private mutating func findInPlace(_ place: TemplateResolver.Place) -> TemplateResolver.Verdict? {
    guard (EventLogChunk.headerByteCount..<EventLogChunk.byteCount - 24).contains(place.stated),
      view.u32(place.stated &+ 4) == place.identifier, let size = view.u32(place.stated &+ 20)
    else { return nil }
    let isExact = DefinitionStructure.isExact(view, at: place.stated)
    // A copy that the survey did not see, since what stood before it is gone, is a witness of its own.
    let context = isExact ? TemplateWitness.context(view, behind: place.stated &+ 24 &+ Int(size)) : 0
    let own = TemplateWitness(isProven: false, context: context)
    if let whole = intactDefinition(at: place.stated), whole.substitutionCount <= place.valueCount,
      resolver.believes(whole, own, isExact: isExact)
    {
      let types = TemplateSkeleton(whole)?.types ?? []
      return TemplateResolver.Verdict(definition: place.stated, origin: .offset, types: types)
    }
    guard let repaired = TemplateRepair.definition(view, at: place.stated),
      repaired.substitutionCount == place.valueCount, resolver.believes(repaired, own)
    else { return nil }
    return setDown(repaired, origin: .repaired)
  }

  /// Whether the values have the types that the definition declares; one without a value has none. Windows declares some
  /// numbers in another way than it stores them.
  private func fits(_ declared: [UInt8?], descriptors: Int, valueCount: Int) -> Bool {
    for index in 0..<min(declared.count, valueCount) {
      guard let expected = declared[index], let type = view.u8(descriptors &+ index &* 4 &+ 2) else { continue }
      switch (expected, type) {
      case (_, expected), (_, BinXMLValueType.null): continue
      case (BinXMLValueType.sizeT, BinXMLValueType.hexInt32), (BinXMLValueType.sizeT, BinXMLValueType.hexInt64):
        continue
      case (BinXMLValueType.uint8, BinXMLValueType.uint16): continue
      default: return false
      }
    }
    return true
  }

  /// Which event this is, when the instance has the values of a manifest provider's System.
  private func event(descriptors: Int, valueCount: Int) -> TemplateResolver.Event? {
    guard valueCount == StandardSystemTemplate.manifestValueCount else { return nil }
    let types = (0..<valueCount).map { view.u8(descriptors &+ $0 &* 4 &+ 2) ?? 0xFF }
    guard StandardSystemTemplate.matches(types: types) else { return nil }
    let first = offsets.count &- valueCount
    let name = Int(offsets[first &+ StandardSystemTemplate.providerIndex])
    let byteCount = Int(view.u16(descriptors &+ StandardSystemTemplate.providerIndex &* 4) ?? 0)
    let units = view.stringUnitCount(at: name, byteCount: byteCount)
    guard let eventID = view.u16(Int(offsets[first &+ StandardSystemTemplate.eventIDIndex])),
      let version = view.u8(Int(offsets[first &+ StandardSystemTemplate.versionIndex])), units <= 256
    else { return nil }
    let provider = String(decoding: (0..<units).map { view.u16(name &+ $0 &* 2) ?? 0 }, as: UTF16.self)
    return TemplateResolver.Event(provider: provider, eventID: eventID, version: version)
  }

  /// The definition there, if it can be read to its end and every name's hash fits. Runs inside of a record that is
  /// being read, so the arena is put back as it was.
  private mutating func intactDefinition(at offset: Int) -> TemplateDefinition? {
    let nodeCount = nodes.count
    let offsetCount = offsets.count
    let wasVerifying = resolver.verifiesNames
    let wasActive = resolver.isActive
    resolver.verifiesNames = true
    resolver.isActive = false
    defer {
      resolver.verifiesNames = wasVerifying
      resolver.isActive = wasActive
      nodes.truncate(to: nodeCount)
      offsets.truncate(to: offsetCount)
    }
    guard (try? parseDefinition(offset, values: nil, depth: 0)) != nil else { return nil }
    var highest = -1
    for index in nodeCount..<nodes.count where nodes[index].kind == .substitution {
      highest = max(highest, Int(nodes[index].substitution))
    }
    var sink = ByteSink(capacity: 4096)
    guard appendImage(offset, to: &sink) else { return nil }
    return TemplateDefinition(
      guid: view.bytes(offset &+ 4, 16), image: sink.array(), substitutionCount: highest + 1)
  }

  /// Writes a definition behind the chunk; nil when there is no room left.
  private mutating func setDown(
    _ definition: TemplateDefinition, origin: TemplateResolver.Origin
  ) -> TemplateResolver.Verdict? {
    let base = resolver.nextPlace
    var sink = ByteSink(capacity: 8192)
    guard definition.append(to: &sink, base: base), workspace.store(sink, at: base) else { return nil }
    resolver.nextPlace = base &+ (sink.count &+ 15) & ~15
    return TemplateResolver.Verdict(
      definition: base, origin: origin, types: TemplateSkeleton(definition)?.types ?? [])
  }
}
