internal import Collect
internal import Detection
internal import Sigma
internal import WindowsFormats

/// Evidence through the rules of a book: read, matched and correlated. What was found waits in `findings`.
final class EvidenceHunt {
  struct Options {
    var recovers = false
    var threads = 1
    var span = RuleHunter.Span()
    var minimumLevel = SigmaLevel.informational
    /// The file that is written to meanwhile, so that it is not read.
    var outputDescriptor: Int32?
  }

  let findings: FindingStore
  private(set) var counts = EventCounts()
  private(set) var census = EventCensus()
  private(set) var suppressed = 0
  private let book: RuleBook
  private let options: Options
  private let matches: TimedSpool
  /// What stopped the run: the temporary file could not be written.
  private var fault: SystemFault?

  init(_ book: RuleBook, _ options: Options) throws(SystemFault) {
    self.book = book
    self.options = options
    findings = try FindingStore(book)
    matches = try TimedSpool()
  }

  /// Reads what lies at the paths.
  /// - Parameters:
  ///   - feed: Told of the feed before the run, for progress.
  ///   - observe: Told of every block once its matches are taken.
  func read(_ paths: [String], feed: (EvidenceFeed) -> Void, observe: @escaping (EventBlock) -> Void)
    throws(SystemFault)
  {
    export.run(
      paths: paths, isCancelled: { Terminal.isInterrupted }, feed: feed, deliver: { self.take($0, observe) })
    if let fault { throw fault }
  }

  /// Reads logs that are in memory.
  func read(_ logs: [EvidenceWalker.Contents]) throws(SystemFault) {
    export.run(contents: logs, deliver: { self.take($0, { _ in }) })
    if let fault { throw fault }
  }

  private var export: EventExport {
    var export = EventExport()
    export.recovers = options.recovers
    export.threads = options.threads
    export.outputDescriptor = options.outputDescriptor
    let (book, span, level) = (book, options.span, options.minimumLevel)
    export.matcher = { RuleHunterAdapter(RuleHunter(book, span: span, minimumLevel: level)) }
    return export
  }

  private func take(_ block: EventBlock, _ observe: (EventBlock) -> Void) -> Bool {
    if let census = block.census as? EventCensus { self.census.merge(census) }
    do throws(SystemFault) {
      for value in block.takeMatches() {
        if let hit = value as? HuntHit { try keep(hit) }
      }
    } catch {
      fault = error
    }
    counts.add(block.counts)
    observe(block)
    return fault == nil
  }

  private func keep(_ hit: HuntHit) throws(SystemFault) {
    suppressed += hit.suppressedCount
    try findings.add(hit)
    for match in hit.matches { try matches.add(time: match.time) { match.encode(to: &$0) } }
  }

  /// Adds what the correlations find in everything that was read.
  func correlate() throws(SystemFault) {
    guard !book.correlations.isEmpty else { return }
    var run = CorrelationRun(book.correlations, matches)
    try run.findings { found throws(SystemFault) in
      guard book.correlations.rules[found.rule].level >= options.minimumLevel else { return }
      var found = found
      found.rule += book.rules.count
      try findings.add(found)
    }
  }
}

/// The seam between reading and hunting.
private final class RuleHunterAdapter: EventMatcher {
  private let hunter: RuleHunter

  init(_ hunter: RuleHunter) { self.hunter = hunter }

  func load(_ chunk: UnsafeRawBufferPointer) { hunter.load(chunk) }

  func wants(_ header: EventLogRecordHeader) -> Bool? { hunter.matches(header) }

  func take(wanted header: EventLogRecordHeader, _ place: EventPlace) -> (any Sendable)? {
    place.withBytes { hunter.hit(header, file: place.file, offset: place.offset, bytes: $0) }
  }

  func take(_ record: EventRecord, _ place: EventPlace) -> (any Sendable)? {
    guard hunter.matches(record) else { return nil }
    return place.withBytes { hunter.hit(record, file: place.file, offset: place.offset, bytes: $0) }
  }

  func takeCensus() -> (any Sendable)? { hunter.takeCensus() }
}
