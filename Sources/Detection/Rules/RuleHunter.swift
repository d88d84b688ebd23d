public import Sigma
public import WindowsFormats

/// What a hunt made of one event.
public struct HuntHit: Sendable {
  /// FILETIME of the event; 0 when it has none.
  public var time: UInt64 = 0
  /// Findings of rules that report on their own, as `FindingBody` encodes them, one behind the other.
  public var findings: [UInt8] = []
  /// Where each finding ends.
  public var findingEnds: [Int] = []
  /// What correlations need to know of the rules that matched.
  public var matches: [CorrelationMatch] = []
  /// Findings that the user does not want to see.
  public var suppressedCount = 0

  var isEmpty: Bool { findingEnds.isEmpty && matches.isEmpty && suppressedCount == 0 }
}

/// Looks for the rules of a book in one event after the other, on one thread.
public final class RuleHunter {
  private let book: RuleBook
  private let span: Span
  private let minimumLevel: SigmaLevel
  private let values = SlotValues()
  private var matcher: RuleMatcher
  private var encoder = FindingEncoder()
  private var census = EventCensus()
  /// Kinds of event that the census has.
  private var knownKinds: Set<UInt64> = []

  /// Events at or after one moment and before another, as FILETIME.
  public struct Span: Sendable {
    public var after: UInt64
    public var before: UInt64

    public init(after: UInt64 = 0, before: UInt64 = .max) {
      self.after = after
      self.before = before
    }

    var isEverything: Bool { after == 0 && before == .max }

    func contains(_ time: UInt64) -> Bool { time >= after && time < before }
  }

  /// - Parameter minimumLevel: Findings below it are not made.
  public init(_ book: RuleBook, span: Span = Span(), minimumLevel: SigmaLevel = .informational) {
    self.book = book
    self.span = span
    self.minimumLevel = minimumLevel
    matcher = RuleMatcher(book.compiled)
  }

  /// The kinds of event met since this was last asked.
  public func takeCensus() -> EventCensus {
    // A suppression's number stands for the rule whose findings it leaves out.
    for (number, count) in matcher.takeGivenUp() {
      let suppression = number - book.rules.count
      census.note(givenUp: suppression < 0 ? number : book.suppressedRules[suppression], count: count)
    }
    defer { census = EventCensus() }
    return census
  }

  // MARK: Live records of logs

  /// A chunk of a log; its bytes stay in place until the next call.
  public func load(_ chunk: UnsafeRawBufferPointer) { values.slots.load(chunk) }

  /// Whether a rule matches a live record of the loaded chunk; nil when its slots cannot be read.
  public func matches(_ header: EventLogRecordHeader) -> Bool? {
    guard values.read(header) else { return nil }
    if !span.isEverything, !span.contains(time(of: header)) { return false }
    let isMatched = matcher.match(&values.slots)
    census.note(time: header.fileTime)
    if knownKinds.insert(matcher.kindHash).inserted {
      let head = EventHead(&values.slots, headerID: header.recordID)
      let provider = values.all("Provider_Name").first ?? ""
      census.note(channel: head.channel, provider: provider, eventID: head.eventID)
    }
    return isMatched
  }

  private func time(of header: EventLogRecordHeader) -> UInt64 {
    values.slots.slot(of: SystemField.timeCreated.rawValue).flatMap { values.slots.fileTime(of: $0) }
      ?? header.fileTime
  }

  /// What the rules that matched the live record have found in it; nil when nothing of it counts.
  /// - Parameter bytes: The record as it stands in the file.
  public func hit(
    _ header: EventLogRecordHeader, file: String, offset: Int, bytes: UnsafeRawBufferPointer
  ) -> HuntHit? {
    let wanted = wantedRules()
    guard !wanted.isEmpty else { return nil }
    let head = EventHead(&values.slots, headerID: header.recordID)
    let builder = FindingBuilder(head, values, file: file, offset: offset, bytes: bytes)
    return hit(wanted, builder, time: time(of: header)) { rule, number, builder, encoder in
      encoder.add(rule, number: number, &builder)
    }
  }

  // MARK: Records as values

  /// Whether a rule matches a record that has no slots: recovered, or of an export.
  public func matches(_ record: EventRecord) -> Bool {
    let time = record.time.flatMap { EventTime($0) }?.fileTime
    if !span.isEverything, !span.contains(time ?? 0) { return false }
    census.note(time: time ?? 0)
    let isMatched = matcher.match(record)
    if knownKinds.insert(matcher.kindHash).inserted {
      census.note(channel: record.channel ?? "", provider: record.provider ?? "", eventID: record.eventID)
    }
    return isMatched
  }

  /// What the rules that matched last have found in the record.
  public func hit(_ record: EventRecord, file: String, offset: Int, bytes: UnsafeRawBufferPointer) -> HuntHit? {
    let wanted = wantedRules()
    guard !wanted.isEmpty else { return nil }
    let builder = FindingBuilder(EventHead(record), RecordValues(record), file: file, offset: offset, bytes: bytes)
    let time = record.time.flatMap { EventTime($0) }?.fileTime ?? 0
    return hit(wanted, builder, time: time) { rule, number, builder, encoder in
      encoder.add(builder.body(rule, number: number))
    }
  }

  // MARK: Findings

  /// Rules that matched and whose match somebody asks for, suppressions among them.
  private func wantedRules() -> [Int] {
    matcher.matches().filter { number in
      guard number < book.rules.count else { return true }
      return book.correlations.asks(for: number)
        || (book.rules[number].isReported && book.rules[number].level >= minimumLevel)
    }
  }

  private func hit<Values: EventValues>(
    _ numbers: [Int], _ given: FindingBuilder<Values>, time: UInt64,
    _ add: (HuntRule, Int, inout FindingBuilder<Values>, FindingEncoder) -> Void
  ) -> HuntHit? {
    var builder = given
    var hit = HuntHit()
    hit.time = time
    var suppressed: Set<Int> = []
    for number in numbers where number >= book.rules.count {
      suppressed.insert(book.suppressedRules[number - book.rules.count])
    }
    for number in numbers where number < book.rules.count {
      let rule = book.rules[number]
      let isReported = rule.isReported && rule.level >= minimumLevel
      if suppressed.contains(number) {
        if isReported { hit.suppressedCount += 1 }
        continue
      }
      if isReported { add(rule, number, &builder, encoder) }
      if let match = book.correlations.match(of: number, &builder) { hit.matches.append(match) }
    }
    (hit.findings, hit.findingEnds) = encoder.take()
    return hit.isEmpty ? nil : hit
  }
}
