import Sigma
import TestSupport
import Testing

/// Rule files come from anywhere. Nothing here may crash, and nothing may take long.
struct HostileInputTests {
  private static let sample = """
    title: Sample
    id: 0e95725d-7320-415d-80f7-004da920fc11
    logsource: {product: windows, service: wmi}
    detection:
      sel_a: &a
        Image|endswith: ['\\\\wmic.exe', "x\\u0041"]
        CommandLine|contains|all|windash: [' -a', é]
      sel_b:
        - <<: *a
          User|re|i: '^ab?'
        - Address|cidr: 10.0.0.0/8
          Hour|hour|gte: 22
      condition: 1 of sel_* and not (sel_a or sel_b)
    ---
    title: Many
    correlation: {type: temporal, timespan: 5m, condition: a and not b, group-by: [Host]}
    ---
    title: Filter
    logsource: {product: windows}
    filter: {rules: any, s: {User: x}, condition: s}

    """

  @Test
  func takesTheSampleAsItIs() {
    #expect(parse(Self.sample).accepted.count == 3 && parse(Self.sample).warnings.isEmpty)
  }

  @Test
  func survivesEveryPrefix() {
    let bytes = Array(Self.sample.utf8)
    for count in bytes.indices {
      let file = SigmaParser().parse(Array(bytes[..<count]), path: "x.yml")
      _ = SigmaRuleSet(file.accepted)
      #expect(file.documents.count <= 3)
    }
  }

  /// Seeds are fixed: what fails fails again.
  @Test(arguments: 1...8)
  func survivesMutations(_ seed: UInt64) {
    var random = SplitMix(state: seed)
    let bytes = Array(Self.sample.utf8)
    let pieces = [
      "*", "&a", "*a", "[", "{", "- ", ": ", "|", "'", "\"", "\n", "\\", "%", "---\n", "\u{85}", "? ", "<<", "!!int ",
    ]
    for _ in 0..<400 {
      var mutant = bytes
      for _ in 0...random.next(below: 4) {
        let place = random.next(below: mutant.count)
        switch random.next(below: 4) {
        case 0: mutant[place] = UInt8(random.next(below: 256))
        case 1: mutant.remove(at: place)
        case 2: mutant.insert(contentsOf: pieces[random.next(below: pieces.count)].utf8, at: place)
        default: mutant.insert(contentsOf: mutant[place..<min(mutant.count, place + random.next(below: 60))], at: place)
        }
      }
      let file = SigmaParser().parse(mutant, path: "x.yml")
      _ = SigmaRuleSet(file.accepted, filterPolarity: .requires)
      for diagnostic in file.refusals + file.warnings { #expect(diagnostic.location.line > 0) }
    }
  }

  private func refused(_ text: String) -> String? {
    var reason: String?
    let time = threadTime { reason = parse(text).refusals.first?.reason.rawValue }
    #expect(time < .seconds(5))
    return reason
  }
  private func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

  @Test
  func refusesDeepNesting() {
    #expect(refused("a: " + repeated("[", 900) + repeated("]", 900)) == "too-deep")
    #expect(refused("a: " + repeated("{a: ", 900) + "1" + repeated("}", 900)) == "too-deep")
    #expect(refused(repeated("- ", 900) + "a") == "too-deep")
    #expect(refused(repeated("? ", 100_000)) == "too-deep")
    #expect(refused(repeated("[", 5_000_000)) == "too-many-values")
    let nested = "x: " + repeated("[", 31) + repeated("]", 31) + "\n"
    #expect(refused(nested + ruleText(item: "f: 1")) == nil)
    #expect(refused("y: [" + nested.dropFirst(3).dropLast() + "]\n" + ruleText(item: "f: 1")) == nil)
    #expect(refused("y: [[" + nested.dropFirst(3).dropLast() + "]]\n" + ruleText(item: "f: 1")) == "too-deep")
  }

  @Test
  func refusesAliasBombs() {
    let letters = (0..<26).map { String(UnicodeScalar(UInt8(97 + $0))) }
    let bomb = zip(letters, letters.dropFirst()).map { "\($1): &\($1) [\(repeated("*\($0),", 9))]\n" }.joined()
    #expect(refused("a: &a [x]\n" + bomb) == "too-many-aliases")
    #expect(refused("a: &a [x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n? *c\n: 1\n") == "unsupported-key")
    #expect(refused("a: &a [*a]\n") == "invalid-yaml")
    #expect(refused("a: *b\n") == "invalid-yaml")
    #expect(refused(ruleText(item: "f: &x [1]\n  g: *x\n  h: *x")) == nil)
    #expect(refused(ruleText(item: "f: [\(repeated("'*foo*', ' &bar', ", 200))x]")) == nil, "wildcards are no aliases")
  }

  @Test
  func refusesTooMuch() {
    let limits = SigmaLimits()
    #expect(refused("title: " + repeated("x", limits.maximumBytes)) == "file-too-large")
    #expect(refused("title: " + repeated("x", limits.maximumTextLength + 1)) == "text-too-long")
    #expect(refused("a: [" + repeated("a,", 3_000_000) + "]") == "too-many-values")
    #expect(refused(repeated("---\n", 1_500_000)) == "too-many-documents")
    #expect(refused(repeated("\n", 8_000_000)) == "too-many-values")
    #expect(refused(repeated("a: x\n", 100_000)) == "duplicate-key")
    let keys = (0...limits.maximumCustomKeys).map { "  k\($0): 1\n" }.joined()
    #expect(refused(ruleText(item: "f: 1") + "c:\n" + keys) == "too-many-custom-keys")
  }

  @Test
  func refusesModifiersThatMultiply() {
    #expect(refused(ruleText(item: "f\(repeated("|contains", 16)): a")) == nil)
    #expect(refused(ruleText(item: "f\(repeated("|contains", 17)): a")) == "too-many-values")
    #expect(refused(ruleText(item: "f\(repeated("|base64offset", 16)): abc")) == "too-many-values")
    #expect(refused(ruleText(item: "f|windash: [\(repeated("' -a -b -c',", 12_000))]")) == "expression-too-large")
    #expect(refused(ruleText(item: "f|contains: '\(repeated("a?", 50_000))'")) == "text-too-long")
    #expect(refused(ruleText(item: "f: '\(repeated("a?", 50_000))'")) == nil)
    let names = ["n": (0..<100).map { "v\($0)" }]
    #expect(parse(ruleText(item: "f|expand: '%n%'"), placeholders: names).refusals.isEmpty)
    #expect(parse(ruleText(item: "f|expand: '%n%%n%'"), placeholders: names).refusals.map(\.reason) == [.tooManyValues])
  }
}

/// SplitMix64.
private struct SplitMix {
  var state: UInt64

  mutating func next(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }
}
