import Sigma
import TestSupport
import Testing

/// Modifiers that make other texts of a value. Expected texts are those of pySigma 2.0.1 and of `base64`(1).
struct EncodingTests {
  private func texts(_ item: String) throws -> [String] {
    func texts(_ expression: Expression) -> [String] {
      switch expression {
      case .any(let parts), .all(let parts): return parts.flatMap(texts)
      case .field(_, .text(let pattern)):
        return [pattern.elements.map { if case .literal(let text) = $0 { text } else { "*" } }.joined()]
      default: return []
      }
    }
    return texts(try expression(item: item))
  }

  @Test
  func encodesBase64() throws {
    #expect(try texts("f|base64: 'abc'") == ["YWJj"])
    #expect(try texts("f|base64: 'abcd'") == ["YWJjZA=="])
    #expect(try texts("f|base64: 'abcde'") == ["YWJjZGU="])
    #expect(try texts(#"f|base64: 'a\*b'"#) == ["YSpi"])
    #expect(try texts("f|base64offset|contains: '/bin/bash'") == ["*L2Jpbi9iYXNo*", "*9iaW4vYmFza*", "*vYmluL2Jhc2*"])
    #expect(refusal(item: "f|base64: 'a*'") == "wildcard-not-allowed")
    #expect(refusal(item: "f|contains|base64: 'a'") == "wildcard-not-allowed")
    #expect(try matches(item: "f|base64|contains: 'abc'", "x yWjJ"), "compared without letter case, as pySigma does")
    #expect(try !matches(item: "f|base64|contains|cased: 'abc'", "x yWjJ"))
  }

  @Test
  func encodesUTF16() throws {
    #expect(try texts("f|wide|base64: 'ab'") == ["YQBiAA=="])
    #expect(try texts("f|utf16le|base64: 'ab'") == ["YQBiAA=="])
    #expect(try texts("f|utf16be|base64: 'ab'") == ["AGEAYg=="])
    #expect(try texts("f|utf16|base64: 'ab'") == ["//5hAGIA"])
    #expect(try texts("f|wide|base64: 'é'") == ["6QA="])
    #expect(try texts("f|wide: 'ab'") == ["a\0b\0"])
    #expect(try texts("f|utf16|contains: 'a'") == ["*\u{FEFF}a\0*"])
    #expect(try texts("f|wide|base64offset|contains: 'foo'") == ["*ZgBvAG8A*", "*YAbwBvA*", "*mAG8Abw*"])
    #expect(refusal(item: "f|wide: 'é'") == "not-encodable")
    #expect(refusal(item: "f|wide|utf16: 'a'") == "wrong-modifier-order")
  }

  @Test
  func expandsDashesThatBeginAFlag() throws {
    #expect(try texts("f|windash: ' -a'") == [" -a", " /a", " –a", " —a", " ―a"])
    #expect(try texts("f|windash: 'wmic /node'").count == 5)
    #expect(try texts("f|windash: 'a-b'") == ["a-b"], "no flag begins within a word")
    #expect(try texts("f|windash: 'a -'") == ["a -"])
    #expect(try texts("f|windash: '-a -b'").count == 25)
    #expect(try texts("f|windash: '-a -b -c'").count == 125)
    #expect(refusal(item: "f|windash: '-a -b -c -d'") == "too-many-dashes")
    #expect(try matches(item: "f|windash|contains: '-enc'", "powershell.exe \u{2015}enc x"))
    #expect(try !matches(item: "f|windash|contains: '-enc'", "powershell.exe +enc x"))
    #expect(try !matches(item: "f|contains|all|windash: ['-a', '-b']", "x /a"))
    #expect(try matches(item: "f|contains|all|windash: ['-a', '-b']", "x /a –b"), "forms of one value are alternatives")
  }

  @Test
  func expandsPlaceholders() throws {
    let names = ["who": ["adm*", "root"], "none": []]
    func texts(_ item: String) throws -> Expression { try expression(item: item, placeholders: names) }
    #expect(try texts("f|expand: '%who%'") == expression(item: "f: ['adm*', root]"))
    #expect(try texts("f|contains|expand: '%who%'") == expression(item: "f|contains: ['adm*', root]"))
    #expect(try texts("f|expand|startswith: 'x%who%'") == expression(item: "f|startswith: ['xadm*', xroot]"))
    #expect(try texts(#"f|expand: '\%a%who%'"#) == expression(item: "f: ['%aadm*', '%aroot']"))
    #expect(try texts("f|expand: 'a%b'") == expression(item: "f: 'a%b'"))
    #expect(try texts("f|expand: '%none%'") == .any([]))
    #expect(try texts("f: '%who%'") == .field("f", .text(TextPattern(literal: "%who%"))), "only `expand` expands")
    #expect(try texts("f|re|expand: '^%who%$'") == expression(item: #"f|re: ['^adm\*$', '^root$']"#))
    let refused = parse(ruleText(item: "f|expand: 'a%nobody%'"), placeholders: names).refusals.first
    #expect(refused?.reason == .unresolvedPlaceholder && refused?.subject == "expand: nobody")
  }

  @Test
  func readsPlaceholderFiles() throws {
    let table = try SigmaPlaceholders(parsing: Array("a: [x, 2]\nb: y\n".utf8), path: "names.yml")
    #expect(table.values == ["a": ["x", "2"], "b": ["y"]])
    #expect(throws: SigmaDiagnostic.self) { try SigmaPlaceholders(parsing: Array("- a\n".utf8), path: "names.yml") }
    #expect(throws: SigmaDiagnostic.self) { try SigmaPlaceholders(parsing: Array("a: {b: c}\n".utf8), path: "n.yml") }
  }
}
