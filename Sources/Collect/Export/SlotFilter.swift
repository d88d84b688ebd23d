import WindowsFormats

/// An `EventFilter` over slots: a record that is not wanted costs no line and no value.
///
/// Which conditions a field answers is worked out once per field number, not per record.
struct SlotFilter {
  private let groups: [Group]
  private let after: EventTime?
  private let before: EventTime?
  /// Group numbers by field, filled as fields are met; -1 for none.
  private var groupOfField: [Int] = []
  private var scratch = TextBox()

  /// Conditions on one field: alternatives.
  private struct Group {
    var field: String
    var patterns: [TextPattern]
  }

  /// Nil when the filter asks for parts of System that slots do not hold, or for more fields than there are bits.
  init?(_ filter: EventFilter) {
    var groups: [Group] = []
    for condition in filter.conditions {
      let field = condition.canonicalField
      guard !SlotFilter.isRestOfSystem(field) else { return nil }
      let pattern = TextPattern(condition.value)
      if let index = groups.firstIndex(where: { $0.field == field }) {
        groups[index].patterns.append(pattern)
      } else {
        groups.append(Group(field: field, patterns: [pattern]))
      }
    }
    // Which groups are met is kept in the bits of one number.
    guard groups.count <= 64 else { return nil }
    self.groups = groups
    after = filter.after
    before = filter.before
  }

  private static func isRestOfSystem(_ field: String) -> Bool {
    ["guid", "qualifiers", "eventsourcename", "relatedactivityid", "name", "rawtime"].contains { field.hasSuffix($0) }
      && (!field.contains(".")
        || ["provider.", "eventid.", "correlation.", "execution."].contains { field.hasPrefix($0) })
  }

  /// The names under which a field of System is asked for.
  private static func systemNames(_ field: SystemField) -> [String] {
    switch field {
    case .recordID: ["recordid", "eventrecordid"]
    case .timeCreated: ["time", "timecreated"]
    case .computer: ["host", "computer"]
    case .channel: ["channel"]
    case .providerName: ["provider", "provider_name", "providername"]
    case .eventID: ["eventid"]
    case .version: ["version"]
    case .level: ["level"]
    case .task: ["task"]
    case .opcode: ["opcode"]
    case .keywords: ["keywords"]
    case .processID: ["execution_processid", "execution.processid"]
    case .threadID: ["execution_threadid", "execution.threadid"]
    case .userID: ["usersid"]
    case .activityID: ["activityid"]
    }
  }

  /// Whether the record whose slots were read last is wanted.
  mutating func accepts(_ slots: inout EventSlotReader) -> Bool {
    guard acceptsTime(&slots) else { return false }
    guard !groups.isEmpty else { return true }
    // Fewer names than before: the numbers were given anew.
    if groupOfField.count > slots.fieldCount { groupOfField = [] }
    if groupOfField.count < slots.fieldCount { learn(slots) }
    var met: UInt64 = 0
    var satisfied: UInt64 = 0
    for index in 0..<slots.count {
      let slot = slots[index]
      let group = groupOfField[Int(slot.field)]
      guard group >= 0, satisfied & 1 << UInt64(group) == 0 else { continue }
      met |= 1 << UInt64(group)
      if matches(slot, group, &slots) { satisfied |= 1 << UInt64(group) }
    }
    for (index, group) in groups.enumerated() where satisfied & 1 << UInt64(index) == 0 {
      // Many events have a field ProcessId of their own; only without one the process of the event itself is meant.
      guard met & 1 << UInt64(index) == 0, let field = SlotFilter.fallback(group.field),
        let slot = slots.slot(of: field.rawValue), matches(slot, index, &slots)
      else { return false }
    }
    return true
  }

  private static func fallback(_ field: String) -> SystemField? {
    field == "processid" ? .processID : field == "threadid" ? .threadID : nil
  }

  private mutating func learn(_ slots: borrowing EventSlotReader) {
    for id in groupOfField.count..<slots.fieldCount {
      let names =
        SystemField(rawValue: UInt32(id)).map(SlotFilter.systemNames) ?? [slots.fieldName(UInt32(id)).lowercased()]
      groupOfField.append(groups.firstIndex { names.contains($0.field) } ?? -1)
    }
  }

  private func matches(_ slot: EventSlot, _ group: Int, _ slots: inout EventSlotReader) -> Bool {
    if slots.isArray(slot) {
      return slots.texts(of: slot).contains { text in groups[group].patterns.contains { $0.matches(text) } }
    }
    return scratch.with { sink in
      sink.removeAll()
      slots.appendText(of: slot, to: &sink)
      return sink.withBytes { bytes in groups[group].patterns.contains { $0.matches(bytes) } }
    }
  }

  private func acceptsTime(_ slots: inout EventSlotReader) -> Bool {
    if after == nil && before == nil { return true }
    guard let slot = slots.slot(of: SystemField.timeCreated.rawValue),
      let time = slots.fileTime(of: slot).map(EventTime.init(fileTime:)) ?? EventTime(slots.text(of: slot))
    else { return false }
    if let after, time < after { return false }
    if let before, time >= before { return false }
    return true
  }
}

/// A sink that lives in a copyable value; one thread uses it.
private final class TextBox {
  private var sink = ByteSink(capacity: 4096)

  func with<R>(_ body: (inout ByteSink) -> R) -> R { body(&sink) }
}

/// A pattern with `*`, prepared: letter case is ignored, and plain ASCII is compared as bytes.
struct TextPattern: Sendable {
  private let text: String
  /// Lower-case bytes of a pattern without `*` that is all ASCII.
  private let plain: [UInt8]?

  init(_ text: String) {
    self.text = text
    plain = text.utf8.allSatisfy { $0 < 0x80 && $0 != 42 } ? Array(text.lowercased().utf8) : nil
  }

  func matches(_ other: String) -> Bool { Wildcard.matches(other, pattern: text) }

  func matches(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let plain else { return Wildcard.matches(String(decoding: bytes, as: UTF8.self), pattern: text) }
    // A letter outside of ASCII that folds into it (K for Kelvin) is longer in UTF-8 than what it folds to.
    guard bytes.count == plain.count else {
      return bytes.contains { $0 >= 0x80 } && Wildcard.matches(String(decoding: bytes, as: UTF8.self), pattern: text)
    }
    for index in 0..<plain.count {
      let byte = bytes[index]
      if (65...90).contains(byte) ? byte | 32 != plain[index] : byte != plain[index] { return false }
    }
    return true
  }
}
