internal import Collect
internal import Detection
internal import WindowsFormats

/// Findings on their way into order of time.
final class FindingStore {
  /// Findings of one moment that are compared with each other, to merge what is the same.
  private static let mergeLimit = 4096

  private let book: RuleBook
  private let spool: TimedSpool

  init(_ book: RuleBook) throws(SystemFault) {
    self.book = book
    spool = try TimedSpool()
  }

  func add(_ body: FindingBody) throws(SystemFault) {
    try spool.add(time: EventTime(body.time)?.fileTime ?? 0) { body.encode(to: &$0) }
  }

  /// Adds the findings of an event, which are encoded already.
  func add(_ hit: HuntHit) throws(SystemFault) {
    var start = 0
    for end in hit.findingEnds {
      let range = start..<end
      start = end
      try spool.add(time: hit.time) { sink in
        hit.findings.withUnsafeBytes { sink.append(UnsafeRawBufferPointer(rebasing: $0[range])) }
      }
    }
  }

  /// Hands out all findings in order of time; those of one moment in the order in which they were added. What has the
  /// same id is handed out once, with all its evidence: a folder may hold a log and a copy of it.
  func forEach(_ body: (Finding) -> Bool) throws(SystemFault) {
    try spool.forEachMoment(limit: FindingStore.mergeLimit) { numbers, _ throws(SystemFault) in
      for found in try merged(numbers) where !body(book.finding(found)) { return false }
      return true
    }
  }

  private func merged(_ numbers: ArraySlice<UInt64>) throws(SystemFault) -> [FindingBody] {
    var findings: [FindingBody] = []
    // Most moments have one.
    if numbers.count == 1, let number = numbers.first {
      return try spool.read(number) { FindingBody(decoding: $0) }.map { [$0] } ?? []
    }
    var indexOfID: [String: Int] = [:]
    for number in numbers {
      guard let finding = try spool.read(number, { FindingBody(decoding: $0) }) else { continue }
      guard let index = indexOfID[finding.id] else {
        indexOfID[finding.id] = findings.count
        findings.append(finding)
        continue
      }
      for item in finding.evidence where !findings[index].evidence.contains(item) {
        findings[index].evidence.append(item)
      }
    }
    return findings
  }
}
