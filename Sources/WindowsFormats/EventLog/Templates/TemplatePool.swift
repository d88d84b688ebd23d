/// Templates seen anywhere in a file or a case, for records whose own template was overwritten.
public struct TemplatePool: Sendable {
  /// A definition, and what speaks for it.
  struct Entry: Sendable {
    var definition: TemplateDefinition
    var witness: TemplateWitness
  }

  private var byIdentifier: [UInt32: [Entry]] = [:]
  public private(set) var count = 0
  private var byteCount = 0
  /// What the definitions say that can be relied on.
  private(set) var vocabulary = TemplateVocabulary()

  /// Templates kept; a case of thousands of logs has a few thousand.
  public static let maximumCount = 65_536
  /// Bytes of images kept; real templates have a few KB.
  static let maximumByteCount = 32 << 20
  /// Different templates kept under one 32-bit identifier.
  static let maximumVersions = 16

  public init() {}

  /// Adds a definition, or to what speaks for it when the pool has it. Order of insertion decides between versions, so
  /// callers add in the order of the evidence.
  mutating func insert(_ definition: TemplateDefinition, _ witness: TemplateWitness) {
    // What is relied on already has said all its texts.
    let known = self.witness(of: definition)
    let isNews = witness.isProven ? !known.isProven : !known.isTrusted
    if isNews, let skeleton = TemplateSkeleton(definition) {
      vocabulary.add(skeleton, isProven: witness.isProven, context: witness.context)
    }
    add(Entry(definition: definition, witness: witness))
  }

  public mutating func merge(_ other: TemplatePool) {
    for identifier in other.byIdentifier.keys.sorted() {
      for entry in other.byIdentifier[identifier] ?? [] { add(entry) }
    }
    vocabulary.merge(other.vocabulary)
  }

  private mutating func add(_ entry: Entry) {
    let identifier = entry.definition.identifier
    let known = index(of: entry.definition)
    if let known {
      byIdentifier[identifier]?[known].witness.merge(entry.witness)
      // The copy that needed no repair is the better one.
      if !entry.definition.isRepaired { byIdentifier[identifier]?[known].definition = entry.definition }
      return
    }
    let size = entry.definition.image.count
    guard count < TemplatePool.maximumCount, byteCount + size <= TemplatePool.maximumByteCount,
      byIdentifier[identifier, default: []].count < TemplatePool.maximumVersions
    else { return }
    byIdentifier[identifier, default: []].append(entry)
    count += 1
    byteCount += size
  }

  private func index(of definition: TemplateDefinition) -> Int? {
    byIdentifier[definition.identifier]?.firstIndex { $0.definition.image == definition.image }
  }

  /// What speaks for these bytes in this pool.
  func witness(of definition: TemplateDefinition) -> TemplateWitness {
    guard let index = index(of: definition), let entry = byIdentifier[definition.identifier]?[index] else {
      return TemplateWitness()
    }
    return entry.witness
  }

  /// The templates that an instance with `valueCount` values may mean, proven ones first, then those that two copies
  /// speak for, whole before repaired.
  func candidates(_ identifier: UInt32, valueCount: Int) -> [Entry] {
    let versions = (byIdentifier[identifier] ?? []).filter { $0.definition.substitutionCount == valueCount }
    return versions.filter(\.witness.isProven)
      + versions.filter { !$0.witness.isProven && $0.witness.isTrusted }
      + versions.filter { !$0.witness.isTrusted && !$0.definition.isRepaired }
      + versions.filter { !$0.witness.isTrusted && $0.definition.isRepaired }
  }
}
