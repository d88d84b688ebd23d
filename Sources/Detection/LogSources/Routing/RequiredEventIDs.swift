import Sigma

extension Expression {
  /// More event ids than this in a rule are not worth an index.
  private static let maximumRequiredIDs = 4096

  /// The event ids that an event must have for the tree to hold; nil when it may be any.
  var requiredEventIDs: Set<UInt32>? {
    switch self {
    case .all(let parts):
      return parts.reduce(into: Set<UInt32>?.none) { found, part in
        guard let ids = part.requiredEventIDs else { return }
        found = found.map { $0.intersection(ids) } ?? ids
      }
    case .any(let parts):
      var union: Set<UInt32> = []
      for part in parts {
        guard let ids = part.requiredEventIDs else { return nil }
        union.formUnion(ids)
        if union.count > Expression.maximumRequiredIDs { return nil }
      }
      return union
    case .field("EventID", let predicate): return predicate.eventID.map { [$0] }
    case .field, .keyword, .not: return nil
    }
  }
}

extension Predicate {
  /// The only event id that the predicate holds for, when there is one.
  fileprivate var eventID: UInt32? {
    switch self {
    case .text(let pattern):
      guard case (let text, .whole)? = pattern.anchoredLiteral else { return nil }
      return UInt32(text)
    case .number(.equal, let value): return UInt32(exactly: value)
    default: return nil
    }
  }
}
