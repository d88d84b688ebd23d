import TestSupport

@testable import WindowsFormats

/// What recovery makes of a planted log, judged against what was written.
struct RecoveryScore {
  /// Records in the slack.
  var planted = 0
  /// Records that came back.
  var found = 0
  /// Found with all names and values, or with values that differ no further than the damage explains.
  var right = 0
  /// Found without names: as unnamed values or as strings.
  var unnamed = 0
  /// With a name that the event does not have, without one that it has, or with a value of another field.
  var wrong: [String] = []
  /// Records with a number and time that no planted record has.
  var invented: [String] = []
  /// Not marked as recovered in the value or in the line.
  var unmarked: [String] = []

  var recovered: Int { found + invented.count }

  mutating func add(_ other: RecoveryScore) {
    planted += other.planted
    found += other.found
    right += other.right
    unnamed += other.unnamed
    wrong += other.wrong
    invented += other.invented
    unmarked += other.unmarked
  }
}

extension PlantedLog {
  /// Recovers everything as a run over the file does: first all templates, then chunk by chunk.
  func score() -> RecoveryScore {
    var survey = EventLogSurvey()
    for chunk in chunks { withExactCopy(of: chunk) { survey.add($0, isDirty: false) } }
    var reader = EventLogRecoveryReader(output: .jsonLines, wholeCase: survey.templates, collectsRecords: true)
    reader.begin(file: "log", templates: survey.templates)
    var score = RecoveryScore()
    score.planted = plants.count
    for (index, chunk) in chunks.enumerated() {
      withExactCopy(of: chunk) { bytes in
        var live = EventLogChunkReader(output: .jsonLines)
        live.begin(file: "log")
        _ = live.load(bytes, at: 0, isDirty: false)
        live.renderAll()
        reader.recover(
          bytes, at: PlantedLog.chunkOffset + index * EventLogChunk.byteCount, live: live.liveRanges,
          failed: live.failedRecords, kind: .slack)
      }
      judge(&reader, into: &score)
    }
    return score
  }

  private func judge(_ reader: inout EventLogRecoveryReader, into score: inout RecoveryScore) {
    var start = 0
    for (record, line) in zip(reader.records, reader.lines) {
      let text = reader.withOutput { String(decoding: $0[start..<line.end], as: UTF8.self) }
      start = line.end
      if record.recovery?.source != "slack" || !text.contains(",\"recovered\":true,\"offset\":") {
        score.unmarked.append(text)
      }
      guard let plant = plant(of: record, line.key) else {
        score.invented.append(text)
        continue
      }
      score.found += 1
      guard line.isRendered else {
        score.unnamed += 1
        continue
      }
      if let difference = plant.difference(from: record) {
        score.wrong.append("\(difference): \(text)")
      } else {
        score.right += 1
      }
    }
    reader.clearOutput()
  }

  /// The planted record that a recovered one says it is. Number and time stand in the frame and in the values; where
  /// these differ the line has both, so that either may be the right one.
  private func plant(of record: EventRecord, _ frame: RecordKey) -> Plant? {
    let bySystem: UInt64? = if case .number(let number) = record.recordID { number } else { nil }
    let shown = [bySystem, record.logRecordID]
    for (key, plant) in plants where shown.contains(key.recordID) {
      if plant.record.time == record.time || isShown(frame, in: record) && key.fileTime == frame.fileTime {
        return plant
      }
    }
    return nil
  }

  /// Whether the line says when the record was written: by itself, or as the second that the event has.
  private func isShown(_ frame: RecordKey, in record: EventRecord) -> Bool {
    if let written = record.recovery?.writtenTime { return written == RawRecordReader.text(ofTime: frame.fileTime) }
    let written = RawRecordReader.text(ofTime: frame.fileTime)
    guard let time = record.time, time.prefix(10) == written.prefix(10), let one = PlantedLog.seconds(time),
      let two = PlantedLog.seconds(written)
    else { return false }
    return abs(one - two) <= 1
  }

  /// Seconds of the day.
  private static func seconds(_ time: String) -> Int? {
    let parts = time.dropFirst(11).prefix(8).split(separator: ":").compactMap { Int($0) }
    return parts.count == 3 ? parts[0] * 3600 + parts[1] * 60 + parts[2] : nil
  }
}

extension PlantedLog.Plant {
  /// What the recovered record says that was not written and that no damage to its values explains.
  fileprivate func difference(from other: EventRecord) -> String? {
    guard record.data.map(\.name) == other.data.map(\.name) else {
      return "names \(other.data.map(\.name)) and not \(record.data.map(\.name))"
    }
    for (one, two) in [(record.channel, other.channel), (record.provider, other.provider), (record.host, other.host)] {
      if let two, one != two, !isDamaged { return "\(two) and not \(one ?? "nothing")" }
    }
    for (mine, theirs) in zip(record.data, other.data) where mine.value != theirs.value {
      if !isDamaged { return "\(mine.name) is \(theirs.value)" }
      // Damage changes a value; it does not put the value of another field there.
      let isOthers = record.data.contains { $0.name != mine.name && $0.value == theirs.value }
      if isOthers && theirs.value.isTelling { return "\(mine.name) has the value of another: \(theirs.value)" }
    }
    return nil
  }
}

extension EventValue {
  /// Whether two fields hardly have this value by chance.
  fileprivate var isTelling: Bool {
    switch self {
    case .string(let text): text.count > 3
    case .unsigned(let number): number > 255
    case .integer(let number): number.magnitude > 255
    default: false
    }
  }
}
