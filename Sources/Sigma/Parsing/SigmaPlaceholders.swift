/// The values that `%name%` stands for where a rule uses the modifier `expand` (Sigma 2.1, "Placeholders").
public struct SigmaPlaceholders: Hashable, Sendable {
  /// Values as rules write them, wildcards and escapes included.
  public private(set) var values: [String: [String]]

  public init(_ values: [String: [String]] = [:]) {
    self.values = values
  }

  /// Reads a YAML map of names to a value or a list of values:
  ///
  ///     Workstations: ['WS-*', 'PC-*']
  ///     domain: corp.example
  public init(parsing bytes: [UInt8], path: String, limits: SigmaLimits = SigmaLimits()) throws(SigmaDiagnostic) {
    let reading = SigmaReading(path: path, limits: limits, placeholders: SigmaPlaceholders())
    var values: [String: [String]] = [:]
    for result in YAMLReader(path: path, limits: limits).read(bytes) {
      for entry in try reading.map(try result.get(), "placeholders") {
        guard values[entry.key] == nil else { throw reading.refusal(.duplicateKey, entry.key, at: entry.place) }
        values[entry.key] = try reading.texts(entry.value, entry.key)
      }
    }
    self.init(values)
  }

  /// Values of `other` take the place of those with the same name.
  public mutating func merge(_ other: SigmaPlaceholders) { values.merge(other.values) { _, new in new } }

  public subscript(name: String) -> [String]? { values[name] }
}
