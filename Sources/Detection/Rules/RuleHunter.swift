public import WindowsFormats

/// What a hunt made of one event.
public struct HuntHit: Sendable {
  /// Findings of rules that report on their own.
  public var findings: [Finding] = []
  /// What correlations need to know of the rules that matched.
  public var matches: [CorrelationMatch] = []
  /// Findings that the user does not want to see.
  public var suppressedCount = 0
}

/// Looks for the rules of a book in one event after the other, on one thread.
public final class RuleHunter {
  private let book: RuleBook
  private let span: Span
  private var slots = EventSlotReader()
  private var matcher: RuleMatcher
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

  public init(_ book: RuleBook, span: Span = Span()) {
    self.book = book
    self.span = span
    matcher = RuleMatcher(book.compiled)
  }

  /// The kinds of event met since this was last asked.
  public func takeCensus() -> EventCensus {
    defer { census = EventCensus() }
    return census
  }

  // MARK: Live records of logs

  /// A chunk of a log; its bytes stay in place until the next call.
  public func load(_ chunk: UnsafeRawBufferPointer) { slots.load(chunk) }

  /// Whether a rule matches a live record of the loaded chunk; nil when its slots cannot be read.
  public func wants(_ header: EventLogRecordHeader) -> Bool? {
    guard slots.read(header) else { return nil }
    if !span.isEverything, !span.contains(time(of: header)) { return false }
    let isMatched = matcher.match(&slots)
    census.note(time: header.fileTime)
    if knownKinds.insert(matcher.kindHash).inserted {
      let eventID = slots.slot(of: SystemField.eventID.rawValue).flatMap { slots.number(of: $0) }
      census.note(
        channel: text(of: .channel), provider: text(of: .providerName), eventID: eventID.flatMap { UInt32(exactly: $0) })
    }
    return isMatched
  }

  private func time(of header: EventLogRecordHeader) -> UInt64 {
    slots.slot(of: SystemField.timeCreated.rawValue).flatMap { slots.fileTime(of: $0) } ?? header.fileTime
  }

  private func text(of field: SystemField) -> String {
    slots.slot(of: field.rawValue).map { slots.text(of: $0) } ?? ""
  }

  // MARK: Records as values

  /// Matches a record that has no slots: recovered, or of an export.
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
  /// - Parameter bytes: The record as it stands in the file.
  public func hit(_ record: EventRecord, file: String, offset: Int, bytes: UnsafeRawBufferPointer) -> HuntHit {
    var hit = HuntHit()
    let builder = FindingBuilder(record, file: file, offset: offset, bytes: bytes)
    let numbers = matcher.matches()
    let suppressed = Set(numbers.filter { $0 >= book.rules.count }.map { book.suppressedRules[$0 - book.rules.count] })
    hit.suppressedCount = suppressed.count
    for number in numbers where number < book.rules.count && !suppressed.contains(number) {
      let rule = book.rules[number]
      if rule.isReported { hit.findings.append(builder.finding(rule)) }
      if let match = book.correlations.match(of: number, builder) { hit.matches.append(match) }
    }
    return hit
  }
}
