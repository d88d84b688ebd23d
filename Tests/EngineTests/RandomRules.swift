import Detection
import Sigma
import WindowsFormats

/// A generator of numbers with a seed that is told when something fails.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
  mutating func pick<T>(_ items: [T]) -> T { items.randomElement(using: &self)! }
}

/// Random expressions and events over a small alphabet, so that they have something to do with each other.
struct RandomRules {
  var numbers: SeededNumbers

  static let fields = ["Image", "CommandLine", "Data", "User", "Port", "EventID", "Channel", "Provider_Name"]
  private static let words = [
    "power", "shell", ".exe", "\\", "cmd", "C:\\Windows", "wmi", "prvse", "K", "\u{212A}", "s", "ſ", "é", "É", "日本",
    "語",
    "-enc", " /c ", "a", "b", "AB", "ß", "İ", "\n", "😀", "Ⱥ", "..", "invoke",
  ]
  private static let specials = [
    "0", "12", "-3", "1.5", "0x1F", "0x1f", "4688", "99999999999999999999", "1e3", "10.0.0.1", "10.1.2.3",
    "::ffff:10.0.0.2", "fe80::1%eth0", "2001:db8::5", "2024-02-29T23:59:01.5Z", "2021-01-03 04:05:06", "2020-12-31",
    "true",
  ]
  private static let channels = ["Security", "System", "Microsoft-Windows-WMI-Activity/Operational", "Other"]
  private static let providers = ["Prov-A", "Prov-B", "Prov-C"]

  private mutating func phrase(_ range: ClosedRange<Int>) -> String {
    (0..<Int.random(in: range, using: &numbers)).map { _ in numbers.pick(RandomRules.words) }.joined()
  }

  private mutating func text() -> String {
    numbers.chance(35) ? numbers.pick(RandomRules.specials) : numbers.chance(8) ? "" : phrase(1...6)
  }

  // MARK: Events

  mutating func event() -> (record: EventRecord, values: [(field: String, value: Oracle.Value)]) {
    var record = EventRecord(recordID: .ordinal(1))
    var values: [(field: String, value: Oracle.Value)] = []
    if numbers.chance(95) {
      record.channel = changedCase(numbers.pick(RandomRules.channels))
      values.append(("Channel", .text(record.channel!)))
    }
    if numbers.chance(95) {
      record.provider = changedCase(numbers.pick(RandomRules.providers))
      values.append(("Provider_Name", .text(record.provider!)))
    }
    if numbers.chance(95) {
      record.eventID = UInt32.random(in: 1...5, using: &numbers)
      values.append(("EventID", .text(String(record.eventID!))))
    }
    for field in RandomRules.fields.prefix(numbers.chance(10) ? 8 : 5) where numbers.chance(60) {
      let (value, plain) = value()
      record.data.append(EventField(field, value))
      values += plain.map { (field, $0) }
    }
    return (record, values)
  }

  private mutating func value() -> (EventValue, [Oracle.Value]) {
    switch Int.random(in: 0..<12, using: &numbers) {
    case 0: return (.null, [.null])
    case 1: return (.string(""), [.text("")])
    case 2:
      let parts = (0..<Int.random(in: 2...3, using: &numbers)).map { _ in value() }
      return (.array(parts.map(\.0)), parts.flatMap(\.1))
    case 3:
      let number = Int64.random(in: -5...20, using: &numbers)
      return (.integer(number), [.text(String(number))])
    case 4: return numbers.chance(50) ? (.boolean(true), [.text("true")]) : (.double(1.5), [.text("1.5")])
    default:
      let text = text()
      return (.string(text), [.text(text)])
    }
  }

  private mutating func changedCase(_ text: String) -> String { numbers.chance(20) ? text.uppercased() : text }

  // MARK: Expressions

