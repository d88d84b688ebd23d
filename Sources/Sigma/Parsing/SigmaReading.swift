/// What all readers of one file share: where it is, what it may ask for, and what was found doubtful.
final class SigmaReading {
  let path: String
  let limits: SigmaLimits
  let placeholders: SigmaPlaceholders
  private(set) var warnings: [SigmaDiagnostic] = []
  private var expandedBytes = 0

  init(path: String, limits: SigmaLimits, placeholders: SigmaPlaceholders) {
    self.path = path
    self.limits = limits
    self.placeholders = placeholders
  }

  /// Whether modifiers may make so many more bytes of the file's values.
  func allowsBytes(_ count: Int) -> Bool {
    expandedBytes += count
    return expandedBytes <= limits.maximumExpandedBytes
  }

  func location(_ place: Place) -> SigmaLocation {
    SigmaLocation(path: path, line: place.line, column: place.column)
  }

  func refusal(_ reason: SigmaDiagnostic.Reason, _ subject: String = "", at place: Place) -> SigmaDiagnostic {
    SigmaDiagnostic(reason, String(subject.prefix(200)), at: location(place))
  }

  func warn(_ reason: SigmaDiagnostic.Reason, _ subject: String = "", at place: Place) {
    guard warnings.count < limits.maximumWarnings else { return }
    warnings.append(SigmaDiagnostic(reason, String(subject.prefix(200)), at: location(place), severity: .warning))
  }

  // What a key's value must be.

  func map(_ node: YAMLNode, _ name: String) throws(SigmaDiagnostic) -> [YAMLEntry] {
    guard case .map(let entries) = node.content else { throw refusal(.wrongType, name, at: node.place) }
    return entries
  }

  func text(_ node: YAMLNode, _ name: String) throws(SigmaDiagnostic) -> String {
    guard let text = node.text else { throw refusal(.wrongType, name, at: node.place) }
    return text
  }

  /// A text, or a list of texts.
  func texts(_ node: YAMLNode, _ name: String) throws(SigmaDiagnostic) -> [String] {
    guard case .list(let nodes) = node.content else { return [try text(node, name)] }
    var texts: [String] = []
    for node in nodes { texts.append(try text(node, name)) }
    return texts
  }

  func required(_ key: String, in entries: [YAMLEntry], at place: Place) throws(SigmaDiagnostic) -> YAMLNode {
    guard let node = entries[key], !node.isNull else { throw refusal(.missingKey, key, at: place) }
    return node
  }
}
