public import WindowsFormats

/// Events as slots of a record.
extension RuleMatcher {
  /// Matches the record that the reader has read last. What it matched is in `count` and the subscript.
  /// - Returns: Whether any rule matched.
  @discardableResult
  public mutating func match(_ reader: inout EventSlotReader) -> Bool {
    begin()
    if fieldOfID.count != reader.fieldCount { learnFields(reader) }
    guard let key = addKey(&reader) else { return false }
    let plan = plan(for: key)
    if plan.isEmpty { return false }
    addValues(&reader, plan)
    run(plan)
    return count > 0
  }

  /// Works out which of the rules' fields the reader's field numbers stand for.
  @inline(never)
  private mutating func learnFields(_ reader: borrowing EventSlotReader) {
    // Fewer names than before: the numbers were given anew.
    if fieldOfID.count > reader.fieldCount { fieldOfID.truncate(to: 0) }
    while fieldOfID.count < reader.fieldCount {
      fieldOfID.append(numberOfField[FieldNumbers.key(reader.fieldName(FieldTable.ID(fieldOfID.count)))] ?? -1)
    }
  }

  /// The kind of the event; its channel, provider and id become values.
  private mutating func addKey(_ reader: inout EventSlotReader) -> RuleKey? {
    var key = RuleKey(
      channel: KeyClasses.other, provider: KeyClasses.missing, eventID: KeyClasses.other, isPlain: true)
    let slots = reader.slots
    for index in 0..<slots.count {
      let field = fieldOfID[Int(slots[index].field)]
      guard FieldNumbers.isKey(field) else { continue }
      addValues(of: slots[index], field: field, &reader)
      key.take(field, &self)
    }
    return key
  }

  private mutating func addValues(_ reader: inout EventSlotReader, _ plan: RulePlan) {
    let slots = reader.slots
    for index in 0..<slots.count {
      let field = fieldOfID[Int(slots[index].field)]
      if field >= 0 ? needs(field, plan) || plan.needsEveryValue : plan.needsEveryValue, !FieldNumbers.isKey(field) {
        addValues(of: slots[index], field: field, &reader)
      }
    }
  }

  private mutating func addValues(of slot: EventSlot, field: Int32, _ reader: inout EventSlotReader) {
    let start = view.text.count
    guard reader.isArray(slot) else {
      reader.appendText(of: slot, to: &view.text)
      return view.addText(from: start, field: field)
    }
    ends.truncate(to: 0)
    reader.appendTexts(of: slot, to: &view.text, ends: &ends)
    var first = start
    for index in 0..<ends.count {
      view.addText(first..<ends[index], field: field)
      first = ends[index]
    }
  }
}

extension RuleKey {
  /// Takes the value that was added to the view last; a second one of a field shows that the key is not all there is.
  mutating func take(_ field: Int32, _ matcher: inout RuleMatcher) {
    let first = matcher.view.firstValue(of: field)
    guard first >= 0 else { return isPlain = false }
    if Int(first) != matcher.view.values.count &- 1 { isPlain = false }
    let value = matcher.view.values[Int(first)]
    let tables = matcher.tables
    let folded = matcher.view.folded.view
    switch field {
    case FieldNumbers.channel:
      channel = tables.channels.find(folded, at: value.foldedStart, byteCount: value.foldedByteCount)
    case FieldNumbers.provider:
      provider = tables.providers.find(folded, at: value.foldedStart, byteCount: value.foldedByteCount)
    default: eventID = tables.eventIDs.find(folded, at: value.foldedStart, byteCount: value.foldedByteCount)
    }
  }
}
