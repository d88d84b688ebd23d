public import Sigma

/// A rule and what its findings say.
public struct HuntRule: Sendable {
  public var detector: String
  public var metadata: SigmaMetadata
  public var title: LocalizedText
  public var level: SigmaLevel
  public var behaviours: [String]
  public var attack: [String]
  public var tactics: [String]
  public var explanation: LocalizedText
  public var response: LocalizedText
  /// Fields whose values a finding shows, in order.
  public var shownFields: [String] = []
  public var placement = RulePlacement.correlated
  /// False for a rule that only correlations ask for.
  public var isReported = true

  init(_ metadata: SigmaMetadata, kind: String, levels: LevelTable) {
    let id = metadata.id ?? metadata.name ?? metadata.title
    detector = "\(kind):\(id)"
    self.metadata = metadata
    let custom = metadata.custom
    title = LocalizedText(en: metadata.title, ja: custom["yagura.title.ja"] ?? "")
    level = levels[id] ?? metadata.level ?? .medium
    behaviours = HuntRule.list("yagura.behaviours", custom)
    attack = Set(metadata.tags.compactMap { ATTACKTechnique($0)?.id }).sorted()
    tactics = metadata.tags.compactMap { ATTACKTactic(tag: $0)?.rawValue }
    explanation = LocalizedText(
      en: custom["yagura.explanation.en"] ?? metadata.description, ja: custom["yagura.explanation.ja"] ?? "")
    response = LocalizedText(en: custom["yagura.response.en"] ?? "", ja: custom["yagura.response.ja"] ?? "")
  }

  /// The elements of a list among the custom keys, which stand under their numbers.
  private static func list(_ key: String, _ custom: [String: String]) -> [String] {
    if let single = custom[key] { return [single] }
    var texts: [String] = []
    while let text = custom["\(key).\(texts.count)"] { texts.append(text) }
    return texts
  }

  /// The author's fields, then those that the rule asks for, by their names in each log that it is checked on; which
  /// log an event is from is said elsewhere.
  static func shownFields(of rule: SigmaRule, _ resolution: LogSourceResolution) -> [String] {
    let evident: Set<String> = ["EventID", "Channel", "Provider_Name", "Provider"]
    var names = rule.fields
    var known = Set(names).union(evident)
    var asked = [rule.expression.fieldNames.sorted()]
    if case .resolved(let found) = resolution { asked += found.sources.map { $0.expression.fieldNames.sorted() } }
    for name in asked.joined() where known.insert(name).inserted { names.append(name) }
    return names
  }
}
