/// Finds texts of which one has to stand in whatever a regular expression matches, so that the expression is tried on
/// those values only.
///
/// The reading is cautious. Only letters, digits and signs of ASCII that stand for themselves count, whatever comes
/// with a quantifier that allows none does not, and where the syntax is not known for certain there is no answer. Letter
/// case is of no matter: texts are searched in folded values.
struct RegexLiterals {
  /// Alternatives that are worth a search; nil when nothing is required.
  static func required(_ source: String) -> [String]? {
    // Verbs such as (*ACCEPT) end a match early; \Q quotes what follows; comments and extended syntax hide text.
    guard !source.contains("(*"), !source.contains("\\Q"), !source.contains("(?#") else { return nil }
    var reader = RegexLiterals(bytes: Array(source.utf8))
    guard let texts = reader.alternatives(depth: 0), reader.at == reader.bytes.count else { return nil }
    guard texts.allSatisfy({ $0.count >= minimumCount }), texts.count <= maximumAlternatives else { return nil }
    return texts.map { String(decoding: $0, as: UTF8.self) }
  }

  private static let minimumCount = 2
  private static let maximumAlternatives = 64
  private static let maximumDepth = 20

  private var bytes: [UInt8]
  private var at = 0
  /// The syntax is not one that is read here.
  private var isUnknown = false

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  /// Branches up to the end of the group or of the expression: the union of what each requires, or nil.
  private mutating func alternatives(depth: Int) -> [[UInt8]]? {
    guard depth < RegexLiterals.maximumDepth else {
      isUnknown = true
      return nil
    }
    var union: [[UInt8]]? = []
    while true {
      let branch = sequence(depth: depth)
      if isUnknown { return nil }
      union = branch.flatMap { branch in union.map { $0 + branch } }
      guard next == UInt8(ascii: "|") else { return union }
      at += 1
    }
  }

  /// Items one after the other: the best of what they require.
  private mutating func sequence(depth: Int) -> [[UInt8]]? {
    var best: [[UInt8]]?
    var run: [UInt8] = []
    func weight(_ texts: [[UInt8]]) -> Int { texts.map(\.count).min() ?? 0 }
    func consider(_ texts: [[UInt8]]) {
      if weight(texts) > best.map(weight) ?? 0 { best = texts }
    }
    while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      let item = item(depth: depth)
      if isUnknown { return nil }
      let minimum = quantifier()
      if isUnknown { return nil }
      switch item {
      case .character(let character) where minimum == nil: run.append(character)
      case .character(let character):
        if minimum != 0 { run.append(character) }
        consider([run])
        run = []
      case .texts(let texts):
        consider([run])
        run = []
        if minimum != 0 { consider(texts) }
      case .other:
        consider([run])
        run = []
      }
    }
    consider([run])
    return best
  }

  private enum Item {
    case character(UInt8)
    case texts([[UInt8]])
    case other
  }

  private mutating func item(depth: Int) -> Item {
    let byte = bytes[at]
    at += 1
    switch byte {
    case UInt8(ascii: "("): return group(depth: depth)
    case UInt8(ascii: "["): return characterClass()
    case UInt8(ascii: "\\"): return escape()
    case UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "$"): return .other
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"):
      // A quantifier of nothing, or a brace that stands for itself.
      isUnknown = byte != UInt8(ascii: "{")
      return .other
    case 0x21..<0x7F, 0x20: return .character(byte)
    default: return .other
    }
  }

  private mutating func escape() -> Item {
    guard let byte = next else {
      isUnknown = true
      return .other
    }
    at += 1
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      // Classes and assertions of one letter; what takes more (\x41, \p{L}, \k<n>, \1) is not read here.
      isUnknown = !"dDwWsSbBAzZGhHvVRnrtfeaX".utf8.contains(byte)
      return .other
    case 0x21..<0x7F: return .character(byte)
    default: return .other
    }
  }

  private mutating func characterClass() -> Item {
    if next == UInt8(ascii: "^") { at += 1 }
    // A bracket that comes first stands for itself.
    if next == UInt8(ascii: "]") { at += 1 }
    while let byte = next {
      at += 1
      if byte == UInt8(ascii: "]") { return .other }
      if byte == UInt8(ascii: "\\") { at += 1 }
      if byte == UInt8(ascii: "["), let kind = next, ":.=".utf8.contains(kind) {
        isUnknown = true
        return .other
      }
    }
    isUnknown = true
    return .other
  }

  private mutating func group(depth: Int) -> Item {
    var isRequired = true
    if next == UInt8(ascii: "?") {
      at += 1
      switch next {
      case UInt8(ascii: ":"), UInt8(ascii: ">"): at += 1
      case UInt8(ascii: "!"), UInt8(ascii: "="):
        at += 1
        isRequired = false
      default:
        guard let isGroup = flags() else { return .other }
        if !isGroup { return .other }
      }
    }
    let texts = alternatives(depth: depth + 1)
    guard !isUnknown, next == UInt8(ascii: ")") else {
      isUnknown = true
      return .other
    }
    at += 1
    if isRequired, let texts { return .texts(texts) }
    return .other
  }

  /// Flags as in `(?i)` and `(?i:`; true when a group follows, nil when it is anything else.
  private mutating func flags() -> Bool? {
    while let byte = next {
      at += 1
      switch byte {
      case UInt8(ascii: "i"), UInt8(ascii: "m"), UInt8(ascii: "s"), UInt8(ascii: "-"): continue
      case UInt8(ascii: ":"): return true
      case UInt8(ascii: ")"): return false
      default:
        isUnknown = true
        return nil
      }
    }
    isUnknown = true
    return nil
  }

  /// The least number of repetitions, nil without a quantifier.
  private mutating func quantifier() -> Int? {
    var minimum: Int?
    switch next {
    case UInt8(ascii: "*"), UInt8(ascii: "?"): minimum = 0
    case UInt8(ascii: "+"): minimum = 1
    case UInt8(ascii: "{"):
      guard let closing = bytes[at...].firstIndex(of: UInt8(ascii: "}")) else {
        isUnknown = true
        return nil
      }
      let inside = bytes[(at + 1)..<closing]
      guard let first = inside.first, (48...57).contains(first),
        inside.allSatisfy({ (48...57).contains($0) || $0 == 44 })
      else {
        isUnknown = true
        return nil
      }
      // Any digit but zero ahead of the comma: at least one.
      minimum = inside.prefix { $0 != 44 }.contains { $0 != 48 } ? 1 : 0
      at = closing
    default: return nil
    }
    at += 1
    // Lazy or possessive: of no matter here.
    if next == UInt8(ascii: "?") || next == UInt8(ascii: "+") { at += 1 }
    return minimum
  }
}
