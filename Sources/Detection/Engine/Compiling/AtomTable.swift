import Sigma
import WindowsFormats

/// Gives every distinct question of a rule set one number, and keeps what each asks in flat tables.
struct AtomTable {
  private(set) var atoms: [Atom] = []
  /// For an atom that can only hold where one of some literals stands: the atom of those literals, itself if it is one.
  private(set) var requirements: [Int32] = []
  /// Literals of the atoms of kind `literals`, by `parameter`.
  private(set) var literalSets: [[Literal]] = []
  private(set) var wildcards = WildcardTable()
  private(set) var expressions: [RegexCode] = []
  private(set) var numbers: [NumberTest] = []
  private(set) var times: [TimeTest] = []
  private(set) var networks: [NetworkTest] = []
  private(set) var references: [ReferenceTest] = []

  private(set) var fieldNames = FieldNumbers.given
  private(set) var derivedFields: [NumberedDerivedField] = []
  private var fieldNumbers: [String: Int32] = [:]
  private var known: [Key: Int32] = [:]
  private var literalBytes = 0

  private enum Key: Hashable {
    case literals(Set<Literal>)
    case predicate(Int32, Predicate)
  }

  /// No atom.
  static let none: Int32 = -1

  init() {
    for (number, name) in fieldNames.enumerated() where number > 0 { fieldNumbers[name] = Int32(number) }
  }

  /// The number of a field; a new one when the name has none.
  mutating func field(_ name: String) -> Int32 {
    let name = FieldNumbers.key(name)
    if let number = fieldNumbers[name] { return number }
    let number = Int32(fieldNames.count)
    fieldNumbers[name] = number
    fieldNames.append(name)
    if let derived = DerivedField(name: name) {
      derivedFields.append(
        NumberedDerivedField(derived: derived, field: number, inputs: derived.inputs.map { field($0) }))
    }
    return number
  }

  /// The atom that asks for one of some literals of one field.
  mutating func atom(ofLiterals literals: [Literal], field: Int32) throws -> Int32 {
    let set = Set(literals)
    if let number = known[.literals(set)] { return number }
    try spend(set.reduce(0) { $0 + $1.bytes.count })
    // In the order of the rule: a set has another order in each run.
    var seen: Set<Literal> = []
    literalSets.append(literals.filter { seen.insert($0).inserted })
    let number = try add(Atom(kind: .literals, field: field, parameter: Int32(literalSets.count - 1)))
    requirements[Int(number)] = number
    known[.literals(set)] = number
    return number
  }

  /// The atom that asks one predicate of a field.
  mutating func atom(field: Int32, _ predicate: Predicate) throws -> Int32 {
    if case .text(let pattern) = predicate, let literal = Literal(field: field, pattern) {
      return try atom(ofLiterals: [literal], field: field)
    }
    if let number = known[.predicate(field, predicate)] { return number }
    let number = try make(field, predicate)
    known[.predicate(field, predicate)] = number
    return number
  }

  private mutating func make(_ field: Int32, _ predicate: Predicate) throws -> Int32 {
    func atom(_ kind: Atom.Kind, _ parameter: Int = 0) -> Atom {
      Atom(kind: kind, field: field, parameter: Int32(parameter))
    }
    switch predicate {
    case .exists: return try add(atom(.exists))
    case .null: return try add(atom(.null))
    case .text(let pattern): return try make(field, pattern)
    case .regularExpression(let expression):
      let code = try RegexCode(expression)
      try spend(expression.source.utf8.count)
      expressions.append(code)
      let number = try add(atom(.regularExpression, expressions.count - 1))
      if let texts = RegexLiterals.required(expression.source) { try require(texts, of: field, for: number) }
      return number
    case .number(let comparison, let value):
      numbers.append(NumberTest(comparison, value))
      return try add(atom(.number, numbers.count - 1))
    case .timePart(let part, let comparison, let value):
      times.append(TimeTest(part: part.code, comparison: comparison.code, value: value))
      return try add(atom(.timePart, times.count - 1))
    case .network(let network):
      networks.append(NetworkTest(network))
      return try add(atom(.network, networks.count - 1))
    case .fieldReference(let reference):
      references.append(
        ReferenceTest(
          other: self.field(reference.field), part: reference.part.code, isCased: reference.isCased))
      return try add(atom(.fieldReference, references.count - 1))
    }
  }

  private mutating func make(_ field: Int32, _ pattern: TextPattern) throws -> Int32 {
    if pattern.elements == [.anyRun] { return try add(Atom(kind: .anyText, field: field, parameter: 0)) }
    if pattern.elements.isEmpty { return try add(Atom(kind: .emptyText, field: field, parameter: 0)) }
    let program = wildcards.add(pattern)
    try spend(wildcards.byteCount(of: program))
    let kind: Atom.Kind = pattern.isCased ? .casedWildcard : .wildcard
    let number = try add(Atom(kind: kind, field: field, parameter: Int32(program)))
    if let literal = pattern.longestLiteral(of: field) {
      requirements[Int(number)] = try atom(ofLiterals: [literal], field: field)
    }
    return number
  }

  private mutating func require(_ texts: [String], of field: Int32, for number: Int32) throws {
    let literals = texts.map { Literal(field: field, bytes: Folding.bytes(of: $0), part: .anywhere) }
    requirements[Int(number)] = try atom(ofLiterals: literals, field: field)
  }

  private mutating func add(_ atom: Atom) throws -> Int32 {
    guard atoms.count < EngineLimits.conditions else { throw ConditionBuilder.Failure.refused(.tooLarge) }
    atoms.append(atom)
    requirements.append(AtomTable.none)
    return Int32(atoms.count - 1)
  }

  private mutating func spend(_ byteCount: Int) throws {
    literalBytes += byteCount
    guard literalBytes <= EngineLimits.literalBytes else { throw ConditionBuilder.Failure.refused(.tooLarge) }
  }
}

extension TextPattern {
  /// The longest literal of the pattern, folded, and where in the value it has to stand.
  func longestLiteral(of field: Int32) -> Literal? {
    var best: Literal?
    for (index, element) in elements.enumerated() {
      guard case .literal(let text) = element else { continue }
      let isFirst = index == 0
      let isLast = index == elements.count - 1
      let part: FieldReference.Part = isFirst && isLast ? .whole : isFirst ? .prefix : isLast ? .suffix : .anywhere
      let literal = Literal(field: field, bytes: Folding.bytes(of: text), part: part)
      if literal.bytes.count > best?.bytes.count ?? 0 { best = literal }
    }
    return best
  }
}

extension TimePart {
  var code: UInt8 {
    switch self {
    case .minute: 0
    case .hour: 1
    case .day: 2
    case .week: 3
    case .month: 4
    case .year: 5
    }
  }
}

extension NetworkTest {
  init(_ network: Network) {
    let width = network.isIPv6 ? 128 : 32
    let length = min(max(network.prefixLength, 0), width)
    isIPv6 = network.isIPv6
    mask = length == 0 ? 0 : (UInt128.max >> UInt128(128 - width)) & ~((1 << UInt128(width - length)) - 1)
    address = network.address & mask
  }
}
