/// Runs correlations over a stream of matches in order of time, from files and live alike.
///
/// **Windows.** A window belongs to one group, ends at an event and reaches back `timespan`, both ends included. It slides:
/// there is one for each event, however they overlap; events of the same time share theirs. An event that lacks a field of
/// `group-by` is in no group. Texts are compared exactly as given. Without `group-by` there is one group.
///
/// **When the condition is judged.** A condition of `gt` and `gte` only, or over rules without `not`, is judged at every
/// window: more events cannot take a count below it, so there is nothing to wait for. Any other (`lt`, `lte`, `eq`, `neq`,
/// a range, `not`) could become untrue by the next event: it is judged when the window is over, and only for windows that
/// no other contains. A thousand failures in a minute thus contain no window of exactly three, or of fewer than ten. The
/// window is over when an event comes that does not fit into it, at the latest when `timespan` has passed since its last.
///
/// **What is told.** An emission begins with the first window for which the condition holds, and goes on with every next
/// one of the group for which it holds too, so that one burst is one emission with all its events. It ends with the first
/// window for which the condition does not hold, or when no event came for longer than `timespan`; what holds afterwards is a
/// new emission. It is told twice: when it begins, for who must act, and when it has ended, complete. (Who reads files takes
/// the complete ones only.)
///
/// **Order and time.** Rules that match at the same time are in any order that a `temporal_ordered` correlation asks for. The
/// time of an emission is that of the last event of its first window. For correlations above, one that counts gets an emission
/// once; a temporal one gets it at every event that extends it, since a brute force that is still going on is one that the
/// logon follows. Fields that it is grouped by there, but not here, are those of its events. Such a correlation runs behind
/// the stream by as long as those below it may take to judge, so that it too sees everything in order of time.
///
/// Emissions do not depend on the order of arrival, on how often `advance` is called, or on the process.
public struct CorrelationEngine: Sendable {
  public let plan: CorrelationPlan
  /// Inputs that were dropped because they were before the time reached.
  public private(set) var lateInputs = 0

  private var nodes: [CorrelationNode]
  private var queues: [BinaryHeap<WaitingInput>]
  /// Of each node, whether it has to wait for others.
  private let isQueued: [Bool]
  /// Of each node, the time beyond which it has something to do.
  private var wakes: [UInt64]
  private var now: UInt64 = 0
  private var emissions: [CorrelationEmission] = []

  /// - Parameter tellsOpenings: whether emissions are told when they begin, too.
  public init(plan: CorrelationPlan, tellsOpenings: Bool = true) {
    self.plan = plan
    nodes = plan.programs.map { CorrelationNode($0, tellsOpenings: tellsOpenings) }
    queues = plan.programs.map { _ in BinaryHeap() }
    isQueued = plan.programs.map(\.hasChainedRules)
    wakes = plan.programs.map { _ in .max }
  }

  /// Takes a match of a rule, not of a correlation. Times must not decrease; at the same time, `sequence` should rise.
  public mutating func add(_ input: CorrelationInput) {
    guard input.rule >= 0, input.rule < plan.ruleCount else { return }
    guard input.time >= now else {
      lateInputs += 1
      return
    }
    // Times of the far future need no distinction, and leave room to calculate.
    let time = min(input.time, UInt64(Int64.max))
    advance(to: time)
    for use in plan.requirements[input.rule].uses {
      if time == input.time {
        submit(input, use)
      } else {
        var bounded = input
        bounded.time = time
        submit(bounded, use)
      }
    }
  }

  /// Says that no input before `time` (FILETIME) will come.
  public mutating func advance(to time: UInt64) {
    let bounded = min(time, UInt64(Int64.max))
    guard bounded > now else { return }
    visitNodes(until: bounded)
    now = bounded
  }

  /// Ends all windows, as at the end of the evidence.
  public mutating func finish() { visitNodes(until: .max) }

  /// What is to be told since the last call, by time, then correlation, then the group that was seen first. Who calls it
  /// only once, after `finish`, has everything in that order.
  public mutating func drainEmissions() -> [CorrelationEmission] {
    var drained: [CorrelationEmission] = []
    swap(&drained, &emissions)
    drained.sort(by: CorrelationEmission.precedes)
    return drained
  }

