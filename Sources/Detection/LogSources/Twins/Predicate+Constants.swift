import Sigma

extension Predicate {
  /// Whether the predicate holds for none of the values; false when that cannot be told.
  func excludes(all values: [String]) -> Bool {
    values.allSatisfy { matchesLiterally($0) == false }
  }

  /// Whether the predicate holds for a text of ASCII; nil when only the engine can tell.
  func matchesLiterally(_ value: String) -> Bool? {
    switch self {
    case .text(let pattern): pattern.matches(constant: value)
    case .number(let comparison, let number): Double(value).map { comparison.holds($0, number) } ?? false
    case .exists: true
    case .null: false
    case .network: false
    case .regularExpression, .timePart, .fieldReference: nil
    }
  }
}

extension TextPattern {
  /// Whether the pattern matches a text of ASCII.
  ///
  /// Wildcards are followed by remembering the last run only, so time is at most pattern times text.
  func matches(constant text: String) -> Bool {
    let value = Array((isCased ? text : text.lowercased()).unicodeScalars)
    let pattern = flattened
    var (at, next) = (0, 0)
    var restart: (at: Int, next: Int)?
    while at < value.count {
      switch next < pattern.count ? pattern[next] : .end {
      case .anyRun:
        next += 1
        restart = (at, next)
        continue
      case .anyCharacter:
        (at, next) = (at + 1, next + 1)
        continue
      case .scalar(let scalar) where scalar == value[at]:
        (at, next) = (at + 1, next + 1)
        continue
      case .scalar, .end: break
      }
      guard let last = restart else { return false }
      restart = (last.at + 1, last.next)
      (at, next) = (last.at + 1, last.next)
    }
    return pattern[next...].allSatisfy { $0 == .anyRun }
  }

  private enum Step: Equatable {
    case anyRun, anyCharacter, end
    case scalar(Unicode.Scalar)
  }

  private var flattened: [Step] {
    elements.flatMap { element -> [Step] in
      switch element {
      case .anyRun: [.anyRun]
      case .anyCharacter: [.anyCharacter]
      case .literal(let text): (isCased ? text : text.lowercased()).unicodeScalars.map(Step.scalar)
      }
    }
  }
}
