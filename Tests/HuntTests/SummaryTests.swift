import Detection
import Sigma
import Testing

@testable import yagura

/// What is counted while findings pass by, and the page that is made of it.
@Suite struct SummaryTests {
  private func finding(
    _ detector: String, _ time: String, host: String = "WKS07.corp.example", level: SigmaLevel = .high,
    title: String? = nil
  ) -> Finding {
    var finding = Finding(
      id: "\(detector)\(time)\(host)", detector: detector, title: LocalizedText(en: title ?? detector), level: level)
    finding.time = "2026-10-06T\(time)Z"
    finding.host = host
    finding.summary = "what \(detector) saw"
    finding.response = LocalizedText(en: "Do something about it.")
    return finding
  }

  private func summary(_ findings: [Finding]) -> HuntSummary {
    var summary = HuntSummary()
    for finding in findings { summary.add(finding) }
    return summary
  }

  private func page(_ findings: [Finding], all: Bool = false, width: Int = 110) -> String {
    HuntTextReport(
      summary: summary(findings), figures: HuntFigures(), style: TextStyle(isColoured: false), width: width,
      explainsAll: all
    ).text()
  }

  @Test func findingsOfOneHostWithinSecondsAreOneMoment() {
    let moments = summary([
      finding("a", "10:00:00", level: .medium), finding("b", "10:00:01", host: "FS01"),
      finding("c", "10:00:03", level: .critical), finding("a", "10:00:06", level: .medium),
    ]).timeline
    #expect(moments.map(\.detectors) == [["a", "c"], ["b"], ["a"]])
    #expect(moments[0].level == .critical && moments[0].title.en == "c")
    #expect(moments[0].time == "2026-10-06T10:00:00Z")
  }

  @Test func theSameInARowIsOneLineAndAnythingBetweenPartsIt() {
    let row = summary(
      ["10:00:00", "11:00:00", "12:00:00", "13:00:00"].map { finding("a", $0) } + [finding("b", "14:00:00")])
    #expect(row.timeline.map(\.count) == [4, 1])
    let parted = summary([
      finding("a", "10:00:00"), finding("b", "11:00:00"), finding("a", "12:00:00"), finding("c", "13:00:00"),
    ])
    #expect(parted.timeline.map(\.count) == [1, 1, 1, 1])
  }

  @Test func whatIsLowIsCountedAndNotOnTheTimeline() {
    let summary = summary([finding("a", "10:00:00", level: .low), finding("b", "10:00:01", level: .informational)])
    #expect(summary.timeline.isEmpty)
    #expect(summary.levels == [.low: 1, .informational: 1])
  }

  @Test func theGravestMomentsAreShownWhenThereAreTooMany() {
    var findings: [Finding] = []
    for minute in 0..<60 {
      let level: SigmaLevel = minute % 20 == 19 ? .critical : .medium
      findings.append(finding("d\(minute)", "10:\(minute < 10 ? "0" : "")\(minute):00", level: level))
    }
    let shown = summary(findings).moments(atMost: 5)
    #expect(shown.map(\.title.en) == ["d0", "d1", "d19", "d39", "d59"])
    #expect(page(findings).contains("and 20 more"))
  }

  @Test func momentsAreBoundedAndTheRestIsCounted() {
    var summary = HuntSummary()
    for number in 0..<HuntSummary.momentLimit + 10 { summary.add(finding("a", "10:00:00", host: "H\(number)")) }
    #expect(summary.timeline.count == HuntSummary.momentLimit)
    #expect(summary.furtherMoments == 10)
    #expect(summary.groups["a"]?.count == HuntSummary.momentLimit + 10)
  }

  @Test func groupsComeGravestFirstAndThenByTime() {
    let groups = summary([
      finding("late", "12:00:00", level: .high), finding("low", "09:00:00", level: .low),
      finding("early", "10:00:00", level: .high), finding("worst", "13:00:00", level: .critical),
    ]).groupsInOrder
    #expect(groups.map(\.first.detector) == ["worst", "early", "late", "low"])
  }

  @Test func aResponseIsSaidOnceAndReferredTo() {
    let text = page([finding("a", "10:00:00"), finding("b", "11:00:00")])
    #expect(text.split(separator: "Do something about it.", omittingEmptySubsequences: false).count == 2)
    #expect(text.contains("as for 1"))
  }

  @Test func whatIsLowIsListedAndExplainedOnRequest() {
    let findings = [finding("a", "10:00:00"), finding("b", "11:00:00", level: .low)]
    #expect(page(findings).contains("Also found"))
    #expect(!page(findings, all: true).contains("Also found"))
    #expect(page([findings[1]]).contains("1. LOW  b"))
  }

  @Test func noLineIsWiderThanThePage() {
    var long = finding("a", "10:00:00", title: "T")
    long.summary = String(repeating: #"C:\Windows\System32\"#, count: 30) + " " + String(repeating: "x", count: 200)
    long.explanation = LocalizedText(en: String(repeating: "word ", count: 100))
    for width in [80, 110, 140] {
      for line in page([long, finding("b", "11:00:00", host: "FS01")], width: width).split(separator: "\n") {
        #expect(DisplayWidth.of(String(line)) <= width, "\(line)")
      }
    }
  }

  @Test func hostileTextIsMadeVisible() {
    var hostile = finding("a", "10:00:00", host: "A\u{1B}[2J", title: "T\u{1B}]0;x\u{7}")
    hostile.summary = "x\u{1B}[31m\r\u{202E}y"
    hostile.user = "\u{9B}1m"
    let text = page([hostile, finding("b", "11:00:00", host: "FS01")])
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value)) })
    #expect(!text.contains("\u{202E}"))
  }

  @Test func hostsAreShortOnlyWhereThatIsClear() {
    let clear = HostNames(["A.corp.example", "B.corp.example", "192.0.2.1"])
    #expect(clear["A.corp.example"] == "A" && clear["192.0.2.1"] == "192.0.2.1" && clear[""] == "-")
    let unclear = HostNames(["A.corp.example", "a.other.example"])
    #expect(unclear["A.corp.example"] == "A.corp.example")
  }
}
