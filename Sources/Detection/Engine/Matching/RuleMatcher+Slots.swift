public import WindowsFormats

/// Events as slots of a record.
extension RuleMatcher {
  /// Matches the record that the reader has read last. What it matched is in `count` and the subscript.
  /// - Returns: Whether any rule matched.
  @discardableResult
  public mutating func match(_ reader: inout EventSlotReader) -> Bool {
    begin()
    if fieldOfID.count != reader.fieldCount { learnFields(reader) }
    kind = addKey(&reader)
    let plan = plan(for: kind)
    if plan.isEmpty { return false }
    scanKey(kind, plan)
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
  private mutating func addKey(_ reader: inout EventSlotReader) -> RuleKey {
    var key = RuleKey.unknown
    let slots = reader.slots
    let sources = reader.sources
    for index in 0..<slots.count {
      let slot = slots[index]
      let field = fieldOfID[Int(slot.field)]
      guard FieldNumbers.isKey(field) else { continue }
      guard let bytes = sources[slot] else {
        addUnknown(slot, field: field, &reader)
        key.take(field, self)
        continue
      }
      let memoKey = ValueMemo.Key(bytes: bytes, field: field, kind: UInt32(slot.kind))
      let known = addKnown(memoKey, nil)
      if known >= 0 {
        key.take(field, class: memo.entries[known].keyClass, isFirst: isFirst(field))
      } else {
        addUnknown(slot, field: field, &reader)
        foundPatterns.truncate(to: 0)
        keepLast(memoKey, keyClass: key.take(field, self))
      }
    }
    return key
  }

  private mutating func addValues(_ reader: inout EventSlotReader, _ plan: RulePlan) {
    let slots = reader.slots
    let sources = reader.sources
    for index in 0..<slots.count {
      let slot = slots[index]
      let field = fieldOfID[Int(slot.field)]
      let searches = searches(field, plan)
      if searches == 0 || FieldNumbers.isKey(field) { continue }
      guard let bytes = sources[slot] else {
        let first = view.values.count
        addUnknown(slot, field: field, &reader)
        scan(from: first, plan)
        continue
      }
      let key = ValueMemo.Key(bytes: bytes, field: field, kind: UInt32(slot.kind) | searches << 8)
      if addKnown(key, plan) >= 0 { continue }
      addUnknown(slot, field: field, &reader)
      searchLast(key, searches, plan)
    }
  }

  private mutating func addUnknown(_ slot: EventSlot, field: Int32, _ reader: inout EventSlotReader) {
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

extension RuleMatcher {
  /// Whether the value that was added last is the first of its field.
  func isFirst(_ field: Int32) -> Bool {
    let first = Int(view.firstValue(of: field))
    return first >= 0 && first == view.values.count &- 1
  }

  /// The class of a value of a key field.
  func keyClass(_ field: Int32, ofValue index: Int) -> Int32 {
    guard index >= 0, index < view.values.count else { return KeyClasses.other }
    let value = view.values[index]
    let classes =
      switch field {
      case FieldNumbers.channel: tables.channels
      case FieldNumbers.provider: tables.providers
      default: tables.eventIDs
      }
    return classes.find(view.folded.view, at: value.foldedStart, byteCount: value.foldedByteCount)
  }
}

extension RuleKey {
  /// Takes what was added to the view last. The first value of a field decides, also when it is the first of an array.
  /// - Returns: The class of the value that was added last.
  @discardableResult
  mutating func take(_ field: Int32, _ matcher: borrowing RuleMatcher) -> Int32 {
    let keyClass = matcher.keyClass(field, ofValue: matcher.view.values.count &- 1)
    take(field, class: keyClass, isFirst: matcher.isFirst(field))
    let first = Int(matcher.view.firstValue(of: field))
    if !isPlain, first >= 0 { set(field, matcher.keyClass(field, ofValue: first)) }
    return keyClass
  }

  /// A second value of a field shows that the key is not all there is.
  mutating func take(_ field: Int32, class number: Int32, isFirst: Bool) {
    guard isFirst else { return isPlain = false }
    set(field, number)
  }

  private mutating func set(_ field: Int32, _ number: Int32) {
    switch field {
    case FieldNumbers.channel: channel = number
    case FieldNumbers.provider: provider = number
    default: eventID = number
    }
  }
}
