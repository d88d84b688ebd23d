import WindowsFormats

/// Turns the events of a host into its files: one log a channel, what was archived in files of its own, and what was
/// lost with a clearing left out.
struct CaseLogs {
  private let host: CaseHost
  private let records: [CaseRecord]

  init(_ host: CaseHost) {
    self.host = host
    records = host.records.enumerated()
      .sorted { ($0.element.event.time, $0.offset) < ($1.element.event.time, $1.offset) }.map(\.element)
  }

  func made() throws -> GeneratedCase.Host {
    var result = GeneratedCase.Host(name: host.host.name, files: [], events: records.map(\.event), evidence: [])
    var channels: [String: [CaseRecord]] = [:]
    for record in records { channels[record.event.channel, default: []].append(record) }
    var random = SplitMix64(seed: host.world.seed, host.host.id, "records")
    for (channel, records) in channels.sorted(by: { $0.key < $1.key }) {
      let first = UInt64(random.number(2_000...400_000))
      try add(records, of: channel, firstRecordID: first, to: &result)
    }
    result.files.sort { $0.name < $1.name }
    result.evidence.sort { ($0.time, $0.file, $0.recordID) < ($1.time, $1.file, $1.recordID) }
    return result
  }

  private func add(
    _ records: [CaseRecord], of channel: String, firstRecordID: UInt64, to result: inout GeneratedCase.Host
  ) throws {
    let name = RecipeLog.fileName(of: channel)
    var begin = 0
    let actions = host.logActions.filter { $0.channel == channel }.sorted { $0.time < $1.time }
    for action in actions {
      let cut = records.firstIndex { $0.event.time >= action.time } ?? records.count
      guard cut >= begin else { continue }
      if action.kind == .archive, cut > begin {
        let file = archiveName(of: name, at: action.time)
        try write(records[begin..<cut], channel, file, firstRecordID + UInt64(begin), to: &result)
      }
      begin = cut
    }
    guard begin < records.count else { return }
    try write(records[begin...], channel, name, firstRecordID + UInt64(begin), to: &result)
  }

  /// `Archive-Security-2026-10-06-17-55-03-418.evtx`, as the event log service names a full log.
  private func archiveName(of name: String, at time: UInt64) -> String {
    let stamp = CaseTime.sysmonText(time).map { $0.isNumber ? $0 : "-" }
    return "Archive-\(name.dropLast(5))-\(String(stamp)).evtx"
  }

  private func write(
    _ records: ArraySlice<CaseRecord>, _ channel: String, _ name: String, _ firstRecordID: UInt64,
    to result: inout GeneratedCase.Host
  ) throws {
    let options = EventLogWriter.Options(minorVersion: 2, firstRecordID: firstRecordID)
    var writer = EventLogWriter(options: options)
    for record in records {
      let recordID = record.event.recordID ?? writer.nextRecordID ?? 0
      try writer.append(record.event)
      guard let step = record.step else { continue }
      result.evidence.append(
        .init(step: step, file: name, recordID: recordID, eventID: record.event.eventID, time: record.event.time))
    }
    result.files.append(.init(channel: channel, name: name, bytes: writer.finish()))
    result.writtenCount += records.count
  }
}