  /// Nil for a correlation that was refused.
  public func statistics(ofCorrelation correlation: Int) -> CorrelationStatistics? {
    guard let node = nodes.first(where: { $0.program.correlation == correlation }) else { return nil }
    var statistics = node.statistics
    statistics.groups = node.groups.count
    statistics.events = node.entries.count
    return statistics
  }

  // MARK: Nodes

  @inline(__always)
  private mutating func submit(_ input: CorrelationInput, _ use: CorrelationPlan.Use) {
    guard isQueued[use.rank] else {
      nodes[use.rank].take(input, use)
      wakes[use.rank] = min(wakes[use.rank], input.time)
      return
    }
    enqueue(WaitingInput(input: input, use: use, isEmission: false, part: 0))
  }

  private mutating func enqueue(_ waiting: WaitingInput) {
    let rank = waiting.use.rank
    guard queues[rank].count < nodes[rank].program.limits.waitingInputs else {
      nodes[rank].statistics.waitingDropped += 1
      return
    }
    queues[rank].insert(waiting)
    wakes[rank] = min(wakes[rank], Self.later(waiting.input.time, nodes[rank].program.delay))
  }

  /// All inputs before `time` are in: judges whatever that settles, those below before those above.
  private mutating func visitNodes(until time: UInt64) {
    for rank in wakes.indices where wakes[rank] < time { visit(rank, until: time) }
  }

  private mutating func visit(_ rank: Int, until time: UInt64) {
    let delay = nodes[rank].program.delay
    let local = time == .max ? time : (time > delay ? time - delay : 0)
    if isQueued[rank] {
      takeWaiting(rank, until: local)
    } else {
      nodes[rank].conclude(at: now)
    }
    nodes[rank].expire(before: local)
    wakes[rank] = wake(rank)
    if !nodes[rank].emissions.isEmpty {
      emissions.append(contentsOf: nodes[rank].emissions)
      nodes[rank].emissions.removeAll(keepingCapacity: true)
    }
    if !nodes[rank].sightings.isEmpty { passOnSightings(of: rank) }
  }

  private mutating func takeWaiting(_ rank: Int, until time: UInt64) {
    while let moment = queues[rank].first?.input.time, moment < time {
      while queues[rank].first?.input.time == moment, let waiting = queues[rank].removeFirst() {
        nodes[rank].take(waiting.input, waiting.use)
      }
      nodes[rank].conclude(at: moment)
    }
  }

  private func wake(_ rank: Int) -> UInt64 {
    let delay = nodes[rank].program.delay
    var wake = UInt64.max
    let oldest = nodes[rank].groups.oldest
    if oldest >= 0 {
      wake = Self.later(nodes[rank].groups[Int(oldest)].lastTime, nodes[rank].program.timespan)
      wake = Self.later(wake, delay)
    }
    if isQueued[rank], let waiting = queues[rank].first { wake = min(wake, Self.later(waiting.input.time, delay)) }
    return wake
  }

  /// Never the end of time, which stands for nothing to do.
  private static func later(_ time: UInt64, _ span: UInt64) -> UInt64 {
    let (sum, overflow) = time.addingReportingOverflow(span)
    return overflow ? .max - 1 : min(sum, .max - 1)
  }

  // MARK: Chains

  private mutating func passOnSightings(of rank: Int) {
    let sightings = nodes[rank].sightings
    nodes[rank].sightings.removeAll(keepingCapacity: true)
    let program = nodes[rank].program
    let number = plan.number(ofCorrelation: program.correlation)
    let requirements = plan.requirements[number]
    for sighting in sightings {
      for use in requirements.uses where sighting.isOpening || nodes[use.rank].program.isTemporal {
        var known: Set<[String?]> = []
        for (part, carried) in sighting.carried.enumerated() {
          let values = requirements.fields.map { field -> String? in
            if let index = program.groupBy.firstIndex(of: field) { return sighting.groupValues[index] }
            return program.carriedFields.firstIndex(of: field).flatMap { carried[$0] }
          }
          // One that counts must not count an emission twice in one group because it carries two values.
          let read = use.groupFields + use.valueFields + (nodes[use.rank].program.isTemporal ? use.carriedFields : [])
          guard known.insert(read.map { values[$0] }).inserted else { continue }
          let input = CorrelationInput(
            rule: number, time: sighting.time, sequence: sighting.groupOrder, reference: sighting.ordinal,
            values: values)
          enqueue(WaitingInput(input: input, use: use, isEmission: true, part: part))
        }
      }
    }
  }
}
