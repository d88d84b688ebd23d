import Sigma
import Testing

@testable import Detection

@Suite struct EvidenceCoverageTests {
  private let rule = SigmaRule(category: "process_creation", .ends("Image", "x"))

  private func coverage(_ seen: [(String, String?, UInt32)], _ rule: SigmaRule) -> RuleCoverage {
    var evidence = EvidenceCoverage()
    for (channel, provider, eventID) in seen { evidence.note(channel: channel, provider: provider, eventID: eventID) }
    return evidence.coverage(of: LogSourceResolver().resolve(rule))
  }

  @Test func oneSourceIsEnough() {
    let found = coverage([("security", "Microsoft-Windows-Security-Auditing", 4688)], rule)
    #expect(found.state == .checked && found.isChecked)
    #expect(found.checkedSources == ["security-4688"])
    #expect(found.missingChannels == ["Microsoft-Windows-Sysmon/Operational"])
    #expect(found.unseenEvents == [])
  }

  @Test func aChannelWithoutTheEventIsNotTheSameAsNoChannel() {
    let silent = coverage([("Security", "Microsoft-Windows-Security-Auditing", 4624)], rule)
    #expect(silent.state == .eventNeverSeen && !silent.isChecked)
    #expect(silent.unseenEvents.map(\.eventIDs) == [[4688]])
    #expect(silent.missingChannels == ["Microsoft-Windows-Sysmon/Operational"])
    let missing = coverage([("System", "x", 4688)], rule)
    #expect(missing.state == .channelMissing)
    #expect(missing.missingChannels == ["Microsoft-Windows-Sysmon/Operational", "Security"])
  }

  @Test func anotherProvidersEventDoesNotCount() {
    #expect(coverage([("Security", "Other", 4688)], rule).state == .eventNeverSeen)
    #expect(coverage([("Security", nil, 4688)], rule).state == .checked)
    #expect(coverage([("Security", "", 4688)], rule).state == .checked)
  }

  @Test func rulesForWholeChannelsNeedOnlyTheChannel() {
    let wmi = SigmaRule(service: "wmi", .contains("Operation", "x"))
    #expect(
      coverage([("Microsoft-Windows-WMI-Activity/Operational", "Microsoft-Windows-WMI-Activity", 5857)], wmi).isChecked)
    #expect(coverage([], wmi).missingChannels == ["Microsoft-Windows-WMI-Activity/Operational"])
  }

  @Test func rulesForEveryChannelNeedAnyEvent() {
    let any = SigmaRule(.keyword(.literal("x")))
    #expect(coverage([("A", nil, 1)], any).isChecked)
    let none = coverage([], any)
    #expect(none.state == .channelMissing && none.missingChannels == [])
  }

  @Test func rulesForOtherLogsAreToldApart() {
    let linux = coverage([("Security", nil, 4688)], SigmaRule(product: "linux", service: "auditd", .has("a", "b")))
    #expect(linux.state == .notAboutEventLogs && linux.unresolved == .otherProduct("linux"))
  }

  @Test func mergingIsTheSameInAnyOrder() {
    var (first, second) = (EvidenceCoverage(), EvidenceCoverage())
    first.note(channel: "A", provider: "p", eventID: 1)
    second.note(channel: "a", provider: "P", eventID: 2)
    second.note(channel: "B", provider: nil, eventID: 1)
    var (left, right) = (first, second)
    left.merge(second)
    right.merge(first)
    #expect(left == right)
    #expect(left.presence(of: EventRoute("A", provider: "p", eventIDs: [2])) == .present)
    #expect(left.presence(of: EventRoute("A", eventIDs: [3])) == .eventMissing)
  }

  @Test func beyondTheLimitsNothingIsSaidToBeAbsent() {
    var evidence = EvidenceCoverage()
    for index in 0...EvidenceCoverage.maximumSourceCount {
      #expect(!evidence.isSaturated)
      evidence.note(channel: "C\(index)", provider: nil, eventID: 1)
    }
    #expect(evidence.isSaturated)
    #expect(evidence.presence(of: EventRoute("Nowhere")) == .present)
    var ids = EvidenceCoverage()
    for index in 0...UInt32(EvidenceCoverage.maximumEventIDCount) {
      ids.note(channel: "C", provider: nil, eventID: index)
    }
    #expect(ids.isSaturated)
  }
}