  mutating func entry(rule: Int) -> RuleEntry {
    var routes: [EventRoute] = []
    if numbers.chance(70) {
      for _ in 0..<Int.random(in: 1...2, using: &numbers) {
        routes.append(
          EventRoute(
            changedCase(numbers.pick(RandomRules.channels)),
            provider: numbers.chance(30) ? numbers.pick(RandomRules.providers) : nil,
            eventIDs: numbers.chance(50)
              ? (0..<Int.random(in: 0...3, using: &numbers)).map { _ in UInt32.random(in: 1...5, using: &numbers) }
              : nil))
      }
    }
    return RuleEntry(rule: rule, routes: routes, expression: expression(depth: 0))
  }

  mutating func expression(depth: Int) -> Expression {
    switch depth >= 4 ? 9 : Int.random(in: 0..<10, using: &numbers) {
    case 0, 1: return .all(parts(depth))
    case 2, 3: return .any(parts(depth))
    case 4: return .not(expression(depth: depth + 1))
    case 5:
      let field = numbers.pick(RandomRules.fields)
      return .any((0..<Int.random(in: 1...5, using: &numbers)).map { _ in .field(field, .text(pattern())) })
    default:
      return numbers.chance(12) ? .keyword(predicate()) : .field(numbers.pick(RandomRules.fields), predicate())
    }
  }

  private mutating func parts(_ depth: Int) -> [Expression] {
    (0..<Int.random(in: 0...3, using: &numbers)).map { _ in expression(depth: depth + 1) }
  }

  private mutating func predicate() -> Predicate {
    switch Int.random(in: 0..<20, using: &numbers) {
    case 0: .exists
    case 1: .null
    case 2, 3: .regularExpression(regularExpression())
    case 4: .number(numbers.pick(Comparison.allCases), numbers.pick([0, 12, -3, 1.5, 31, 4, 2]))
    case 5:
      .timePart(
        numbers.pick(TimePart.allCases), numbers.pick(Comparison.allCases),
        numbers.pick([1, 2, 3, 9, 12, 23, 53, 59, 2021]))
    case 6: .network(network())
    case 7:
      .fieldReference(
        FieldReference(
          numbers.pick(RandomRules.fields), part: numbers.pick([.whole, .prefix, .suffix, .anywhere]),
          isCased: numbers.chance(30)))
    default: .text(pattern())
    }
  }

  private mutating func pattern() -> TextPattern {
    if numbers.chance(15) { return TextPattern(literal: text(), isCased: numbers.chance(20)) }
    if numbers.chance(10) { return TextPattern(literal: String(Int.random(in: 1...6, using: &numbers))) }
    var elements: [TextPattern.Element] = []
    if numbers.chance(60) { elements.append(.anyRun) }
    elements.append(.literal(phrase(1...2)))
    if numbers.chance(15) { elements += [numbers.pick([.anyRun, .anyCharacter]), .literal(phrase(1...1))] }
    if numbers.chance(60) { elements.append(.anyRun) }
    if numbers.chance(4) { elements.append(.anyCharacter) }
    return TextPattern(elements, isCased: numbers.chance(15))
  }

  private mutating func regularExpression() -> RegularExpression {
    RegularExpression(
      numbers.pick([
        "power|cmd", "(?:wmi|shell)prvse?", "^C:", "exe$", "[0-9]{2}", "a+b", "sh.ll", "k", "(ab)?c", "\\\\Windows",
        "-enc.*a",
        "日本", "^$", "(power)(shell)?", "x*", "e(?=xe)", "w(?!mi)", "(?i)INVOKE", "wmi{1,2}p", "a.b", "(c|d)md|ab{2,}",
      ]), ignoresCase: numbers.chance(40), isMultiline: numbers.chance(20), dotMatchesNewline: numbers.chance(20))
  }

  private mutating func network() -> Network {
    numbers.pick([
      Network(isIPv6: false, address: 0x0A00_0000, prefixLength: 8),
      Network(isIPv6: false, address: 0x0A00_0002, prefixLength: 32),
      Network(isIPv6: false, address: 0, prefixLength: 0),
      Network(isIPv6: true, address: 0x2001_0DB8 << 96, prefixLength: 32),
      Network(isIPv6: true, address: 0xFE80 << 112, prefixLength: 10),
    ])
  }
}
