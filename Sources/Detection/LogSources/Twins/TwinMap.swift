import Sigma

/// How a rule that was written for Sysmon is put for events that say the same in other fields.
struct TwinMap {
  /// A view of one event as one of Sysmon's. Most events have one; a subscription's binding is seen three ways.
  struct Aspect {
    /// The event ids of Sysmon whose part the event plays; empty when the map is for several ids of one's own.
    var sysmonEventIDs: [UInt32]
    /// Field of the rule → where its value is found.
    var fields: [String: TwinField]
    /// Which of several `sysmonEventIDs` an event stands for; nil when there is one.
    var eventIDField: DerivedField?
  }

  var eventID: UInt32
  var aspects: [Aspect]
  /// Fields that the events have under their own name and that mean nothing else in Sysmon.
  var ownFields: Set<String>

  /// What every event has beside its data.
  static let systemFields: Set<String> = [
    "Channel", "Computer", "EventID", "EventRecordID", "Keywords", "Level", "Opcode", "Provider", "Provider_Name",
    "SystemTime", "Task", "TimeCreated", "UserID", "Version",
  ]
}

/// Where the twin has a field of the rule.
enum TwinField: Hashable {
  case renamed(String)
  case derived(DerivedField)
  /// Derived, but patterns that begin as the event's own text does are asked of that field: a rule that looks for
  /// `S-1-16-16384` means the label as the twin writes it.
  case derivedUnlessPrefixed(DerivedField, own: String, prefix: String)

  /// The field to put the predicate to.
  func name(for predicate: Predicate) -> String {
    switch self {
    case .renamed(let name): return name
    case .derived(let field): return field.name
    case .derivedUnlessPrefixed(let field, let own, let prefix):
      if case .text(let pattern) = predicate, case .literal(let text)? = pattern.elements.first, text.hasPrefix(prefix)
      {
        return own
      }
      return field.name
    }
  }

  /// Every value the field can have, when there are few.
  var possibleValues: [String]? {
    if case .derived(let field) = self { field.possibleValues } else { nil }
  }
}

extension TwinMap.Aspect {
  /// Which field of the event a predicate on a field of the rule is put to, and the predicate; nil when there is none.
  enum Target {
    case missing
    /// No event can have a value that matches.
    case never
    case leaf(String, Predicate)
  }

  func target(of field: String, _ predicate: Predicate, in map: TwinMap) -> Target {
    if field == "EventID" { return eventIDTarget(predicate, in: map) }
    guard let name = ownName(of: field, for: predicate, in: map) else { return .missing }
    if let values = fields[field]?.possibleValues, predicate.excludes(all: values) { return .never }
    guard case .fieldReference(var reference) = predicate else { return .leaf(name, predicate) }
    guard let other = ownName(of: reference.field, for: predicate, in: map) else { return .missing }
    reference.field = other
    return .leaf(name, .fieldReference(reference))
  }

  private func ownName(of field: String, for predicate: Predicate, in map: TwinMap) -> String? {
    if let target = fields[field] { return target.name(for: predicate) }
    let isOwn = map.ownFields.contains(field) || TwinMap.systemFields.contains(field)
    return isOwn || DerivedField(name: field) != nil ? field : nil
  }

  /// An event id of Sysmon is that of the twin here, the twin's own stays, and others are those of other events.
  private func eventIDTarget(_ predicate: Predicate, in map: TwinMap) -> Target {
    let isMeant = sysmonEventIDs.contains { predicate.matchesLiterally(String($0)) == true }
    if !isMeant {
      let isAnotherEvent = !sysmonEventIDs.isEmpty && predicate.matchesLiterally(String(map.eventID)) == false
      return isAnotherEvent ? .never : .leaf("EventID", predicate)
    }
    if let eventIDField { return .leaf(eventIDField.name, predicate) }
    return .leaf("EventID", .literal(String(map.eventID)))
  }
}
