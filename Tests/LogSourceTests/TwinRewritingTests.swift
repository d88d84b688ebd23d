import Sigma
import Testing

@testable import Detection

private func rule(_ expression: Expression) -> SigmaRule { SigmaRule(category: "process_creation", expression) }

private let image = Expression.ends("Image", "\\wmic.exe")
private let original = Expression.has("OriginalFileName", "wmic.exe")

/// Which rules for Sysmon are put to the twin, and what is left of them.
@Suite struct TwinRewritingTests {
  @Test func aMissingFieldByAndKeepsTheRuleFromFiring() throws {
    let sources = try #require(rule(.all([image, original])).sources)
    #expect(sources.sources.map(\.label) == ["sysmon"])
    #expect(sources.unusedTwins == [UnusedTwin(label: "security-4688", reason: .cannotFire)])
  }

  @Test func aMissingFieldByOrLeavesTheOtherAlternatives() throws {
    let twin = try #require(rule(.any([image, original])).twin)
    #expect(twin.expression == .ends("NewProcessName", "\\wmic.exe"))
    #expect(twin.label == "security-4688" && !twin.isWeakened)
    #expect(twin.routes == [EventRoute("Security", provider: "Microsoft-Windows-Security-Auditing", eventIDs: [4688])])
  }

  @Test func aFilterOverAMissingFieldLeavesNothingOutAndIsNoted() throws {
    let twin = try #require(rule(.all([image, .not(.contains("ParentCommandLine", "agent"))])).twin)
    #expect(twin.expression == .ends("NewProcessName", "\\wmic.exe"))
    #expect(twin.isWeakened && twin.lostFilterFields == ["ParentCommandLine"])
  }

  @Test func aFilterThatKeepsAnAlternativeIsStillNoted() throws {
    let filter = Expression.any([.contains("ParentCommandLine", "a"), .ends("ParentImage", "b")])
    let twin = try #require(rule(.all([image, .not(filter)])).twin)
    #expect(twin.expression == .all([.ends("NewProcessName", "\\wmic.exe"), .not(.ends("ParentProcessName", "b"))]))
    #expect(twin.lostFilterFields == ["ParentCommandLine"])
  }

  @Test func aFilterThatNeedsAMissingFieldAsWellIsNoted() throws {
    let filter = Expression.all([.contains("ParentCommandLine", "a"), .ends("ParentImage", "b")])
    let twin = try #require(rule(.all([image, .not(filter)])).twin)
    #expect(twin.expression == .ends("NewProcessName", "\\wmic.exe"))
    #expect(twin.lostFilterFields == ["ParentCommandLine"])
  }

  @Test func aFilterOfFieldsThatAreThereIsKeptWhole() throws {
    let twin = try #require(rule(.all([image, .not(.ends("ParentImage", "b"))])).twin)
    #expect(!twin.isWeakened)
    #expect(twin.expression == .all([.ends("NewProcessName", "\\wmic.exe"), .not(.ends("ParentProcessName", "b"))]))
  }

  @Test func whatNeverHoldsLosesNoFilters() throws {
    let lost = Expression.all([original, .not(.has("Company", "x"))])
    #expect(try #require(rule(.any([image, lost])).twin).lostFilterFields == [])
  }

  @Test func absenceAloneIsNoReasonToFire() throws {
    for expression in [
      Expression.not(original), .field("OriginalFileName", .null), .all([.not(original), .not(.has("Company", "x"))]),
      .all([.field("Company", .null), .not(image)]),
    ] {
      let sources = try #require(rule(expression).sources)
      #expect(sources.sources.map(\.label) == ["sysmon"], "\(expression)")
      #expect(sources.unusedTwins.map(\.reason) == [.firesByAbsence], "\(expression)")
    }
  }

  @Test func alternativesThatHoldByAbsenceAreLeftOut() throws {
    let twin = try #require(rule(.any([.not(original), image])).twin)
    #expect(twin.expression == .ends("NewProcessName", "\\wmic.exe"))
  }

