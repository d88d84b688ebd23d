/// Levels that a user gives rules without editing them.
public struct LevelTable: Hashable, Sendable {
  private var levels: [String: SigmaLevel] = [:]

  public init() {}

  /// Reads a YAML map of rule id (or name) to level:
  ///
  ///     0f7d7d1a-6d64-4d9f-9f0e-0e1b4b6ab1c2: low
  ///
  /// - Throws: A diagnostic with the place of what is no level.
  public init(parsing bytes: [UInt8], path: String, limits: SigmaLimits = SigmaLimits()) throws(SigmaDiagnostic) {
    let reading = SigmaReading(path: path, limits: limits, placeholders: SigmaPlaceholders())
    for result in YAMLReader(path: path, limits: limits).read(bytes) {
      for entry in try reading.map(try result.get(), "levels") {
        let text = try reading.text(entry.value, entry.key)
        guard let level = SigmaLevel(rawValue: text) else {
          throw reading.refusal(.unknownLevel, text, at: entry.value.place)
        }
        levels[entry.key.lowercased()] = level
      }
    }
  }

  public subscript(rule: String) -> SigmaLevel? { levels[rule.lowercased()] }

  /// All entries in the order of their rules, for who has to tell one table from another.
  public var entries: [(rule: String, level: SigmaLevel)] {
    levels.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  public mutating func merge(_ other: LevelTable) { levels.merge(other.levels) { _, new in new } }
}

/// Findings that a user knows and does not want to see again.
public struct SuppressionList: Hashable, Sendable {
  /// A finding of the rule whose values all match is left out until the entry expires.
  public struct Entry: Hashable, Sendable {
    /// Id or name of a rule, lower case.
    public var rule: String
    /// Alternatives for each field, with wildcards as in rules. Empty: every finding of the rule.
    public var fields: [String: [TextPattern]]
    public var reason: String
    /// The last day on which the entry counts, `YYYY-MM-DD`.
    public var expires: String?

    /// What an event must hold for the entry to count.
    public var expression: Expression {
      .all(
        fields.sorted { $0.key < $1.key }.map { name, patterns in
          .any(patterns.map { .field(name, .text($0)) })
        })
    }
  }

  public private(set) var entries: [Entry] = []

  public init() {}

  /// Reads a YAML list of maps:
  ///
  ///     - rule: 0f7d7d1a-6d64-4d9f-9f0e-0e1b4b6ab1c2
  ///       fields: {Computer: 'WKS07*', User: ['CORP\svc-inventory']}
  ///       reason: The inventory agent asks every night.
  ///       expires: 2027-03-31
  ///
  /// - Throws: A diagnostic with its place. Rule and reason must be given: what is left out has to be explained.
  public init(parsing bytes: [UInt8], path: String, limits: SigmaLimits = SigmaLimits()) throws(SigmaDiagnostic) {
    let reading = SigmaReading(path: path, limits: limits, placeholders: SigmaPlaceholders())
    for result in YAMLReader(path: path, limits: limits).read(bytes) {
      let root = try result.get()
      guard case .list(let nodes) = root.content else {
        throw reading.refusal(.wrongType, "suppressions", at: root.place)
      }
      for node in nodes { entries.append(try SuppressionList.entry(node, reading)) }
    }
  }

  private static func entry(_ node: YAMLNode, _ reading: SigmaReading) throws(SigmaDiagnostic) -> Entry {
    let keys = try reading.map(node, "suppression")
    for key in keys where !["rule", "fields", "reason", "expires"].contains(key.key) {
      throw reading.refusal(.unsupportedKey, key.key, at: key.place)
    }
    var entry = Entry(
      rule: try reading.text(reading.required("rule", in: keys, at: node.place), "rule").lowercased(), fields: [:],
      reason: try reading.text(reading.required("reason", in: keys, at: node.place), "reason"))
    if let fields = keys["fields"] {
      for field in try reading.map(fields, "fields") {
        entry.fields[field.key] = try reading.texts(field.value, field.key).map { SigmaText(parsing: $0).pattern }
      }
    }
    if let expires = keys["expires"] {
      let text = try reading.text(expires, "expires")
      guard isDay(text) else { throw reading.refusal(.invalidDate, text, at: expires.place) }
      entry.expires = text
    }
    return entry
  }

  private static func isDay(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count == 10
      && bytes.enumerated().allSatisfy { index, byte in
        index == 4 || index == 7 ? byte == UInt8(ascii: "-") : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      }
  }

  /// The entries that still count on a day (`YYYY-MM-DD`).
  public func active(on day: String) -> SuppressionList {
    var list = self
    list.entries = entries.filter { $0.expires.map { $0 >= day } ?? true }
    return list
  }

  public mutating func merge(_ other: SuppressionList) { entries += other.entries }
}
