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
      event: resolver.event, identifier: identifier, stated: stated, valueCount: valueCount)
    let verdict: TemplateResolver.Verdict
    if let known = resolver.verdicts[place] {
      verdict = known
    } else {
      verdict = find(place, descriptors: descriptors)
      resolver.verdicts[place] = verdict
    }
    let isInline = stated == offset &+ 10 && verdict.definition == stated
    resolver.origin = max(resolver.origin, isInline ? .inline : verdict.origin)
    return verdict.definition
  }

  private mutating func find(_ place: TemplateResolver.Place, descriptors: Int) -> TemplateResolver.Verdict {
    let isInChunk = (EventLogChunk.headerByteCount..<EventLogChunk.byteCount - 24).contains(place.stated)
    if isInChunk, view.u32(place.stated &+ 4) == place.identifier,
      isIntact(place.stated)
    {
      return TemplateResolver.Verdict(definition: place.stated, origin: .offset)
    }
    if isInChunk, view.u32(place.stated &+ 4) == place.identifier,
      let repaired = TemplateRepair.definition(view, at: place.stated),
      repaired.substitutionCount == place.valueCount, let offset = setDown(repaired)
    {
      return TemplateResolver.Verdict(definition: offset, origin: .repaired)
    }
    if let definition = resolver.file.definition(place.identifier, valueCount: place.valueCount),
      let offset = setDown(definition)
    {
      return TemplateResolver.Verdict(definition: offset, origin: .file)
    }
    if let definition = resolver.wholeCase.definition(place.identifier, valueCount: place.valueCount),
      let offset = setDown(definition)
    {
      return TemplateResolver.Verdict(definition: offset, origin: .wholeCase)
    }
    if let event = place.event,
      let known = KnownEventFields.shared.definition(
        provider: event.provider, eventID: event.eventID, version: event.version, valueCount: place.valueCount),
      let offset = setDown(known)
    {
      return TemplateResolver.Verdict(definition: offset, origin: .known)
    }
    let types = (0..<min(place.valueCount, 32)).map { view.u8(descriptors &+ $0 &* 4 &+ 2) ?? 0xFF }
    if types.count == place.valueCount, StandardSystemTemplate.matches(types: types),
      let offset = setDown(StandardSystemTemplate.definition(valueCount: place.valueCount))
    {
      return TemplateResolver.Verdict(definition: offset, origin: .standard)
    }
    return TemplateResolver.Verdict(definition: -1, origin: .missing)
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

  /// Whether the definition there can be read to its end and every name's hash fits. Runs inside of a record that is
  /// being read, so the arena is put back as it was.
  private mutating func isIntact(_ definition: Int) -> Bool {
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
    return (try? parseDefinition(definition, values: nil, depth: 0)) != nil
  }

  /// Writes a definition behind the chunk; nil when there is no room left.
  private mutating func setDown(_ definition: TemplateDefinition) -> Int? {
    let base = resolver.nextPlace
    var sink = ByteSink(capacity: 8192)
    guard definition.append(to: &sink, base: base), workspace.store(sink, at: base) else { return nil }
    resolver.nextPlace = base &+ (sink.count &+ 15) & ~15
    return base
  }
}
