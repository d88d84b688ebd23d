import WindowsFormats

/// What a recipe says under `data` or `userData`, made the payload of its event.
struct EventRecipePayload {
  let map: RecipeMap
  let known: EventDefinition?
  /// Whether the event has exactly the fields of its definition.
  let isStrict: Bool

  func payload(of event: EventLogWriter.Event) throws(RecipeError) -> EventLogWriter.Payload {
    let data = map["data"]
    let userData = map["userData"]
    if let data, userData != nil { throw data.error(.wrongPayload, "data, userData") }
    if isStrict {
      switch event.payload {
      case .eventData(let fields, let binary):
        if let userData { throw userData.error(.wrongPayload, "userData") }
        return try filled(fields, binary, data)
      case .classicEventData(let texts, _):
        if let userData { throw userData.error(.wrongPayload, "userData") }
        return try filled(texts, data)
      case .userData(let root):
        if let data { throw data.error(.wrongPayload, "data") }
        return .userData(try filled(root, userData))
      case .none: break
      }
    }
    if let userData { return .userData(try element(userData)) }
    guard let data else { return .none }
    return try free(data)
  }

  // MARK: Events with a definition

  private func filled(
    _ fields: [EventLogWriter.Field], _ binary: [UInt8]?, _ data: RecipeNode?
  ) throws(RecipeError) -> EventLogWriter.Payload {
    guard let data else { return .eventData(fields, binary: binary) }
    var fields = fields
    var binary = binary
    for entry in try data.map().entries {
      if let index = fields.firstIndex(where: { $0.name == entry.key }) {
        fields[index].value = try value(entry, fields[index].declaredType)
      } else if binary != nil, entry.key == "Binary" {
        guard let bytes = RecipeValue.bytes(entry.value) else { throw entry.value.error(.wrongValue, entry.key) }
        binary = bytes
      } else {
        throw RecipeError(.unknownField, entry.key, at: entry.place)
      }
    }
    return .eventData(fields, binary: binary)
  }

  /// Events of classic sources have texts without names: a list, or a map of the names that the documentation has.
  private func filled(_ texts: [String], _ data: RecipeNode?) throws(RecipeError) -> EventLogWriter.Payload {
    guard let data else { return .classicEventData(texts) }
    if let nodes = try unnamed(data) {
      var given: [String] = []
      for node in nodes { given.append(node.isNull ? "" : try node.text()) }
      return .classicEventData(given)
    }
    var texts = texts
    for entry in try data.map().entries {
      guard let index = known?.fields.firstIndex(where: { $0.name == entry.key }), index < texts.count else {
        throw RecipeError(.unknownField, entry.key, at: entry.place)
      }
      texts[index] = entry.value.isNull ? "" : try entry.value.text()
    }
    return .classicEventData(texts)
  }

  /// Values without names: a list, or, as `yagura events` shows them, a list under `Data` and nothing else.
  private func unnamed(_ data: RecipeNode) throws(RecipeError) -> [RecipeNode]? {
    if case .list(let nodes) = data.content { return nodes }
    let entries = try data.map().entries
    guard entries.count == 1, entries[0].key == "Data", case .list(let nodes) = entries[0].value.content else {
      return nil
    }
    return nodes
  }

  private func filled(
    _ root: EventLogWriter.Element, _ userData: RecipeNode?
  ) throws(RecipeError) -> EventLogWriter.Element {
    guard let userData, case .elements(var children) = root.content else { return root }
    let outer = try userData.map()
    guard outer.entries.count == 1, let given = outer.entries.first, given.key == root.name else {
      throw userData.error(.wrongPayload, outer.entries.first?.key ?? "")
    }
    for entry in try given.value.map().entries where entry.key != "xmlns" {
      guard let index = children.firstIndex(where: { $0.name == entry.key }),
        case .value(_, let type) = children[index].content
      else { throw RecipeError(.unknownField, entry.key, at: entry.place) }
      children[index].content = .value(try value(entry, type), declaredType: type)
    }
    var root = root
    root.content = .elements(children)
    return root
  }

  private func value(
    _ entry: RecipeEntry, _ type: EventLogWriter.ValueType?
  ) throws(RecipeError) -> EventLogWriter.Value {
    guard let value = RecipeValue.value(entry.value, as: type ?? .string) else {
      throw entry.value.error(.wrongValue, entry.key)
    }
    return value
  }

  // MARK: Any other event

  private func free(_ data: RecipeNode) throws(RecipeError) -> EventLogWriter.Payload {
    if let nodes = try unnamed(data) {
      var fields: [EventLogWriter.Field] = []
      for node in nodes { fields.append(.init(nil, try RecipeValue.value(node))) }
      return .eventData(fields)
    }
    var fields: [EventLogWriter.Field] = []
    var binary: [UInt8]?
    for entry in try data.map().entries {
      if entry.key == "Binary", let bytes = RecipeValue.bytes(entry.value) {
        binary = bytes
      } else if let type = known?.fields.first(where: { $0.name == entry.key })?.type {
        fields.append(.init(entry.key, try value(entry, type), declaredType: type))
      } else {
        fields.append(.init(entry.key, try RecipeValue.value(entry.value)))
      }
    }
    return .eventData(fields, binary: binary)
  }

  private func element(_ userData: RecipeNode) throws(RecipeError) -> EventLogWriter.Element {
    let outer = try userData.map()
    guard outer.entries.count == 1, let root = outer.entries.first else {
      throw userData.error(.wrongPayload, "userData")
    }
    return try element(root)
  }

  /// Its depth is that of the document, which is limited.
  private func element(_ entry: RecipeEntry) throws(RecipeError) -> EventLogWriter.Element {
    guard case .map(let entries) = entry.value.content else {
      return EventLogWriter.Element(entry.key, try RecipeValue.value(entry.value))
    }
    var children: [EventLogWriter.Element] = []
    var namespace: String?
    for child in entries {
      if child.key == "xmlns" {
        namespace = try child.value.text()
      } else {
        children.append(try element(child))
      }
    }
    return EventLogWriter.Element(entry.key, namespace: namespace, children)
  }
}
