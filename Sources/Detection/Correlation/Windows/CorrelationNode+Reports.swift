/// Emissions as they begin, go on and end.
extension CorrelationNode {
  mutating func open(_ slot: Int, value: Double) {
    let group = groups[slot]
    var report = OpenReport(
      ordinal: nextOrdinal, time: group.lastTime, start: entries[group.firstEntry].time, end: group.lastTime,
      value: value, latestValue: value)
    if program.isTemporal { report.shares = Array(repeating: 0, count: program.rules.count) }
    nextOrdinal += 1
    statistics.emissions += 1
    addEvidence(from: group.firstEntry, to: &report)
    let index: Int
    if let free = freeReports.popLast() {
      index = Int(free)
      reports[index] = report
    } else {
      index = reports.count
      reports.append(report)
    }
    groups[slot].report = Int32(index)
    if tellsOpenings { emissions.append(emission(of: slot, report, isComplete: false)) }
    if program.hasParents { addSighting(of: slot, from: group.firstEntry, report, isOpening: true) }
  }

  mutating func extend(_ slot: Int, value: Double) {
    let index = Int(groups[slot].report)
    var first = groups[slot].lastEntry
    while entries[first].previous >= 0, entries[entries[first].previous].time > reports[index].end {
      first = entries[first].previous
    }
    // The report leaves its place while it changes, so that its arrays are not copied.
    var report = reports[index]
    reports[index].evidence = []
    reports[index].knownEmissions = []
    addEvidence(from: first, to: &report)
    report.end = groups[slot].lastTime
    report.latestValue = value
    if program.hasParents { addSighting(of: slot, from: first, report, isOpening: false) }
    reports[index] = report
  }

  mutating func complete(_ slot: Int) {
    let index = groups[slot].report
    let report = reports[Int(index)]
    emissions.append(emission(of: slot, report, isComplete: true))
    evidenceCount -= report.evidence.count
    reports[Int(index)].evidence = []
    reports[Int(index)].knownEmissions = []
    freeReports.append(index)
    groups[slot].report = -1
  }

  private mutating func addEvidence(from first: Int32, to report: inout OpenReport) {
    let share = max(1, program.limits.evidencePerEmission / max(report.shares.count, 1))
    var place = first
    while place >= 0 {
      let entry = entries[place]
      place = entry.next
      let position = Int(entry.position)
      let isEmission = program.isChained[position]
      let known = CorrelationEvidence.Emission(rule: program.rules[position], ordinal: entry.reference)
      if isEmission, report.knownEmissions.contains(known) { continue }
      let taken = report.shares.isEmpty ? report.evidence.count : Int(report.shares[position])
      guard taken < share, evidenceCount < program.limits.evidence else {
        report.omitted += 1
        continue
      }
      if isEmission { report.knownEmissions.insert(known) }
      if !report.shares.isEmpty { report.shares[position] += 1 }
      evidenceCount += 1
      report.evidence.append(
        CorrelationEvidence(
          rule: program.rules[position], time: entry.time, reference: entry.reference, isEmission: isEmission))
    }
  }

  private mutating func addSighting(of slot: Int, from first: Int32, _ report: OpenReport, isOpening: Bool) {
    var lists: [[String?]] = [[]]
    if !program.carriedFields.isEmpty {
      lists = []
      var seen: Set<Int32> = []
      var place = first
      while place >= 0, seen.count < program.limits.evidencePerEmission {
        let label = entries.carried[Int(place)]
        if seen.insert(label).inserted { lists.append(carried.values(label)) }
        place = entries[place].next
      }
    }
    sightings.append(
      Sighting(
        isOpening: isOpening, time: groups[slot].lastTime, ordinal: report.ordinal, groupOrder: groups[slot].order,
        groupValues: groupValues(slot), carried: lists))
  }

  private func groupValues(_ slot: Int) -> [String] {
    KeyBuilder.texts(groups.keys.key(slot)).map { $0 ?? "" }
  }

  private func emission(of slot: Int, _ report: OpenReport, isComplete: Bool) -> CorrelationEmission {
    CorrelationEmission(
      correlation: program.correlation, ordinal: report.ordinal, isComplete: isComplete, time: report.time,
      start: report.start, end: report.end, groupValues: groupValues(slot), groupOrder: groups[slot].order,
      value: report.value, latestValue: report.latestValue, evidence: report.evidence, omittedEvidence: report.omitted)
  }
}
