/// A condition as written, over names that mean nothing yet.
indirect enum ConditionTree: Hashable {
  case name(String)
  case selector(ConditionSelector)
  case not(ConditionTree)
  case all([ConditionTree])
  case any([ConditionTree])

  /// Whether it only says what must not be: a `not`, or several joined by `and`.
  var isNegated: Bool {
    switch self {
    case .not: true
    case .all(let parts): parts.allSatisfy(\.isNegated)
    case .name, .selector, .any: false
    }
  }
}

/// `1 of pattern`, `any of pattern`, `all of pattern`.
struct ConditionSelector: Hashable {
  var needsAll: Bool
  /// `them`, or a name in which `*` stands for any run of characters.
  var pattern: String

  /// Names that begin with `_` are taken only by a pattern that does too.
  func takes(_ name: String) -> Bool {
    if name.hasPrefix("_"), !pattern.hasPrefix("_") { return false }
    return pattern == "them" || Self.matches(Array(pattern.utf8)[...], Array(name.utf8)[...])
  }

  /// Goes back to the last `*` only, so that many of them cost no more than lengths multiplied.
  private static func matches(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    let star = UInt8(ascii: "*")
    var (at, position) = (pattern.startIndex, name.startIndex)
    var retry: (at: Int, position: Int)?
    while position < name.endIndex {
      if at < pattern.endIndex, pattern[at] == star {
        retry = (at, position)
        at += 1
      } else if at < pattern.endIndex, pattern[at] == name[position] {
        at += 1
        position += 1
      } else if let last = retry {
        retry = (last.at, last.position + 1)
        (at, position) = (last.at + 1, last.position + 1)
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == star }
  }
}

/// Why a condition is refused.
struct ConditionFault: Error, Hashable {
  var reason: SigmaDiagnostic.Reason
  var subject: String

  init(_ reason: SigmaDiagnostic.Reason, _ subject: String) {
    self.reason = reason
    self.subject = subject
  }
}
