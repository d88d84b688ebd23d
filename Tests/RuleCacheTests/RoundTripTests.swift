import Sigma
import TestSupport
import Testing
import WindowsFormats

@testable import Detection

/// What comes out of the cache is what went in.
@Suite struct RoundTripTests {
  private func book(_ contents: RuleBookContents) -> RuleBook { RuleBook(contents, levels: Sample.settings.levels) }

  @Test func sampleHasSomethingInEveryTable() {
    let contents = Sample.contents
    let compiled = contents.compiled
    #expect(contents.rules.count == 3 && contents.notAboutEventLogs.count == 1 && contents.correlations.count == 1)
    #expect(contents.refused.map(\.reason) == [.unknownModifier] && contents.suppressedRules.count == 1)
    #expect(!compiled.derivedFields.isEmpty && !compiled.keyLiterals.isEmpty && !compiled.expressions.isEmpty)
    #expect(compiled.wildcardPieces.view.count > 0 && compiled.numbers.view.count > 0 && compiled.times.view.count > 0)
    #expect(compiled.networks.view.count == 2 && compiled.references.view.count == 1)
    #expect(compiled.exactSlots.view.count > 0 && compiled.literalTables.view.count > 0)
    let hits = BookImage.hunt(book(contents))
    #expect(hits.compactMap { $0 }.count == 5 && hits[5] == nil)
    #expect(hits.compactMap { $0?.suppressed } == [0, 0, 0, 0, 1])
    #expect(hits[2]?.matches.count == 1)
  }

  @Test func bookOfTheCacheSaysTheSame() throws {
    let contents = Sample.contents
    let decoded = try #require(Sample.decode(contents.encoded()))
    #expect(BookImage(book(decoded)) == BookImage(book(contents)))
    #expect(decoded.correlations.map(\.document) == contents.correlations.map(\.document))
  }

  @Test func whatWasReadIsWrittenTheSameWay() throws {
    let body = Sample.contents.encoded()
    #expect(try #require(Sample.decode(body)).encoded() == body)
    #expect(Sample.contents.encoded() == body)
  }

  /// `é` as one scalar and as two is equal for Swift, and not the same bytes.
  @Test func keepsTextsApartThatAreEquivalent() throws {
    var contents = Sample.contents
    contents.rules[0].detector = "caf\u{E9}"
    contents.rules[1].detector = "cafe\u{301}"
    let decoded = try #require(Sample.decode(contents.encoded()))
    #expect(Array(decoded.rules[0].detector.utf8) == Array("caf\u{E9}".utf8))
    #expect(Array(decoded.rules[1].detector.utf8) == Array("cafe\u{301}".utf8))
  }

  @Test func keepsABookWithoutRules() throws {
    let contents = RuleBookContents(files: [], settings: RuleBook.Settings())
    let decoded = try #require(Sample.decode(contents.encoded()))
    #expect(BookImage(book(decoded)) == BookImage(book(contents)))
  }

  @Test func keepsTheBuiltinRules() throws {
    let contents = RuleBookContents(files: BuiltinRules.files, settings: RuleBook.Settings())
    let body = contents.encoded()
    let decoded = try #require(Sample.decode(body))
    #expect(decoded.encoded() == body)
    #expect(BookImage(book(decoded)) == BookImage(book(contents)))
  }
}