  @Test func nullOfAMissingFieldHoldsBesideWhatIsAskedFor() throws {
    let twin = try #require(rule(.all([image, .field("OriginalFileName", .null)])).twin)
    #expect(twin.expression == .ends("NewProcessName", "\\wmic.exe"))
    #expect(
      rule(.all([image, .not(.field("OriginalFileName", .null))])).sources?.unusedTwins.first?.reason == .cannotFire)
  }

  @Test func existenceOfAMissingFieldIsFalse() {
    #expect(rule(.all([image, .field("Hashes", .exists)])).twin == nil)
    #expect(rule(.all([image, .not(.field("Hashes", .exists))])).twin != nil)
  }

  @Test func doubleNegationIsNoFilter() throws {
    #expect(rule(.all([image, .not(.not(original))])).twin == nil)
    #expect(try #require(rule(.all([image, .not(.not(.ends("ParentImage", "b")))])).twin).lostFilterFields == [])
  }

  @Test func aRuleOfFiltersOnlyStaysOne() throws {
    let twin = try #require(rule(.not(image)).twin)
    #expect(twin.expression == .not(.ends("NewProcessName", "\\wmic.exe")))
  }

  @Test func aComparisonWithAMissingFieldIsFalse() throws {
    #expect(rule(.field("User", .fieldReference(FieldReference("ParentUser")))).twin == nil)
    let twin = try #require(rule(.field("Image", .fieldReference(FieldReference("ParentImage")))).twin)
    #expect(twin.expression == .field("NewProcessName", .fieldReference(FieldReference("ParentProcessName"))))
  }

  @Test func keywordsAreAskedOfTheTwinAsTheyStand() throws {
    let keyword = Expression.keyword(.literal("x"))
    #expect(try #require(rule(keyword).twin).expression == keyword)
  }

  @Test func theEventIDOfSysmonIsTheTwins() throws {
    let twin = try #require(rule(.all([.has("EventID", "1"), image])).twin)
    #expect(twin.expression == .all([.has("EventID", "4688"), .ends("NewProcessName", "\\wmic.exe")]))
    // The twin's own id means the twin alone.
    let own = try #require(rule(.all([.has("EventID", "4688"), image])).sources)
    #expect(own.sources.map(\.label) == ["security-4688"])
    #expect(rule(.all([.has("EventID", "5"), image])).unresolved == .cannotFire)
    // Another event's id is no reason to keep a filter, nor a loss.
    let filtered = try #require(rule(.all([image, .not(.all([.has("EventID", "5"), image]))])).twin)
    #expect(filtered.expression == .ends("NewProcessName", "\\wmic.exe") && !filtered.isWeakened)
  }

  @Test func fieldsOfTheTwinItselfMayBeAskedFor() throws {
    #expect(try #require(rule(.ends("SubjectUserName", "$")).twin).expression == .ends("SubjectUserName", "$"))
    #expect(try #require(rule(.has("Computer", "h")).twin).expression == .has("Computer", "h"))
    #expect(rule(.has("NoSuchField", "h")).twin == nil)
  }

  @Test func manyAlternativesAreJudgedOneByOne() throws {
    let expression = Expression.any((0..<1000).map { .all([.ends("Image", "\($0)"), $0 % 2 == 0 ? original : image]) })
    guard case .any(let parts)? = rule(expression).twin?.expression else {
      Issue.record("no alternatives")
      return
    }
    #expect(parts.count == 500)
  }

  @Test(
    arguments: [
      ("a", [TextPattern.Element.literal("A")], true), ("ab", [.literal("a"), .anyCharacter], true),
      ("a", [.literal("a"), .anyCharacter], false), ("aXbXc", [.literal("a"), .anyRun, .literal("c")], true),
      ("aXbXd", [.literal("a"), .anyRun, .literal("c")], false), ("", [], true), ("a", [], false),
      ("", [.anyRun], true),
      ("aab", [.anyRun, .literal("ab")], true), ("aba", [.anyRun, .literal("ab")], false),
    ] as [(String, [TextPattern.Element], Bool)])
  func constantsAreComparedWithPatterns(_ text: String, _ elements: [TextPattern.Element], _ isMatch: Bool) {
    #expect(TextPattern(elements).matches(constant: text) == isMatch)
  }

  @Test func lettersOfConstantsAreComparedByCaseWhereAsked() {
    #expect(!TextPattern(literal: "setvalue", isCased: true).matches(constant: "SetValue"))
    #expect(TextPattern(literal: "setvalue").matches(constant: "SetValue"))
  }
}
