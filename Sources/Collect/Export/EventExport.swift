import WindowsFormats

/// What to make of evidence: which records, in which form.
public struct EventExport: Sendable {
  public enum Format: String, Sendable, CaseIterable { case jsonl, xml, csv }

  public var format = Format.jsonl

  /// What stands before the records.
  public var header: String { format == .csv ? CSVLine.header : format == .xml ? "<Events>\n" : "" }

  /// What stands behind them.
  public var footer: String { format == .xml ? "</Events>\n" : "" }
  public var filter = EventFilter()
  public var recovers = false
  /// Statistics instead of records.
  public var isStatistics = false
  /// Hunts instead of writing records: makes a matcher for each thread.
  public var matcher: (@Sendable () -> any EventMatcher)?
  public var threads = 1
  public var limits = ContainerLimits()
  public var temporaryDirectory: String?

  /// Where the records go. A file below a folder that is read must not be read itself: it would grow for ever.
  public var outputDescriptor: Int32?

  public init() {}

  /// Reads everything at `paths` and hands out blocks in the order of the evidence.
  ///
  /// - Parameters:
  ///   - isCancelled: Asked often; true ends the run after what was delivered.
  ///   - feed: Told of the feed before the run, for progress.
  ///   - deliver: Takes the blocks; false ends the run.
  public func run(
    paths: [String], isCancelled: @escaping @Sendable () -> Bool = { false }, feed observe: (EvidenceFeed) -> Void,
    deliver: @escaping (EventBlock) -> Bool
  ) {
    let wholeCase = recovers ? surveyedTemplates(paths, isCancelled) : TemplatePool()
    let walker = EvidenceWalker(paths: paths, limits: limits, temporaryDirectory: temporaryDirectory)
    let feed = EvidenceFeed(
      walker: walker, recovers: recovers, output: outputDescriptor, given: paths, isCancelled: isCancelled)
    observe(feed)
    run(feed, wholeCase: wholeCase, deliver)
  }

  /// The same for files that are in memory.
  public func run(contents: [EvidenceWalker.Contents], deliver: @escaping (EventBlock) -> Bool) {
    let walker = EvidenceWalker(contents: contents, limits: limits, temporaryDirectory: temporaryDirectory)
    run(EvidenceFeed(walker: walker, recovers: recovers), wholeCase: TemplatePool(), deliver)
  }

  private func run(_ feed: EvidenceFeed, wholeCase: TemplatePool, _ deliver: @escaping (EventBlock) -> Bool) {
    let pool = EventBlockPool()
    OrderedWorkers.run(
      threads: threads, next: { feed.next() },
      makeWorker: { EventWorker(self, wholeCase: wholeCase, pool: pool) },
      deliver: { block in
        let goesOn = deliver(block)
        pool.give(block)
        return goesOn
      })
  }

  /// The templates of all logs of the case. Standard input can be read once only, so it is left to its own templates.
  private func surveyedTemplates(_ paths: [String], _ isCancelled: () -> Bool) -> TemplatePool {
    var pool = TemplatePool()
    let walker = EvidenceWalker(
      paths: paths.filter { $0 != "-" }, limits: limits, temporaryDirectory: temporaryDirectory)
    while !isCancelled(), let step = walker.next() {
      guard case .evidence(let evidence) = step, evidence.kind == .eventLog else { continue }
      pool.merge(EventLogFile(evidence, isSurveyed: true).templates)
    }
    return pool
  }
}
