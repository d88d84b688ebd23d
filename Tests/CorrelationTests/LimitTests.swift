import Sigma
import Testing

@testable import Detection

/// What happens at each limit: something is left out, and it is counted.
@Suite struct LimitTests {
  private func statistics(_ run: Run) throws -> CorrelationStatistics {
    try #require(run.engine.statistics(ofCorrelation: 0))
  }

  private func grouped(_ count: Double = 2) -> SigmaCorrelation {
    Samples.correlation(.eventCount, ["r0"], by: ["user"], seconds: 100, .count(.greaterOrEqual, count))
  }

  @Test func theQuietestGroupMakesRoom() throws {
    var limits = CorrelationLimits()
    limits.groups = 2
    var run = Run([grouped()], limits: limits)
    let found = run.complete([
      (0, 0, ["user": "a"]), (0, 1, ["user": "b"]), (0, 2, ["user": "c"]), (0, 3, ["user": "b"]), (0, 4, ["user": "a"]),
    ])
    // `a` was given up for `c`, and `c` for `a`.
    #expect(found.map(\.groupValues) == [["b"]])
    #expect(try statistics(run).groupsEvicted == 2)
  }

  @Test func groupsOfOneMomentMakeRoomForEachOther() throws {
    var limits = CorrelationLimits()
    limits.groups = 3
    var run = Run([grouped(1)], limits: limits)
    let found = run.complete((0..<50).map { (0, 0, ["user": "u\($0)"]) })
    #expect(found.map(\.groupValues) == [["u47"], ["u48"], ["u49"]])
    #expect(try statistics(run).groupsEvicted == 47)
  }

  @Test func emissionsOfAGroupThatIsGivenUpAreTold() {
    var limits = CorrelationLimits()
    limits.groups = 1
    var run = Run([grouped()], limits: limits)
    let found = run.complete([(0, 0, ["user": "a"]), (0, 1, ["user": "a"]), (0, 2, ["user": "b"])])
    #expect(found.map(\.groupValues) == [["a"]] && found[0].evidence.count == 2)
  }

  @Test func fullWindowsStillReachTheThreshold() throws {
    var limits = CorrelationLimits()
    limits.eventsPerGroup = 5
    for (threshold, expected) in [(20.0, 1), (31.0, 0)] {
      var run = Run([grouped(threshold)], limits: limits)
      let found = run.complete((0..<30).map { (0, Double($0), ["user": "a"]) })
      #expect(found.count == expected)
    }
    var run = Run([grouped(5)], limits: limits)
    _ = run.complete((0..<30).map { (0, Double($0), ["user": "a"]) })
    #expect(try statistics(run).eventsDropped == 24)
  }

  @Test func aFloodOfOneValueDoesNotHideTheOthers() throws {
    var limits = CorrelationLimits()
    limits.eventsPerGroup = 5
    let correlation = Samples.correlation(
      .valueCount, ["r0"], seconds: 1_000, .count(.greaterOrEqual, 4), fields: ["user"])
    var run = Run([correlation], limits: limits)
    let flood = (0..<100).map { (0, Double($0 + 3), ["user": "a"]) }
    let found = run.complete(
      [(0, 0, ["user": "b"]), (0, 1, ["user": "c"]), (0, 2, ["user": "a"])] + flood + [(0, 200, ["user": "d"])])
    #expect(found.count == 1)
    #expect(try statistics(run).eventsDropped > 90)
  }

  @Test func aFloodOfOneRuleHidesNeitherTheOtherNorItsEvidence() {
    var limits = CorrelationLimits()
    limits.eventsPerGroup = 10
    limits.evidencePerEmission = 6
    var run = Run([Samples.correlation(.temporal, ["r0", "r1"], seconds: 1_000, .thresholds([]))], limits: limits)
    let flood = (0..<100).map { (0, Double($0 + 1), [String: String]()) }
    let found = run.complete([(1, 0, [:])] + flood)
    #expect(found.count == 1 && found[0].evidence.contains { $0.rule == 1 })
    #expect(found[0].evidence.filter { $0.rule == 0 }.count == 3 && found[0].omittedEvidence == 97)
  }

  @Test func allGroupsShareTheLimitOfEvents() throws {
    var limits = CorrelationLimits()
    limits.events = 10
    var run = Run([grouped(3)], limits: limits)
    let found = run.complete((0..<40).map { (0, Double($0), ["user": "u\($0 % 20)"]) })
    #expect(found.isEmpty)
    #expect(try statistics(run).groupsEvicted > 0)
    var single = Run([grouped(3)], limits: limits)
    #expect(single.complete((0..<40).map { (0, Double($0), ["user": "a"]) }).count == 1)
    #expect(try statistics(single).eventsDropped == 30)
  }

