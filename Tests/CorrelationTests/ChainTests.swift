import Detection
import Sigma
import Testing

/// Correlations of correlations.
@Suite struct ChainTests {
  private func manyFailures(by groupBy: [String] = ["user"], _ condition: SigmaCorrelation.Condition? = nil)
    -> SigmaCorrelation
  {
    Samples.correlation(
      .eventCount, ["r0"], by: groupBy, seconds: 10, condition ?? .count(.greaterOrEqual, 3), name: "failures")
  }

  private func thenLogon(seconds: Double = 20) -> SigmaCorrelation {
    Samples.correlation(
      .temporalOrdered, ["failures", "r1"], by: ["user"], seconds: seconds, .thresholds([]), name: "logon")
  }

  private func failures(_ seconds: [Double], user: String = "a", host: String = "h")
    -> [(rule: Int, seconds: Double, fields: [String: String])]
  {
    seconds.map { (0, $0, ["user": user, "host": host]) }
  }

  @Test func bruteForceIsFollowedByALogon() throws {
    var run = Run([thenLogon(), manyFailures()])
    #expect(run.plan.diagnostics == [])
    let found = run.complete(failures([0, 1, 2]) + [(1, 5, ["user": "a"])])
    #expect(found.map(\.correlation) == [1, 0])
    let logon = try #require(found.last)
    #expect(logon.evidence.map(\.isEmission) == [true, false])
    #expect(logon.evidence[0].reference == found[0].ordinal && logon.evidence[0].rule == 4)
    #expect(logon.evidence[0].time == Samples.start + 2 * Samples.second)
    var before = Run([thenLogon(), manyFailures()])
    #expect(before.complete([(1, 0, ["user": "a"])] + failures([1, 2, 3])).map(\.correlation) == [1])
    var other = Run([thenLogon(), manyFailures()])
    #expect(other.complete(failures([0, 1, 2]) + [(1, 5, ["user": "b"])]).map(\.correlation) == [1])
  }

  @Test func bruteForceThatGoesOnForLongStillPrecedesTheLogon() {
    let attempts = (0..<100).map { Double($0) * 2 }
    var run = Run([manyFailures(), thenLogon()])
    let found = run.complete(failures(attempts) + [(1, 205, ["user": "a"])])
    #expect(found.map(\.correlation) == [0, 1])
    // An emission is one piece of evidence, however often it was extended.
    #expect(found.last?.evidence.count == 2)
  }

  @Test func groupsOfTheOuterCorrelationComeFromTheEvents() {
    let spray = failures([0], user: "a") + failures([1], user: "b") + failures([2], user: "c")
    for (user, expected) in [("a", 2), ("c", 2), ("d", 1)] {
      var run = Run([manyFailures(by: ["host"]), thenLogon()])
      let found = run.complete(spray + [(1, 5, ["user": user, "host": "other"])])
      #expect(found.count == expected, "\(user)")
    }
  }

  @Test func countsAnEmissionOnce() {
    let bursts = Samples.correlation(
      .eventCount, ["failures"], by: ["host"], seconds: 100, .count(.greaterOrEqual, 2), name: "bursts")
    var one = Run([manyFailures(), bursts])
    #expect(one.complete(failures((0..<40).map(Double.init))).count == 1)
    var two = Run([manyFailures(), bursts])
    #expect(two.complete(failures([0, 1, 2, 30, 31, 32])).map(\.correlation) == [0, 0, 1])
    var accounts = Run([manyFailures(), bursts])
    #expect(accounts.complete(failures([0, 1, 2]) + failures([3, 4, 5], user: "b")).count == 3)
  }

  @Test func waitsForWhatIsJudgedLate() {
    // Exactly three failures, known only ten seconds later, and then a logon: the order of time is kept.
    var run = Run([manyFailures(by: ["user"], .count(.equal, 3)), thenLogon()])
    let found = run.complete(failures([0, 1, 2]) + [(1, 5, ["user": "a"]), (2, 100, [:])])
    #expect(found.map(\.correlation) == [0, 1])
    #expect(found[1].time == Samples.start + 5 * Samples.second)
    var more = Run([manyFailures(by: ["user"], .count(.equal, 3)), thenLogon()])
    #expect(more.complete(failures([0, 1, 2]) + [(1, 5, ["user": "a"])] + failures([6])).isEmpty)
  }

  @Test func generateDecidesWhoReportsAlone() {
    var quiet = manyFailures()
    let plan = CorrelationPlan(rules: Samples.rules(3), correlations: [quiet, thenLogon()])
    #expect((0..<5).map(plan.reportsAlone) == [false, false, true, false, true])
    quiet.generatesForRules = true
    let loud = CorrelationPlan(rules: Samples.rules(3), correlations: [quiet, thenLogon()])
    #expect((0..<5).map(loud.reportsAlone) == [true, false, true, false, true])
  }
}
