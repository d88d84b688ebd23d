public import WindowsFormats

/// What logs hold: how many of which event from when to when, and where their numbering or their clock breaks.
public struct EventStatistics: Sendable {
  public struct Key: Hashable, Sendable, Comparable {
    public var channel: String
    public var provider: String
    public var eventID: UInt32

    public static func < (one: Key, other: Key) -> Bool {
      (one.channel, one.eventID, one.provider) < (other.channel, other.eventID, other.provider)
    }
  }

  public struct Entry: Sendable {
    public var count = 0
    public var first: EventTime?
    public var last: EventTime?
    /// Records per day; a day is its number since 1601-01-01.
    public var days: [Int: Int] = [:]

    mutating func add(_ time: EventTime?) {
      count += 1
      guard let time else { return }
      first = first.map { min($0, time) } ?? time
      last = last.map { max($0, time) } ?? time
      days[Int(time.fileTime / 864_000_000_000), default: 0] += 1
    }

    mutating func merge(_ other: Entry) {
      count += other.count
      if let theirs = other.first { first = first.map { min($0, theirs) } ?? theirs }
      if let theirs = other.last { last = last.map { max($0, theirs) } ?? theirs }
      days.merge(other.days, uniquingKeysWith: +)
    }
  }

  /// Records with consecutive numbers in one file.
  public struct Run: Sendable {
    public var firstID: UInt64
    public var lastID: UInt64
    public var firstTime: EventTime?
    public var lastTime: EventTime?
    var jumps = ClockJumps()
  }

  /// A log whose numbering or clock is worth a look.
  public struct FileFindings: Sendable {
    public var file: String
    /// Numbers that no record has, between the first and the last.
    public var missing: UInt64 = 0
    /// The largest gaps: the numbers missing, and the times around them.
    public var gaps: [Gap] = []
    public var gapCount = 0
    public var jumps = ClockJumps()
  }

  public struct Gap: Sendable {
    public var afterID: UInt64
    public var beforeID: UInt64
    public var after: EventTime?
    public var before: EventTime?

    public var missing: UInt64 { beforeID - afterID - 1 }
  }

  /// Gaps and jumps that are shown of one file.
  public static let maximumShown = 5
  /// Runs kept of one file; a filtered export has as many as records.
  static let maximumRuns = 1_000_000

  public private(set) var events: [Key: Entry] = [:]
  public private(set) var findings: [FileFindings] = []
  private var file: String?
  private var runs: [Run] = []

  public init() {}

  /// Adds a block's counts; blocks come in the order of the evidence.
  public mutating func add(_ block: EventBlock) {
    for record in block.recovered where block.file?.keys.insert(record.key) == true {
      events[record.event, default: Entry()].add(record.time)
      block.counts.recovered += 1
      block.counts.written += 1
    }
    if let evidence = block.begins {
      finishFile()
      file = evidence.path
    }
    guard let part = block.statistics else { return }
    for (key, entry) in part.events { events[key, default: Entry()].merge(entry) }
    guard runs.count + part.runs.count <= EventStatistics.maximumRuns else { return }
    runs += part.runs
  }

  /// Ends the last file; to be called once, at the end.
  public mutating func finishFile() {
    defer { runs = [] }
    guard let file, runs.count > 0 else { return }
    // A full log is written in a circle: chunks stand in another order than their numbers.
    let ordered = runs.sorted { $0.firstID < $1.firstID }
    var found = FileFindings(file: file)
    for (index, run) in ordered.enumerated() {
      found.jumps.merge(run.jumps)
      guard index > 0 else { continue }
      let previous = ordered[index - 1]
      if let from = previous.lastTime, let to = run.firstTime { found.jumps.note(from: from, to: to, at: run.firstID) }
      guard run.firstID > previous.lastID, run.firstID - previous.lastID > 1 else { continue }
      let gap = Gap(
        afterID: previous.lastID, beforeID: run.firstID, after: previous.lastTime, before: run.firstTime)
      found.missing += gap.missing
      found.gapCount += 1
      found.gaps.append(gap)
    }
    found.gaps = Array(
      found.gaps.sorted { ($1.missing, $0.afterID) < ($0.missing, $1.afterID) }
        .prefix(EventStatistics.maximumShown))
    if found.gapCount > 0 || found.jumps.count > 0 { findings.append(found) }
  }
}

/// Records that are later by number and earlier by time: the clock was set back, or records were moved.
public struct ClockJumps: Sendable {
  public struct Jump: Sendable {
    public var recordID: UInt64
    public var from: EventTime
    public var to: EventTime

    /// How far back, in seconds.
    public var seconds: UInt64 { (from.fileTime - to.fileTime) / 10_000_000 }
  }

  /// Times that are written by several threads are out of order by milliseconds; less than this is no jump.
  static let tolerance: UInt64 = 60 * 10_000_000

  public private(set) var count = 0
  public private(set) var largest: [Jump] = []

  mutating func note(from: EventTime, to: EventTime, at recordID: UInt64) {
    guard to.fileTime < from.fileTime, from.fileTime - to.fileTime > ClockJumps.tolerance else { return }
    count += 1
    largest.append(Jump(recordID: recordID, from: from, to: to))
    trim()
  }

  mutating func merge(_ other: ClockJumps) {
    count += other.count
    largest += other.largest
    trim()
  }

  private mutating func trim() {
    guard largest.count > 1 else { return }
    largest.sort { ($1.seconds, $0.recordID) < ($0.seconds, $1.recordID) }
    if largest.count > EventStatistics.maximumShown { largest.removeLast(largest.count - EventStatistics.maximumShown) }
  }
}
