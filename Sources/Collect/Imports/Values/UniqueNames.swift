internal import WindowsFormats

/// Names are unique in what is written: of two equal keys in a JSON object most readers keep one, and a value is lost.
///
/// Sources repeat names in many ways: two spellings of one name, lists of pairs, prefixes that are dropped. So this is
/// done in one place for all of them.
extension EventRecord {
  /// Makes one field with an array of values of fields with equal names, at every depth.
  mutating func joinRepeatedNames() {
    if let fields = system.withUniqueNames { system = fields }
    if let fields = data.withUniqueNames { data = fields }
    if let fields = renderingInfo.withUniqueNames { renderingInfo = fields }
  }
}

extension [EventField] {
  /// Nil when there is nothing to join.
  fileprivate var withUniqueNames: [EventField]? {
    var fields = self
    var isChanged = false
    for (index, field) in enumerated() {
      // A name that was a value in the source: as a key it would end there for many readers, ours among them.
      if field.name.utf8.contains(0) {
        fields[index].name = field.name.replacing("\0", with: "\u{FFFD}")
        isChanged = true
      }
      guard let value = field.value.withUniqueNames else { continue }
      fields[index].value = value
      isChanged = true
    }
    guard fields.repeatsNames else { return isChanged ? fields : nil }
    var collector = FieldCollector()
    for field in fields { collector.add(field.name, field.value) }
    return collector.fields
  }

  private var repeatsNames: Bool {
    if count < 24 { return indices.contains { last in self[..<last].contains { $0.name == self[last].name } } }
    return Set(map(\.name)).count < count
  }
}

extension EventValue {
  fileprivate var withUniqueNames: EventValue? {
    switch self {
    case .object(let fields): return fields.withUniqueNames.map { .object($0) }
    case .array(let values):
      var changed: [EventValue]?
      for (index, value) in values.enumerated() {
        // Each value is looked at once: a nest of arrays may be deep.
        guard let value = value.withUniqueNames else { continue }
        if changed == nil { changed = values }
        changed?[index] = value
      }
      return changed.map { .array($0) }
    default: return nil
    }
  }
}
