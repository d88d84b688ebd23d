/// Parses conditions (Sigma 2.1, "Condition"). From what binds most loosely:
///
///     or   = and { "or" and }
///     and  = not { "and" not }
///     not  = "not" not | term
///     term = "(" or ")" | ( "1" | "any" | "all" ) "of" pattern | name
///
/// Keywords are lower case, as in pySigma. `1`, `any` and `all` are names when no `of` follows.
struct ConditionParser {
  private let tokens: [Substring]
  private let limits: SigmaLimits
  private var position = 0

  init(_ text: String, limits: SigmaLimits) throws(ConditionFault) {
    guard text.utf8.count <= limits.maximumConditionLength else {
      throw ConditionFault(.conditionTooLong, "\(text.utf8.count)")
    }
    // `| count() by …` and its like: correlations have taken their place.
    if let bar = text.firstIndex(of: "|") {
      throw ConditionFault(.legacyAggregation, String(text[bar...].prefix(80)))
    }
    tokens = Self.tokens(of: text)
    self.limits = limits
  }

  consuming func parse() throws(ConditionFault) -> ConditionTree {
    let tree = try disjunction(depth: 0)
    guard let token = peek() else { return tree }
    throw unexpected(token)
  }

  /// Names, keywords and parentheses.
  private static func tokens(of text: String) -> [Substring] {
    var tokens: [Substring] = []
    var start: String.Index?
    for index in text.indices {
      let character = text[index]
      let isParenthesis = character == "(" || character == ")"
      if isParenthesis || character.isWhitespace {
        if let begin = start { tokens.append(text[begin..<index]) }
        start = nil
        if isParenthesis { tokens.append(text[index...index]) }
      } else if start == nil {
        start = index
      }
    }
    if let begin = start { tokens.append(text[begin...]) }
    return tokens
  }

  private func peek(_ ahead: Int = 0) -> Substring? {
    position + ahead < tokens.count ? tokens[position + ahead] : nil
  }

  private mutating func takes(_ token: Substring) -> Bool {
    guard peek() == token else { return false }
    position += 1
    return true
  }

  private func unexpected(_ token: Substring?) -> ConditionFault {
    guard let token else { return ConditionFault(.invalidCondition, "end") }
    let isOperator = ["and", "or", "not"].contains(token.lowercased())
    return ConditionFault(
      isOperator && token != token.lowercased() ? .operatorNotLowerCase : .invalidCondition, String(token))
  }

  // MARK: Grammar

  private mutating func disjunction(depth: Int) throws(ConditionFault) -> ConditionTree {
    var parts = [try conjunction(depth: depth)]
    while takes("or") { parts.append(try conjunction(depth: depth)) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction(depth: Int) throws(ConditionFault) -> ConditionTree {
    var parts = [try negation(depth: depth)]
    while takes("and") { parts.append(try negation(depth: depth)) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func negation(depth: Int) throws(ConditionFault) -> ConditionTree {
    guard depth <= limits.maximumConditionDepth else { throw ConditionFault(.tooDeep, "\(depth)") }
    return takes("not") ? .not(try negation(depth: depth + 1)) : try term(depth: depth)
  }

  private mutating func term(depth: Int) throws(ConditionFault) -> ConditionTree {
    guard let token = peek(), !["and", "or", "not", ")"].contains(token) else { throw unexpected(peek()) }
    position += 1
    if token == "(" {
      let tree = try disjunction(depth: depth + 1)
      guard takes(")") else { throw unexpected(peek()) }
      return tree
    }
    if peek() == "of" { return try selector(token) }
    guard !token.contains("*"), !["AND", "OR", "NOT"].contains(token) else { throw unexpected(token) }
    return .name(String(token))
  }

  private mutating func selector(_ quantifier: Substring) throws(ConditionFault) -> ConditionTree {
    guard ["1", "any", "all"].contains(quantifier) else {
      throw ConditionFault(.unsupportedQuantifier, String(quantifier))
    }
    position += 1
    guard let pattern = peek(), !["(", ")", "and", "or", "not"].contains(pattern) else { throw unexpected(peek()) }
    position += 1
    return .selector(ConditionSelector(needsAll: quantifier == "all", pattern: String(pattern)))
  }
}
