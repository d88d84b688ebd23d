import Testing

@testable import Detection

/// Which texts a regular expression is said to require: never one that a match can do without.
@Suite struct RegexLiteralTests {
  @Test(arguments: [
    ("powershell", ["powershell"]), ("^cmd\\.exe$", ["cmd.exe"]), ("ab+cd", ["ab"]), ("abx?cd", ["ab"]),
    ("(?:wmic|cscript) +process", ["process"]), ("(?i)invoke-(a|b)", ["invoke-"]), ("foo|barbar", ["foo", "barbar"]),
    ("(foo|bar){2,}x", ["foo", "bar"]), ("C:\\\\Users\\\\[^\\\\]+\\\\x", ["C:\\Users\\"]), ("日本ab", ["ab"]),
    ("ab(?=cdef)", ["ab"]), ("x{0,3}abc", ["abc"]), ("[a-z]]ab", ["]ab"]),
  ])
  func findsWhatIsRequired(_ source: String, _ texts: [String]) {
    #expect(RegexLiterals.required(source) == texts)
  }

  @Test(arguments: [
    "", ".*", "a", "[abc]+", "(abc)?", "(abc)*x", "abc|d", "abc|", "(?x)a b c", "(?#abc)d", "\\Qabc\\E", "(*ACCEPT)abc",
    "(?!abc)d", "(?<!abc)d", "\\x61\\x62", "a(?R)?bcd", "(?(1)abc|def)ghi", "[[:alpha:]]abc", "ab{,3}cd", "abc{1,x}",
    "((((",
    "(?P<n>abc)", "日本", "\\Kabc",
  ])
  func saysNothingWhereItIsNotCertain(_ source: String) {
    #expect(RegexLiterals.required(source) == nil)
  }

  @Test func endsAtAnyDepth() {
    #expect(RegexLiterals.required(String(repeating: "(", count: 100_000) + "abc") == nil)
  }
}
