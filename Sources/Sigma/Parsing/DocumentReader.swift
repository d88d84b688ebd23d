/// Decides what kind of document a YAML document is, and has it read.
struct DocumentReader {
  let reading: SigmaReading

  init(_ reading: SigmaReading) { self.reading = reading }

  func document(_ node: YAMLNode) throws(SigmaDiagnostic) -> SigmaDocument {
    guard case .map(let entries) = node.content else { throw reading.refusal(.notAMap, "", at: node.place) }
    // `global`, `reset` and `repeat` made rules of several documents; Sigma 2 has dropped them.
    if let entry = entries.first(where: { $0.key == "action" }) {
      throw reading.refusal(.unsupportedAction, entry.value.text ?? "", at: entry.place)
    }
    let metadata = try MetadataReader(reading: reading).metadata(entries, at: node.place)
    if let correlation = entries["correlation"] {
      return .correlation(try CorrelationReader(reading: reading).correlation(correlation, metadata))
    }
    if let filter = entries["filter"] {
      return .filter(try self.filter(filter, entries, metadata, at: node.place))
    }
    return .rule(try rule(entries, metadata, at: node.place))
  }

  private func rule(
    _ entries: [YAMLEntry], _ metadata: SigmaMetadata, at place: Place
  ) throws(SigmaDiagnostic) -> SigmaRule {
    let logSource = try logSource(reading.required("logsource", in: entries, at: place))
    let node = try reading.required("detection", in: entries, at: place)
    let detection = try DetectionReader(reading: reading).detection(node, name: "detection")
    let fields = MetadataReader(reading: reading).texts("fields", in: entries)
    return SigmaRule(metadata: metadata, logSource: logSource, expression: detection.expression, fields: fields)
  }

  private func filter(
    _ node: YAMLNode, _ entries: [YAMLEntry], _ metadata: SigmaMetadata, at place: Place
  ) throws(SigmaDiagnostic) -> SigmaFilter {
    let logSource = try logSource(reading.required("logsource", in: entries, at: place))
    let rulesNode = try reading.required("rules", in: try reading.map(node, "filter"), at: node.place)
    let names = try reading.texts(rulesNode, "rules")
    let isAny = names.isEmpty || names.count == 1 && names[0].lowercased() == "any"
    let detection = try DetectionReader(reading: reading).detection(node, name: "filter", otherKeys: ["rules"])
    return SigmaFilter(
      metadata: metadata, logSource: logSource, rules: isAny ? nil : names, expression: detection.expression,
      isNegated: detection.isNegated)
  }

  private func logSource(_ node: YAMLNode) throws(SigmaDiagnostic) -> SigmaLogSource {
    let entries = try reading.map(node, "logsource")
    func text(_ key: String) throws(SigmaDiagnostic) -> String? {
      guard let node = entries[key], !node.isNull else { return nil }
      return try reading.text(node, key).lowercased()
    }
    let source = SigmaLogSource(
      category: try text("category"), product: try text("product"), service: try text("service"))
    guard source != SigmaLogSource() else { throw reading.refusal(.emptyLogSource, "", at: node.place) }
    return source
  }
}
