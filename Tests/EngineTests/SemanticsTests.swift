import Detection
import Sigma
import Testing
import WindowsFormats

/// What each kind of condition says of fields that are there, empty, null, several, or not there at all.
@Suite struct SemanticsTests {
  /// Whether a rule of one expression matches an event with these data.
  private func matches(_ expression: Expression, _ data: [EventField]) -> Bool {
    var record = EventRecord(recordID: .number(1))
    record.channel = "Security"
    record.provider = "Microsoft-Windows-Security-Auditing"
    record.eventID = 4688
    record.data = data
    let rules = Matching(CompiledRules([RuleEntry(rule: 7, routes: [], expression: expression)])).rules(for: record)
    #expect(rules == [] || rules == [7])
    return rules == [7]
  }

  private func field(_ predicate: Predicate) -> Expression { .field("Name", predicate) }
  private func text(_ elements: TextPattern.Element..., cased: Bool = false) -> Expression {
    field(.text(TextPattern(elements, isCased: cased)))
  }
  private func value(_ text: String) -> [EventField] { [EventField("Name", .string(text))] }

  @Test func absentFieldsMakeAllFalseButNull() {
    let predicates: [Predicate] = [
      .text(TextPattern([.anyRun])), .text(TextPattern(literal: "")), .regularExpression(RegularExpression("")),
      .number(.notEqual, 1), .timePart(.year, .notEqual, 1), .exists, .fieldReference(FieldReference("Name")),
      .network(Network(isIPv6: false, address: 0, prefixLength: 0)),
    ]
    for predicate in predicates {
      #expect(!matches(field(predicate), []), "\(predicate)")
      #expect(matches(.not(field(predicate)), []), "\(predicate)")
    }
    #expect(matches(field(.null), []))
  }

  @Test func nullIsThereButHasNoText() {
    let null = [EventField("Name", .null)]
    #expect(matches(field(.null), null) && matches(field(.exists), null))
    #expect(!matches(text(.anyRun), null) && !matches(text(), null))
  }

  @Test func emptyTextIsTextAndNotNull() {
    #expect(matches(text(), value("")) && matches(text(.anyRun), value("")) && matches(field(.exists), value("")))
    #expect(!matches(field(.null), value("")) && !matches(text(.literal("x")), value("")))
    #expect(!matches(text(), value("x")))
  }

  @Test func oneOfSeveralValuesIsEnough() {
    let several = [
      EventField("Name", .array([.string("one"), .null, .unsigned(2)])), EventField("Name", .string("three")),
    ]
    for wanted in ["ONE", "2", "three"] { #expect(matches(text(.literal(wanted)), several), "\(wanted)") }
    #expect(matches(field(.null), several))
    // Values are looked at each by itself.
    #expect(
      !matches(text(.literal("one2")), several) && !matches(text(.literal("one"), .anyRun, .literal("2")), several))
  }

  @Test func literalsStandInTheirPlace() {
    let path = value(#"C:\Windows\System32\wbem\WmiPrvSE.exe"#)
    #expect(matches(text(.anyRun, .literal(#"\wmiprvse.exe"#)), path))
    #expect(!matches(text(.anyRun, .literal(#"\wmiprvse"#)), path))
    #expect(matches(text(.literal("c:"), .anyRun), path) && !matches(text(.literal("windows"), .anyRun), path))
    #expect(matches(text(.anyRun, .literal("WBEM"), .anyRun), path) && !matches(text(.literal("wbem")), path))
    #expect(
      matches(text(.anyRun, .literal("w"), .anyRun), path) && !matches(text(.anyRun, .literal("q"), .anyRun), path))
  }

  @Test func letterCaseCountsOnlyWhenAsked() {
    #expect(matches(text(.literal("STRASSE Ä")), value("strasse ä")))
    #expect(matches(text(.literal("\u{212A}elvin")), value("KELVIN")))
    #expect(!matches(text(.literal("STRASSE"), cased: true), value("strasse")))
    #expect(matches(text(.anyRun, .literal("rass"), .anyRun, cased: true), value("strasse")))
    // Simple folding turns one letter into one.
    #expect(!matches(text(.literal("STRASSE")), value("straße")))
  }

