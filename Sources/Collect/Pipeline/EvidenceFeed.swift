import WindowsFormats

/// A piece of work for one thread.
public enum EvidenceWork: Sendable {
  /// Chunks of a log from `offset` on, `count` of them.
  case chunks(EventLogFile, offset: Int, count: Int)
  /// A range of data that is to be searched for records.
  case carve(EventLogFile, Range<Int>)
  /// Records of an export.
  case records(Evidence, RecordBatch)
  /// Something that could not be read, at its place among the others.
  case fault(EvidenceDiagnostic)
  /// A file begins; it has its place in the order even when it holds nothing.
  case begin(Evidence)
}

/// Turns evidence into pieces of work of about equal size. A pull interface for one thread at a time.
public final class EvidenceFeed {
  /// Chunks of one piece of work: 256 KiB, whose output is about a megabyte.
  static let chunksPerItem = 4

  private let walker: EvidenceWalker
  private let recovers: Bool
  private var log: (file: EventLogFile, next: Int)?
  private var export: ExportSplitting?
  private var pending: [EvidenceWork] = []
  private var isCancelled: () -> Bool
  private let output: FileIdentity?
  private let given: Set<String>

  /// The word for a file that is called a log and is none any more.
  static let destroyedLog = "no-chunk-found"

  /// Bytes of evidence handed out so far, for progress.
  public private(set) var byteCount = 0

  /// - Parameters:
  ///   - recovers: Whether logs are surveyed for recovery, and data of unknown kind is searched for records.
  ///   - output: The file that is written to meanwhile, so that it is passed over.
  ///   - given: The paths that were named: what is of no use among them is told.
  ///   - isCancelled: Asked before each piece; true ends the feed.
  public init(
    walker: EvidenceWalker, recovers: Bool, output: Int32? = nil, given: [String] = [],
    isCancelled: @escaping () -> Bool = { false }
  ) {
    self.output = output.flatMap { FileIdentity(openAs: $0) }
    self.given = Set(given)
    self.walker = walker
    self.recovers = recovers
    self.isCancelled = isCancelled
  }

  public func next() -> EvidenceWork? {
    while !isCancelled() {
      if !pending.isEmpty { return pending.removeFirst() }
      if let work = nextOfLog() ?? nextOfExport() { return work }
      guard let step = walker.next() else { return nil }
      switch step {
      case .diagnostic(let diagnostic): return .fault(diagnostic)
      case .evidence(let evidence): begin(evidence)
      }
    }
    return nil
  }

  private func begin(_ evidence: Evidence) {
    if let output, evidence.isFile(output) {
      return pending.append(.fault(EvidenceDiagnostic(path: evidence.path, code: .ownOutput, detail: "")))
    }
    switch evidence.kind {
    case .eventLog:
      pending.append(.begin(evidence))
      let file = EventLogFile(evidence, isSurveyed: recovers)
      log = (file, file.firstChunk)
    case .jsonEvents, .xmlEvents:
      pending.append(.begin(evidence))
      export = ExportSplitting(evidence)
    case .other where recovers:
      pending.append(.begin(evidence))
      let file = EventLogFile(evidence, isSurveyed: true)
      pending.append(.carve(file, 0..<evidence.byteCount))
      byteCount += evidence.byteCount
    default: passOver(evidence)
    }
  }

  /// Folders hold many files without events; one that was named, or that is called a log, is worth a word.
  private func passOver(_ evidence: Evidence) {
    let isNamedLog = evidence.path.lowercased().hasSuffix(".evtx")
    guard isNamedLog || given.contains(evidence.path) else { return }
    let isDestroyed = isNamedLog && evidence.kind == .other
    let detail = isDestroyed ? EvidenceFeed.destroyedLog : evidence.kind == .empty ? "empty" : ""
    pending.append(.fault(EvidenceDiagnostic(path: evidence.path, code: .unrecognized, detail: detail)))
  }

  private func nextOfLog() -> EvidenceWork? {
    guard let (file, offset) = log else { return nil }
    let left = file.evidence.byteCount - offset
    guard left > 0 else {
      log = nil
      return nil
    }
    let count = min(EvidenceFeed.chunksPerItem, (left - 1) / EventLogChunk.byteCount + 1)
    log = (file, offset + count * EventLogChunk.byteCount)
    byteCount += min(left, count * EventLogChunk.byteCount)
    return .chunks(file, offset: offset, count: count)
  }

  private func nextOfExport() -> EvidenceWork? {
    guard let export else { return nil }
    let before = export.position
    guard let batch = export.next() else {
      self.export = nil
      return nil
    }
    byteCount += export.position - before
    return .records(export.evidence, batch)
  }
}
