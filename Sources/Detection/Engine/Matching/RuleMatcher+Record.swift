public import WindowsFormats

/// Events as records, from sources that have no slots.
extension RuleMatcher {
  /// Matches a record. What it matched is in `count` and the subscript.
  /// - Returns: Whether any rule matched.
  @discardableResult
  public mutating func match(_ record: EventRecord) -> Bool {
    begin()
    var key = RuleKey.unknown
    record.forEachValue { name, value in
      guard let field = numberOfField[FieldNumbers.key(name)], FieldNumbers.isKey(field) else { return }
      add(value, field: field)
      key.take(field, self)
    }
    kind = key
    let plan = plan(for: key)
    if plan.isEmpty { return false }
    record.forEachValue { name, value in
      let field = numberOfField[FieldNumbers.key(name)] ?? -1
      if plan.needsEveryValue || (field >= 0 && needs(field, plan)), !FieldNumbers.isKey(field) {
        add(value, field: field)
      }
    }
    scan(from: 0, plan)
    run(plan)
    return count > 0
  }

  private mutating func add(_ value: EventValue, field: Int32) {
    if case .array(let elements) = value {
      for element in elements { add(element, field: field) }
      return
    }
    if case .null = value { return view.addNull(field: field) }
    guard let text = value.text else { return }
    let start = view.text.count
    view.text.append(text)
    view.addText(from: start, field: field)
  }
}

extension EventRecord {
  /// Every value under the names that rules have for it, in the order and by the names of an `EventSlotReader`.
  func forEachValue(_ body: (String, EventValue) -> Void) {
    func text(_ field: SystemField, _ text: String?) { if let text { body(field.name, .string(text)) } }
    func number(_ field: SystemField, _ number: UInt32?) {
      if let number { body(field.name, .unsigned(UInt64(number))) }
    }
    if case .number(let id) = recordID { body(SystemField.recordID.name, .unsigned(id)) }
    text(.timeCreated, time)
    text(.computer, host)
    text(.channel, channel)
    text(.providerName, provider)
    number(.eventID, eventID)
    number(.version, version)
    number(.level, level)
    number(.task, task)
    number(.opcode, opcode)
    text(.keywords, keywords)
    number(.processID, processID)
    number(.threadID, threadID)
    text(.userID, userSID)
    text(.activityID, activityID)
    data.forEachValue(path: "", depth: 0, body)
  }
}

extension [EventField] {
  /// Objects within objects.
  private static let maximumDepth = 64

  fileprivate func forEachValue(path: String, depth: Int, _ body: (String, EventValue) -> Void) {
    guard depth < Self.maximumDepth else { return }
    for field in self {
      switch (field.name, field.value) {
      case ("#attributes", .object(let attributes)):
        let owner = path.isEmpty ? "EventData" : path
        for attribute in attributes { body(owner + "." + attribute.name, attribute.value) }
      case ("#text", let value) where !path.isEmpty:
        let own = path.lastIndex(of: ".").map { String(path[path.index(after: $0)...]) } ?? path
        body(own, value)
        if own != path { body(path, value) }
      default: field.value.forEachValue(name: field.name, path: path, depth: depth, body)
      }
    }
  }
}

extension EventValue {
  fileprivate func forEachValue(
    name: String, path: String, depth: Int, _ body: (String, EventValue) -> Void
  ) {
    let full = path.isEmpty ? name : path + "." + name
    switch self {
    case .object(let fields): fields.forEachValue(path: full, depth: depth + 1, body)
    case .array(let elements) where elements.contains(where: \.isObject):
      for element in elements { element.forEachValue(name: name, path: path, depth: depth, body) }
    default:
      body(name, self)
      if full != name { body(full, self) }
    }
  }

  private var isObject: Bool { if case .object = self { true } else { false } }
}
