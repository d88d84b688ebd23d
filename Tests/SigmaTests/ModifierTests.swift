import Sigma
import TestSupport
import Testing

struct ModifierTests {
  @Test
  func linksValues() throws {
    #expect(try matches(item: "f|contains: [a, b]", "xb"))
    #expect(try !matches(item: "f|contains|all: [a, b]", "xb"))
    #expect(try matches(item: "f|contains|all: [a, b]", "ba"))
    #expect(try matches(item: "f|all|contains: [a, b]", "ba"))
    #expect(warnings(item: "f|all: a") == ["all-on-single-value"])
    #expect(warnings(item: "f|contains|all: [a, b]").isEmpty)
  }

  @Test
  func negatesAllValuesTogether() throws {
    #expect(try matches(item: "f|neq: [a, b]", "c"))
    #expect(try !matches(item: "f|neq: [a, b]", "b"))
    #expect(try matches(item: "f|neq|contains|all: [a, b]", "b"))
    #expect(try !matches(item: "f|neq|contains|all: [a, b]", "ab"))
    #expect(try matches(item: "f|neq: a", ["g": "x"]), "a missing field is unequal to everything")
  }

  @Test
  func comparesNumbers() throws {
    for (item, matching, other) in [
      ("f|lt: 10", "9", "10"), ("f|lte: 10", "10", "11"), ("f|gt: -1", "0", "-1"), ("f|gte: 1.5", "1.5", "1.4"),
      ("f|gte: 16", "0x10", "0xF"),
    ] {
      #expect(try matches(item: item, matching), "\(item)")
      #expect(try !matches(item: item, other), "\(item)")
      #expect(try !matches(item: item, "word"), "\(item)")
    }
    #expect(refusal(item: "f|gt: '10'") == "wrong-value-type")
    #expect(refusal(item: "f|gt: x") == "wrong-value-type")
  }

  @Test
  func comparesPartsOfATime() throws {
    let time = "2024-12-30T23:59:58.1234567Z"
    for (item, isMatching) in [
      ("f|minute: 59", true), ("f|hour: 23", true), ("f|day: 30", true), ("f|month: 12", true), ("f|year: 2024", true),
      ("f|week: 1", true), ("f|hour: 22", false), ("f|hour|gte: 22", true), ("f|hour|lt: 23", false),
    ] {
      #expect(try matches(item: item, time) == isMatching, "\(item)")
      #expect(try !matches(item: item, "no time"))
    }
    #expect(try expression(item: "f|hour|gte: 8") == .field("f", .timePart(.hour, .greaterOrEqual, 8)))
    #expect(refusal(item: "f|hour: '8'") == "wrong-value-type")
    #expect(refusal(item: "f|gte|hour: 8") == "wrong-value-type")
  }

  @Test
  func testsPresence() throws {
    #expect(try expression(item: "f|exists: yes") == .field("f", .exists))
    #expect(try expression(item: "f|exists: false") == .not(.field("f", .exists)))
    #expect(try matches(item: "f|exists: true", ""))
    #expect(refusal(item: "f|exists: 'yes'") == "wrong-value-type")
    #expect(refusal(item: "f|exists: 1") == "wrong-value-type")
    #expect(refusal(item: "f|all|exists: true") == "wrong-modifier-order")
    #expect(refusal(item: "'|exists': true") == "needs-field")
  }

  @Test
  func keepsRegularExpressionsAsWritten() throws {
    #expect(
      try expression(item: #"f|re: 'a\\*\d?%x'"#) == .field("f", .regularExpression(RegularExpression(#"a\\*\d?%x"#))))
    #expect(
      try expression(item: "f|re|i|m|s: x") == expression(item: "f|re|ignorecase|multiline|dotall: x"))
    #expect(try matches(item: "f|re: 'b.d'", "abcde"))
    #expect(try !matches(item: "f|re: 'B.D'", "abcde"))
    #expect(try matches(item: "f|re|i: 'B.D'", "abcde"))
    #expect(try matches(item: "f|re: 123", "x1234"))
    #expect(refusal(item: "f|contains|re: x") == "wrong-modifier-order")
    #expect(refusal(item: "f|i: x") == "wrong-value-type")
    #expect(refusal(item: "f|re: null") == "wrong-value-type")
    #expect(warnings(item: "f|re|contains: x") == ["without-effect"])
  }

  @Test
  func comparesFields() throws {
    #expect(try matches(item: "f|fieldref: g", ["f": "Abc", "g": "aBC"]))
    #expect(try !matches(item: "f|fieldref|cased: g", ["f": "Abc", "g": "aBC"]))
    #expect(try !matches(item: "f|cased|fieldref: g", ["f": "Abc", "g": "aBC"]))
    #expect(try matches(item: "f|fieldref|startswith: g", ["f": "abc", "g": "ab"]))
    #expect(try !matches(item: "f|fieldref|endswith: g", ["f": "abc", "g": "ab"]))
    #expect(try matches(item: "f|fieldref|contains: g", ["f": "abc", "g": "b"]))
    #expect(try !matches(item: "f|fieldref: g", ["f": "abc"]))
    #expect(try matches(item: "f|neq|fieldref: g", ["f": "abc"]))
    #expect(
      try matches(item: "f|fieldref: g", ["f": "*", "g": "*"]) && !matches(item: "f|fieldref: g", ["f": "x", "g": "*"]))
    #expect(refusal(item: "f|fieldref: 'g*'") == "wildcard-not-allowed")
    #expect(try expression(item: "f|fieldref: g").fieldNames == ["f", "g"])
  }

  /// Each pair is refused by pySigma 2.0.1 as well.
  @Test(arguments: [
    "f|contains: 1", "f|contains: true", "f|startswith: null", "f|cased: 1", "f|windash: 1", "f|base64: 1",
    "f|base64offset: null", "f|wide: 1", "f|expand: 1", "f|fieldref: 1", "f|cidr: 1", "f|minute: true",
    "f|cidr|contains: '10.0.0.0/8'", "f|gt|lt: 1", "f|re|cased: x", "f|re|base64: x", "f|m: x", "f|s: x",
  ])
  func refusesWrongTypes(_ item: String) {
    #expect(refusal(item: item) == "wrong-value-type")
  }

  @Test
  func refusesUnknownModifiers() {
    for item in ["f|Contains: a", "f|nope: a", "f|: a", "f||contains: a"] {
      #expect(refusal(item: item) == "unknown-modifier", "\(item)")
    }
  }
}
