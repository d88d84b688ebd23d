@testable import Detection
@testable import Sigma
@testable import WindowsFormats

/// The input is a rule file: documents of Sigma in YAML, or anything else. What is accepted is resolved, compiled and
/// put to an event, the same way twice.
@MainActor private let record = {
  var record = EventRecord(recordID: .number(1))
  record.channel = "Microsoft-Windows-Sysmon/Operational"
  record.provider = "Microsoft-Windows-Sysmon"
  record.eventID = 1
  record.data = [
    EventField("Image", .string("C:\\Windows\\System32\\wbem\\WMIC.exe")),
    EventField("CommandLine", .string("wmic /node:192.0.2.7 process call create \"cmd.exe\"")),
    EventField("ProcessId", .unsigned(4711)), EventField("User", .string("CORP\\svc")),
    EventField("Empty", .string("")),
  ]
  return record
}()

@_cdecl("LLVMFuzzerTestOneInput")
@MainActor public func fuzzRule(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  let parser = SigmaParser(placeholders: SigmaPlaceholders(["Servers": ["SRV*"]]))
  let file = parser.parse(bytes, path: "rule.yml")
  let set = SigmaRuleSet(file.accepted)
  let resolver = LogSourceResolver()
  var entries: [RuleEntry] = []
  for (number, rule) in set.rules.enumerated() {
    entries.append(RuleEntry(rule: number, routes: [], expression: rule.expression))
    if case .resolved(let found) = resolver.resolve(rule) {
      entries += found.sources.map { RuleEntry(rule: number, routes: $0.routes, expression: $0.expression) }
    }
  }
  var matcher = RuleMatcher(CompiledRules(entries))
  matcher.match(record)
  let first = matcher.matches()
  matcher.match(record)
  precondition(first == matcher.matches())
  _ = CorrelationPlan(rules: set.rules.map(\.metadata), correlations: set.correlations.map(\.correlation))
  return 0
}
