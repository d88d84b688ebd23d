import Detection
import Foundation
import Sigma
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Figures, not judgements: they are printed when `YAGURA_MEASURE` is 1.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["YAGURA_MEASURE"] == "1"))
struct MeasureTests {
  /// Anonymous memory of this process that is present, in MiB.
  private func memory() throws -> Double {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("RssAnon") })
    return try #require(Double(line.split(whereSeparator: \.isWhitespace)[1])) / 1_024
  }

  private func engine(groupLimit: Int = 1_000_000) -> (CorrelationPlan, CorrelationEngine) {
    var limits = CorrelationLimits()
    limits.groups = groupLimit
    let correlation = Samples.correlation(
      .eventCount, ["r0"], by: ["user"], seconds: 3_600, .count(.greaterOrEqual, 1_000_000 - 1))
    let plan = CorrelationPlan(rules: Samples.rules(1), correlations: [correlation], limits: limits)
    return (plan, CorrelationEngine(plan: plan))
  }

  @Test func memoryOfAMillionGroups() throws {
    let before = try memory()
    var (_, engine) = engine()
    for number in 0..<1_000_000 {
      engine.add(
        CorrelationInput(
          rule: 0, time: Samples.start + UInt64(number), sequence: UInt64(number), reference: UInt64(number),
          values: ["CORP\\account-\(number)@host-\(number % 1_000)"]))
    }
    let statistics = try #require(engine.statistics(ofCorrelation: 0))
    #expect(statistics.groups == 1_000_000 && statistics.groupsEvicted == 0)
    let used = try memory() - before
    print("1,000,000 groups: \(Int(used)) MiB")
    #expect(used < 500)
  }

  @Test func speedOfCountingInTenThousandGroups() {
    let (_, fresh) = engine()
    let names = (0..<10_000).map { ["CORP\\account-\($0)"] }
    for round in 0..<3 {
      var engine = fresh
      let start = threadSeconds()
      for number in 0..<2_000_000 {
        // A window of an hour holds about 36 events of each group.
        engine.add(
          CorrelationInput(
            rule: 0, time: Samples.start + UInt64(number) * 100_000, sequence: UInt64(number),
            reference: UInt64(number), values: names[number &* 7_919 % 10_000]))
      }
      print("round \(round): \(Int(2_000_000 / (threadSeconds() - start))) inputs per second of processor time")
    }
  }

  /// Processor time of this thread: other work on the machine does not show in it.
  private func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
