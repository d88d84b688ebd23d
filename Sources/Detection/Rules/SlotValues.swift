import WindowsFormats

/// The values of live records by the names that rules have for them, taken from slots.
final class SlotValues {
  var slots = EventSlotReader()
  private var index = SlotIndex()
  private var isIndexed = false
  /// Numbers of the reader's fields by the names that rules and events agree on.
  private var ids: [String: [FieldTable.ID]] = [:]
  private var learntCount = 0
  /// The shown fields of rules, resolved to numbers; of the table of fields that is in use.
  private var shown: [Int: [ShownField]] = [:]
  private var text = ByteSink(capacity: 1 << 14)

  /// A field that findings of a rule show.
  struct ShownField {
    var name: String
    var ids: [FieldTable.ID]
    var derived: DerivedField?
  }

  /// The next record: what is known of the one before is forgotten.
  func read(_ header: EventLogRecordHeader) -> Bool {
    isIndexed = false
    return slots.read(header)
  }

  private func prepare() {
    if isIndexed { return }
    isIndexed = true
    if slots.fieldCount != learntCount { learn() }
    index.fill(slots.slots, fieldCount: slots.fieldCount)
  }

  private func learn() {
    // Fewer than before: the numbers were given anew.
    if slots.fieldCount < learntCount {
      ids = [:]
      learntCount = 0
    }
    shown = [:]
    while learntCount < slots.fieldCount {
      let id = FieldTable.ID(learntCount)
      ids[FieldNumbers.key(slots.fieldName(id)), default: []].append(id)
      learntCount += 1
    }
  }

  func fields(of rule: HuntRule, number: Int) -> [ShownField] {
    prepare()
    if let known = shown[number] { return known }
    let fields = rule.shownFields.map { name in
      let derived = DerivedField(name: name)
      return ShownField(name: derived?.shownName ?? name, ids: ids[FieldNumbers.key(name)] ?? [], derived: derived)
    }
    shown[number] = fields
    return fields
  }

  /// Appends the values of a field, several joined by commas; false when the event has none.
  func append(_ field: ShownField, to sink: inout ByteSink) -> Bool {
    let start = sink.count
    for id in field.ids {
      var slot = index.first(of: id)
      while slot >= 0 {
        if sink.count > start { sink.append(", ") }
        let found = slots.slots[Int(slot)]
        if slots.isArray(found) {
          sink.append(slots.texts(of: found).joined(separator: ", "))
        } else {
          slots.appendText(of: found, to: &sink)
        }
        slot = index.next(after: slot)
      }
    }
    if sink.count == start, let derived = field.derived, let value = derivedValue(derived) { sink.append(value) }
    return sink.count > start
  }

  private func derivedValue(_ derived: DerivedField) -> String? {
    var inputs: [String?] = []
    for input in derived.inputs { inputs.append(all(input).first) }
    return derived.value(of: inputs)
  }
}

extension SlotValues: EventValues {
  func all(_ name: String) -> [String] {
    prepare()
    var texts: [String] = []
    for id in ids[FieldNumbers.key(name)] ?? [] {
      var slot = index.first(of: id)
      while slot >= 0 {
        let found = slots.slots[Int(slot)]
        if slots.isArray(found) {
          texts += slots.texts(of: found)
        } else {
          text.removeAll()
          slots.appendText(of: found, to: &text)
          texts.append(text.string())
        }
        slot = index.next(after: slot)
      }
    }
    return texts
  }
}
