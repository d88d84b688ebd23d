/// Templates seen anywhere in a file or a case, for records whose own template was overwritten.
public struct TemplatePool: Sendable {
  private var byIdentifier: [UInt32: [TemplateDefinition]] = [:]
  public private(set) var count = 0
  private var byteCount = 0

  /// Templates kept; a case of thousands of logs has a few thousand.
  public static let maximumCount = 65_536
  /// Bytes of images kept; real templates have a few KB.
  static let maximumByteCount = 32 << 20
  /// Different templates kept under one 32-bit identifier.
  static let maximumVersions = 16

  public init() {}

  /// Adds a definition unless the pool has it. Order of insertion decides between versions, so callers add in the
  /// order of the evidence.
  public mutating func insert(_ definition: TemplateDefinition) {
    guard count < TemplatePool.maximumCount,
      byteCount + definition.image.count <= TemplatePool.maximumByteCount
    else { return }
    var versions = byIdentifier[definition.identifier] ?? []
    guard versions.count < TemplatePool.maximumVersions, !versions.contains(definition) else { return }
    versions.append(definition)
    byIdentifier[definition.identifier] = versions
    count += 1
    byteCount += definition.image.count
  }

  public mutating func merge(_ other: TemplatePool) {
    for identifier in other.byIdentifier.keys.sorted() {
      for definition in other.byIdentifier[identifier] ?? [] { insert(definition) }
    }
  }

  /// The template for an instance with `valueCount` values: one that uses all of them, whole before repaired; else a
  /// whole one that uses fewer.
  func definition(_ identifier: UInt32, valueCount: Int) -> TemplateDefinition? {
    guard let versions = byIdentifier[identifier] else { return nil }
    return versions.first { $0.substitutionCount == valueCount && !$0.isRepaired }
      ?? versions.first { $0.substitutionCount == valueCount }
      ?? versions.first { $0.substitutionCount <= valueCount && !$0.isRepaired }
  }
}
