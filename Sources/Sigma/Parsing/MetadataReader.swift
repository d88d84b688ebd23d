/// Reads what every kind of document says about itself.
///
/// Only a missing title makes a document useless. Anything else that is not as it should be is a warning, and left out:
/// a rule finds what it finds with a misspelt level.
struct MetadataReader {
  let reading: SigmaReading

  func metadata(_ entries: [YAMLEntry], at place: Place) throws(SigmaDiagnostic) -> SigmaMetadata {
    let title = try reading.required("title", in: entries, at: place)
    var metadata = SigmaMetadata(title: try reading.text(title, "title"), location: reading.location(place))
    if metadata.title.unicodeScalars.count > 256 { reading.warn(.titleTooLong, metadata.title, at: title.place) }
    metadata.id = id(entries["id"])
    metadata.name = text("name", in: entries)
    metadata.description = text("description", in: entries) ?? ""
    metadata.author = texts("author", in: entries).joined(separator: ", ")
    metadata.status = choice("status", in: entries, otherwise: .unknownStatus)
    metadata.level = choice("level", in: entries, otherwise: .unknownLevel)
    metadata.date = date("date", in: entries)
    metadata.modified = date("modified", in: entries)
    metadata.references = texts("references", in: entries)
    metadata.falsePositives = texts("falsepositives", in: entries)
    metadata.tags = texts("tags", in: entries)
    for entry in entries where !Self.knownKeys.contains(entry.key) {
      try flatten(entry.value, entry.key, into: &metadata.custom)
    }
    return metadata
  }

  private static let knownKeys: Set<String> = [
    "title", "id", "name", "status", "description", "author", "references", "date", "modified", "logsource",
    "detection", "fields", "falsepositives", "level", "tags", "correlation", "filter",
  ]

  private func text(_ key: String, in entries: [YAMLEntry]) -> String? {
    guard let node = entries[key], !node.isNull else { return nil }
    guard let text = node.text, !text.isEmpty else {
      reading.warn(.wrongType, key, at: node.place)
      return nil
    }
    return text
  }

  /// The texts of a list; a single text counts as a list of one.
  func texts(_ key: String, in entries: [YAMLEntry]) -> [String] {
    guard let node = entries[key], !node.isNull else { return [] }
    let nodes: [YAMLNode] = if case .list(let list) = node.content { list } else { [node] }
    return nodes.compactMap { node in
      if node.text == nil { reading.warn(.wrongType, key, at: node.place) }
      return node.text
    }
  }

  private func choice<Choice: RawRepresentable<String>>(
    _ key: String, in entries: [YAMLEntry], otherwise reason: SigmaDiagnostic.Reason
  ) -> Choice? {
    guard let node = entries[key], let text = text(key, in: entries) else { return nil }
    let choice = Choice(rawValue: text.lowercased())
    if choice == nil { reading.warn(reason, text, at: node.place) }
    return choice
  }

  private func id(_ node: YAMLNode?) -> String? {
    guard let node, !node.isNull else { return nil }
    guard let text = node.text, !text.isEmpty else {
      reading.warn(.wrongType, "id", at: node.place)
      return nil
    }
    let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let isUUID =
      groups.map(\.count) == [8, 4, 4, 4, 12]
      && groups.joined().allSatisfy { isDigit($0) || ($0 | 0x20) &- UInt8(ascii: "a") < 6 }
    if !isUUID { reading.warn(.invalidID, text, at: node.place) }
    return text.lowercased()
  }

  /// `YYYY-MM-DD`, or with slashes as before Sigma 2.
  private func date(_ key: String, in entries: [YAMLEntry]) -> String {
    guard let node = entries[key], let text = text(key, in: entries) else { return "" }
    let parts = text.utf8.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/") }
    let isDate =
      parts.count == 3 && parts[0].count == 4
      && parts.allSatisfy { (1...4).contains($0.count) && $0.allSatisfy(isDigit) }
    if !isDate { reading.warn(.invalidDate, text, at: node.place) }
    return text
  }

  private func flatten(
    _ node: YAMLNode, _ key: String, into table: inout [String: String]
  ) throws(SigmaDiagnostic) {
    guard table.count < reading.limits.maximumCustomKeys, key.utf8.count <= 1_000 else {
      throw reading.refusal(.tooManyCustomKeys, key, at: node.place)
    }
    switch node.content {
    case .scalar(let scalar): table[key] = scalar.isNull ? "" : scalar.text
    case .list(let nodes):
      for (index, node) in nodes.enumerated() { try flatten(node, "\(key).\(index)", into: &table) }
    case .map(let entries):
      for entry in entries { try flatten(entry.value, "\(key).\(entry.key)", into: &table) }
    }
  }
}