  @Test func wildcardsStandForCharacters() {
    #expect(matches(text(.literal("a"), .anyCharacter, .literal("c")), value("a😀c")))
    #expect(!matches(text(.literal("a"), .anyCharacter, .literal("c")), value("ac")))
    #expect(matches(text(.literal("a"), .anyRun, .literal("b"), .anyRun, .literal("ab")), value("A-bab-aab")))
    #expect(!matches(text(.literal("a"), .anyRun, .literal("b"), .anyRun, .literal("ab")), value("ab")))
    #expect(matches(text(.anyCharacter, .anyCharacter), value("é語")) && !matches(text(.anyCharacter), value("ab")))
  }

  @Test func numbersAreReadFromWhatIsShown() {
    #expect(
      matches(field(.number(.greaterOrEqual, 31)), value("0x1F")) && matches(field(.number(.less, 0)), value("-3")))
    #expect(
      matches(field(.number(.equal, 1.5)), value("1.5"))
        && matches(field(.number(.equal, 7)), [EventField("Name", .integer(7))]))
    for text in ["", "12a", "0x", "0xG", " 1", "1 ", "--1", "e5", ".", "inf", "nan"] {
      #expect(!matches(field(.number(.greater, -1e300)), value(text)), "\(text)")
    }
  }

  @Test func networksHoldAddressesOnly() {
    let network = field(.network(Network(isIPv6: false, address: 0xC0A8_0000, prefixLength: 16)))
    for address in ["192.168.7.1", "::ffff:192.168.0.9"] { #expect(matches(network, value(address)), "\(address)") }
    for address in ["192.169.0.1", "192.168.0", "192.168.0.1.2", "192.168.0.256", "fe80::1", "192.168.0.01", ""] {
      #expect(!matches(network, value(address)), "\(address)")
    }
  }

  @Test func keywordsLookAtEveryValueByItself() {
    let data = value("alpha beta")
    #expect(matches(.keyword(.text(TextPattern([.anyRun, .literal("ALPHA"), .anyRun]))), data))
    #expect(matches(.keyword(.text(TextPattern(literal: "4688"))), data))
    #expect(matches(.keyword(.text(TextPattern([.anyRun, .literal("auditing")]))), data))
    #expect(!matches(.keyword(.text(TextPattern([.anyRun, .literal("beta4688"), .anyRun]))), data))
    #expect(matches(.not(.keyword(.text(TextPattern([.anyRun, .literal("gamma"), .anyRun])))), data))
  }

  @Test func fieldsAreComparedWithFields() {
    let data = [EventField("Name", .string("DOMAIN\\User")), EventField("Other", .string("user"))]
    #expect(matches(field(.fieldReference(FieldReference("Other", part: .suffix))), data))
    #expect(!matches(field(.fieldReference(FieldReference("Other", part: .suffix, isCased: true))), data))
    #expect(!matches(field(.fieldReference(FieldReference("Other"))), data))
    #expect(!matches(field(.fieldReference(FieldReference("Nobody", part: .anywhere))), data))
  }

  @Test func elementsOfUserDataGoByNameAndPath() {
    let data = [
      EventField(
        "Operation_ClientFailure",
        .object([
          EventField("Operation", .string("ExecQuery")),
          EventField("#attributes", .object([EventField("kind", .string("x"))])),
        ]))
    ]
    for name in ["Operation", "Operation_ClientFailure.Operation"] {
      #expect(matches(.field(name, .text(TextPattern(literal: "execquery"))), data), "\(name)")
    }
    #expect(matches(.field("Operation_ClientFailure.kind", .exists), data))
    #expect(!matches(.field("Operation_ClientFailure", .exists), data))
  }
}
