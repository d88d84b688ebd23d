import WindowsFormats

/// A field that is made from others of the same event, by number.
struct NumberedDerivedField: Sendable {
  var derived: DerivedField
  var field: Int32
  /// Fields that it is made from.
  var inputs: [Int32]
}

extension RuleMatcher {
  /// Adds the fields that the event does not have itself and that its rules ask for. The values they are made from are
  /// in the view by then. What was made from the same texts before is known.
  mutating func addDerivedValues(_ plan: RulePlan) {
    for place in Int(plan.firstDerived)..<Int(plan.endDerived) {
      let derived = rules.derivedFields[Int(plans.derived[place])]
      collectInputs(derived)
      let searches = searches(derived.field, plan)
      let key = ValueMemo.Key(
        bytes: derivedInputs.view, field: derived.field, kind: ValueMemo.derived | searches << 8)
      if addKnown(key, plan) >= 0 { continue }
      let start = view.text.count
      if let text = derived.derived.value(of: derived.inputs.map { firstText(of: $0) }) {
        view.text.append(text)
        view.addText(from: start, field: derived.field)
        searchLast(key, searches, plan)
      } else {
        keepAbsent(key)
      }
    }
  }

  /// The texts that a derived field is made from, each behind its length; a text that is absent has none.
  private mutating func collectInputs(_ derived: NumberedDerivedField) {
    derivedInputs.removeAll()
    for field in derived.inputs {
      let first = view.firstValue(of: field)
      guard first >= 0, !view.values[Int(first)].isNull else {
        derivedInputs.append(0)
        continue
      }
      let value = view.values[Int(first)]
      derivedInputs.append(1)
      for shift in stride(from: 0, to: 32, by: 8) {
        derivedInputs.append(UInt8(truncatingIfNeeded: value.byteCount >> shift))
      }
      derivedInputs.append(view.text.view, at: value.start, byteCount: value.byteCount)
    }
  }

  private func firstText(of field: Int32) -> String? {
    let first = view.firstValue(of: field)
    guard first >= 0 else { return nil }
    let value = view.values[Int(first)]
    guard !value.isNull else { return nil }
    return String(decoding: view.text.view.bytes(value.start, value.byteCount), as: UTF8.self)
  }

  /// What tells the kinds of event matched last from each other: channel, provider and event id, letter case ignored.
  public var kindHash: UInt64 {
    if kind.isExact { return kind.classHash }
    var hash: UInt64 = 0
    for field in FieldNumbers.channel...FieldNumbers.eventID {
      let first = view.firstValue(of: field)
      guard first >= 0 else { continue }
      let value = view.values[Int(first)]
      hash =
        (hash &* 0x9E37_79B9_7F4A_7C15) ^ view.folded.view.hash(at: value.foldedStart, byteCount: value.foldedByteCount)
      hash ^= hash >> 29
    }
    return hash
  }
}