  @Test func keysAreBoundedOneByOneAndTogether() throws {
    var limits = CorrelationLimits()
    limits.bytesPerKey = 100
    limits.keyBytes = 300
    var run = Run([grouped(1)], limits: limits)
    let long = String(repeating: "x", count: 90)
    let found = run.complete(
      (0..<5).map { (0, Double($0), ["user": "\(long)\($0)"]) } + [(0, 9, ["user": long + long])])
    #expect(found.count == 5)
    #expect(try statistics(run).oversizedKey == 1 && statistics(run).groupsEvicted == 2)
    let values = Samples.correlation(.valueCount, ["r0"], seconds: 100, .count(.greater, 3), fields: ["user"])
    var counted = Run([values], limits: limits)
    #expect(counted.complete((0..<9).map { (0, Double($0), ["user": "\(long)\($0)"]) }).isEmpty)
    #expect(try statistics(counted).eventsDropped == 6)
  }

  @Test func evidenceOfAllEmissionsTogetherIsBounded() {
    var limits = CorrelationLimits()
    limits.evidence = 3
    var run = Run([grouped(1)], limits: limits)
    let found = run.complete((0..<10).map { (0, Double($0), ["user": "u\($0 % 2)"]) })
    #expect(found.map { $0.evidence.count + $0.omittedEvidence } == [5, 5])
    #expect(found.map(\.evidence.count).reduce(0, +) == 3)
  }

  @Test func waitingInputsAreBounded() throws {
    var limits = CorrelationLimits()
    limits.waitingInputs = 4
    let late = Samples.correlation(.eventCount, ["r1"], seconds: 50, .count(.equal, 1), name: "late")
    let outer = Samples.correlation(.eventCount, ["late", "r0"], seconds: 5, .count(.greater, 1))
    var run = Run([outer, late], limits: limits)
    _ = run.complete((0..<10).map { (0, Double($0), [:]) })
    #expect(try statistics(run).waitingDropped == 6)
  }

  @Test func timesAtBothEndsOfTheClockAreTaken() {
    for condition in [SigmaCorrelation.Condition.count(.greaterOrEqual, 2), .count(.lessOrEqual, 2)] {
      let correlation = Samples.correlation(.eventCount, ["r0"], seconds: 10, condition)
      let outer = Samples.correlation(.temporal, ["c0"], seconds: 3_000_000_000, .thresholds([]), name: "c1")
      var run = Run([correlation, outer])
      let found = run.complete(
        [0, 0, .max, .max].enumerated().map {
          SampleMatch(rule: 0, time: $0.element, sequence: UInt64($0.offset), fields: [:])
        })
      #expect(found.map(\.correlation) == [0, 1, 0, 1])
    }
  }

  @Test func lateInputsAndUnknownRulesAreLeftOut() {
    var run = Run([grouped(1)])
    let found = run.complete(
      [(0, 5, ["user": "a"]), (0, 4, ["user": "b"]), (-1, 6, ["user": "c"]), (77, 7, ["user": "d"])]
        .map { (rule: $0.0, seconds: $0.1, fields: $0.2) }.enumerated().map { index, item in
          SampleMatch(
            rule: item.rule, time: Samples.start + UInt64(item.seconds) * Samples.second, sequence: UInt64(index),
            fields: item.fields)
        }.filter { $0.rule == 0 })
    #expect(found.map(\.groupValues) == [["a"]] && run.engine.lateInputs == 1)
    run.engine.add(CorrelationInput(rule: -1, time: .max, sequence: 0, reference: 0))
    run.engine.add(CorrelationInput(rule: 3, time: .max, sequence: 0, reference: 0))
    run.engine.finish()
    #expect(run.engine.drainEmissions().isEmpty)
  }

  @Test(arguments: [Int.min, 0, 1]) func theSmallestLimitsStillWork(limit: Int) {
    var limits = CorrelationLimits()
    limits.groups = limit
    limits.eventsPerGroup = limit
    limits.events = limit
    limits.keyBytes = limit
    limits.evidencePerEmission = limit
    limits.evidence = limit
    limits.waitingInputs = limit
    limits.stateWords = limit
    for kind in SigmaCorrelation.Kind.allCases {
      let correlation = Samples.correlation(
        kind, ["r0", "r1"], by: ["user"], seconds: 10, .count(.greaterOrEqual, 1),
        fields: kind == .eventCount ? [] : ["size"], percentile: 50)
      let outer = Samples.correlation(.temporal, ["c0"], by: ["host"], seconds: 10, .thresholds([]), name: "c1")
      var run = Run([correlation, outer], limits: limits)
      #expect(run.plan.diagnostics == [])
      let found = run.complete(
        (0..<20).map { (0, Double($0 / 3), ["user": "u\($0 % 4)", "size": "\($0)", "host": "h"]) })
      #expect(found.contains { $0.correlation == 0 }, "\(kind)")
    }
  }

  @Test func theGreatestLimitsAreBounded() {
    var limits = CorrelationLimits()
    limits.groups = .max
    limits.keyBytes = .max
    #expect(limits.sound.groups == 1 << 30 && limits.sound.keyBytes == 1 << 30)
  }

  @Test func inputsWithTooFewValuesLackThem() throws {
    var run = Run([grouped(1)])
    run.engine.add(CorrelationInput(rule: 0, time: 1, sequence: 0, reference: 0))
    run.engine.finish()
    #expect(try statistics(run).missingKey == 1)
  }
}
