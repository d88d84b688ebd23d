/// A technique of MITRE ATT&CK by one id, whichever release a rule was tagged after.
///
/// Release 19 moved some techniques to new ids. Findings have the ids of release 18; `aliases` are the others, for who
/// searches by them.
public struct ATTACKTechnique: Hashable, Sendable, Comparable {
  /// Such as `T1047` or `T1562.001`.
  public let id: String

  /// From an id or a tag of Sigma, `T1562.001` or `attack.t1562.001`, letter case ignored; nil for anything else,
  /// tactics, groups and software included.
  public init?(_ text: String) {
    var id = text.uppercased()
    if id.hasPrefix("ATTACK.") { id.removeFirst(7) }
    guard ATTACKTechnique.isWellFormed(id) else { return nil }
    self.id = ATTACKTechnique.release18[id] ?? id
  }

  /// Ids of the same technique in release 19.
  public var aliases: [String] {
    ATTACKTechnique.renumbered.filter { $0.release18 == id }.map(\.release19)
  }

  public static func < (left: ATTACKTechnique, right: ATTACKTechnique) -> Bool { left.id < right.id }

  /// Release 18 → release 19, as rules that carry both were seen to have it.
  static let renumbered: [(release18: String, release19: String)] = [
    ("T1070.001", "T1685.005"),
    ("T1562.001", "T1685"),
    ("T1562.002", "T1685.001"),
    ("T1562.004", "T1686.003"),
  ]

  private static let release18 = Dictionary(uniqueKeysWithValues: renumbered.map { ($0.release19, $0.release18) })

  /// `T` and four digits, and for a sub-technique a point and three more.
  private static func isWellFormed(_ id: String) -> Bool {
    let bytes = Array(id.utf8)
    guard bytes.count == 5 || bytes.count == 9 else { return false }
    return bytes.enumerated().allSatisfy { index, byte in
      switch index {
      case 0: byte == UInt8(ascii: "T")
      case 5: byte == UInt8(ascii: ".")
      default: (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      }
    }
  }
}

/// A tactic of MITRE ATT&CK for enterprises, by the name that tags of Sigma have.
public enum ATTACKTactic: String, CaseIterable, Hashable, Sendable {
  case reconnaissance
  case resourceDevelopment = "resource-development"
  case initialAccess = "initial-access"
  case execution
  case persistence
  case privilegeEscalation = "privilege-escalation"
  case defenseEvasion = "defense-evasion"
  /// Release 19 parted defence evasion in two: this and `defenseImpairment`.
  case stealth
  case defenseImpairment = "defense-impairment"
  case credentialAccess = "credential-access"
  case discovery
  case lateralMovement = "lateral-movement"
  case collection
  case commandAndControl = "command-and-control"
  case exfiltration
  case impact

  /// From a tag, `attack.lateral-movement`; older rules write `_` for `-`.
  public init?(tag: String) {
    let text = tag.lowercased()
    guard text.hasPrefix("attack.") else { return nil }
    self.init(rawValue: String(text.dropFirst(7).map { $0 == "_" ? "-" : $0 }))
  }

  /// The tactic of release 18.
  public var release18: ATTACKTactic {
    switch self {
    case .stealth, .defenseImpairment: .defenseEvasion
    default: self
    }
  }
}

/// What the tags of a rule say of ATT&CK.
public struct ATTACKTags: Hashable, Sendable {
  /// Each once, sorted.
  public var techniques: [ATTACKTechnique]
  /// Each once, as tagged, in ATT&CK's own order.
  public var tactics: [ATTACKTactic]

  public init(_ tags: [String]) {
    techniques = Set(tags.filter { $0.lowercased().hasPrefix("attack.") }.compactMap(ATTACKTechnique.init)).sorted()
    let tagged = Set(tags.compactMap(ATTACKTactic.init(tag:)))
    tactics = ATTACKTactic.allCases.filter(tagged.contains)
  }
}
