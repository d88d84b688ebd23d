import Sigma
import TestSupport
import Testing
import WindowsFormats

/// Values without modifiers, or with those that say where in a field they stand.
struct TextValueTests {
  /// Escapes as the specification's own table has them, and what they must and must not match.
  @Test(arguments: [
    (#"a\b"#, #"a\b"#, #"ab"#),
    (#"\\srv"#, #"\srv"#, #"\\srv"#),
    (#"\\\\srv"#, #"\\srv"#, #"\srv"#),
    (#"a\*b"#, "a*b", "axb"),
    (#"a\?b"#, "a?b", "axb"),
    (#"a\\*b"#, #"a\xyzb"#, "a*b"),
    (#"a\\\*b"#, #"a\*b"#, #"a\xb"#),
    (#"C:\Users\"#, #"C:\Users\"#, #"C:\Users"#),
    ("a*b", "aXYb", "aXY"),
    ("a?b", "aXb", "aXYb"),
    ("a?b", "aéb", "ab"),
    ("*", "", "-"),
  ])
  func readsEscapes(_ value: String, _ matching: String, _ other: String) throws {
    #expect(try matches(item: "f: '\(value)'", matching))
    #expect(try value == "*" || !matches(item: "f: '\(value)'", other))
  }

  @Test
  func comparesTheWholeValueWithoutLetterCase() throws {
    #expect(try matches(item: "f: 'WmiPrvSE.exe'", "wmiprvse.EXE"))
    #expect(try matches(item: "f: 'ÄΣЖ'", "äςж"))
    #expect(try !matches(item: "f: 'WmiPrvSE.exe'", "xWmiPrvSE.exe"))
    #expect(try !matches(item: "f|cased: 'WmiPrvSE.exe'", "wmiprvse.exe"))
    #expect(try matches(item: "f|cased: 'WmiPrvSE.exe'", "WmiPrvSE.exe"))
  }

  @Test
  func placesPartsOfTheValue() throws {
    #expect(try matches(item: "f|contains: 'b*d'", "abcde"))
    #expect(try !matches(item: "f|contains: 'b*d'", "abce"))
    #expect(try matches(item: "f|startswith: ab", "abc"))
    #expect(try !matches(item: "f|startswith: ab", "cab"))
    #expect(try matches(item: "f|endswith: bc", "abc"))
    #expect(try !matches(item: "f|endswith: bc", "bca"))
    #expect(try expression(item: "f|startswith|endswith: b") == expression(item: "f|contains: b"))
    #expect(try expression(item: "f|contains: '*b*'") == expression(item: "f|contains: b"))
    #expect(try matches(item: "f|cased|contains: B", "aBc"))
    #expect(try !matches(item: "f|contains|cased: B", "abc"))
  }

  @Test
  func distinguishesEmptyTextFromNullAndAbsence() throws {
    let oracle = SigmaOracle()
    let empty = try expression(item: "f: ''")
    let null = try expression(item: "f: null")
    #expect(empty == .field("f", .text(TextPattern([]))))
    #expect(null == .field("f", .null))
    #expect(try expression(item: "f:") == null)
    #expect(oracle.matches(empty, ["f": [.string("")]]) && !oracle.matches(null, ["f": [.string("")]]))
    #expect(!oracle.matches(empty, [:]) && oracle.matches(null, [:]))
    #expect(!oracle.matches(empty, ["f": [.null]]) && oracle.matches(null, ["f": [.null]]))
  }

  /// The specification forbids null in a list; pySigma takes it.
  @Test
  func takesNullInAListWithAWarning() throws {
    #expect(
      try expression(item: "f: [a, null]") == .any([.field("f", .text(TextPattern(literal: "a"))), .field("f", .null)]))
    #expect(warnings(item: "f: [a, null]") == ["null-in-value-list"])
    #expect(warnings(item: "f: [a, 'null']").isEmpty)
    #expect(try expression(item: "f: []") == .field("f", .null))
    #expect(refusal(item: "f|contains: []") == "empty-value-list")
  }

  @Test(arguments: [
    ("4688", "4688"), ("0x1F", "31"), ("010", "8"), ("1_000", "1000"), ("2.0", "2"), ("-1.5", "-1.5"), ("+7", "7"),
    ("0b101", "5"), ("-0", "0"), ("1e3", "1e3"), ("'010'", "010"), ("2024-01-02", "2024-01-02"), ("12:30", "12:30"),
    ("true", "true"), ("Yes", "true"), ("off", "false"), ("'yes'", "yes"), ("1.", "1"), ("08", "08"), ("0x", "0x"),
    ("18446744073709551616", "18446744073709551616"),
  ])
  func readsNumbersAsYAMLDoes(_ source: String, _ text: String) throws {
    #expect(try expression(item: "f: \(source)") == .field("f", .text(TextPattern(literal: text))))
  }
}
