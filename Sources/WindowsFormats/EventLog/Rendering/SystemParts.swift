/// Which nodes of a `System` element hold the canonical fields; -1 for those it lacks.
struct SystemParts {
  private var nodes: InlineArray<15, Int32> = .init(repeating: -1)

  subscript(field: SystemField) -> Int? {
    get {
      let node = Int(nodes[Int(field.rawValue)])
      return node < 0 ? nil : node
    }
    set { nodes[Int(field.rawValue)] = Int32(newValue ?? -1) }
  }

  func contains(_ node: Int) -> Bool {
    for index in 0..<15 where nodes[index] == Int32(node) { return true }
    return false
  }
}

extension RecordRenderer {
  /// Finds the canonical fields in one walk over System's children. Of repeated elements the first counts.
  func systemParts(of system: Int?) -> SystemParts {
    var parts = SystemParts()
    guard let system else { return parts }
    var element = Int(parser.nodes[system].firstChild)
    while element >= 0 {
      if parser.nodes[element].kind == .element { addSystemElement(element, to: &parts) }
      element = Int(parser.nodes[element].next)
    }
    return parts
  }

  private func addSystemElement(_ element: Int, to parts: inout SystemParts) {
    if let field = systemTextField(element) {
      if parts[field] == nil { parts[field] = element }
      return
    }
    var attribute = Int(parser.nodes[element].firstAttribute)
    while attribute >= 0 {
      if let field = systemAttributeField(attribute, of: element), parts[field] == nil { parts[field] = attribute }
      attribute = Int(parser.nodes[attribute].next)
    }
  }

  /// The field that an element's text is, by the length of its name first.
  private func systemTextField(_ element: Int) -> SystemField? {
    switch parser.nodes[element].length {
    case 4: isNamed(element, "Task") ? .task : nil
    case 5: isNamed(element, "Level") ? .level : nil
    case 6: isNamed(element, "Opcode") ? .opcode : nil
    case 7:
      isNamed(element, "EventID")
        ? .eventID : isNamed(element, "Version") ? .version : isNamed(element, "Channel") ? .channel : nil
    case 8: isNamed(element, "Keywords") ? .keywords : isNamed(element, "Computer") ? .computer : nil
    case 13: isNamed(element, "EventRecordID") ? .recordID : nil
    default: nil
    }
  }

  private func systemAttributeField(_ attribute: Int, of element: Int) -> SystemField? {
    switch parser.nodes[element].length {
    case 8:
      if isNamed(element, "Provider") { return isNamed(attribute, "Name") ? .providerName : nil }
      guard isNamed(element, "Security") else { return nil }
      return isNamed(attribute, "UserID") ? .userID : nil
    case 9:
      guard isNamed(element, "Execution") else { return nil }
      return isNamed(attribute, "ProcessID") ? .processID : isNamed(attribute, "ThreadID") ? .threadID : nil
    case 11:
      if isNamed(element, "TimeCreated") { return isNamed(attribute, "SystemTime") ? .timeCreated : nil }
      guard isNamed(element, "Correlation") else { return nil }
      return isNamed(attribute, "ActivityID") ? .activityID : nil
    default: return nil
    }
  }

  /// Whether canonical fields come from this element: then only the rest of its attributes is shown under `system`.
  func isSystemElement(_ element: Int) -> Bool {
    if systemTextField(element) != nil { return true }
    switch parser.nodes[element].length {
    case 8: return isNamed(element, "Provider") || isNamed(element, "Security")
    case 9: return isNamed(element, "Execution")
    case 11: return isNamed(element, "TimeCreated") || isNamed(element, "Correlation")
    default: return false
    }
  }
}
