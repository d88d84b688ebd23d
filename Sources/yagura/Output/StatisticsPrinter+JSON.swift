internal import Collect
internal import WindowsFormats

/// Statistics as JSON lines, for programs.
extension StatisticsPrinter {
  func jsonLines() -> String {
    var sink = ByteSink()
    for key in statistics.events.keys.sorted() {
      guard let entry = statistics.events[key] else { continue }
      sink.append("{\"type\":\"event\",\"channel\":")
      sink.appendJSONString(key.channel)
      sink.append(",\"provider\":")
      sink.appendJSONString(key.provider)
      sink.append(",\"eventId\":\(key.eventID),\"count\":\(entry.count),\"first\":")
      append(entry.first, to: &sink)
      sink.append(",\"last\":")
      append(entry.last, to: &sink)
      sink.append(",\"days\":{")
      for (index, day) in entry.days.keys.sorted().enumerated() {
        if index > 0 { sink.append(",") }
        var date = ByteSink(capacity: 64)
        date.appendFileTime(UInt64(max(day, 0)) * 864_000_000_000)
        sink.appendJSONString(String(date.string().prefix(10)))
        sink.append(":\(entry.days[day] ?? 0)")
      }
      sink.append("}}\n")
    }
    for found in statistics.findings { append(found, to: &sink) }
    return sink.string()
  }

  private func append(_ found: EventStatistics.FileFindings, to sink: inout ByteSink) {
    sink.append("{\"type\":\"file\",\"file\":")
    sink.appendJSONString(found.file)
    sink.append(",\"missing\":\(found.missing),\"gaps\":\(found.gapCount),\"largestGaps\":[")
    for (index, gap) in found.gaps.enumerated() {
      if index > 0 { sink.append(",") }
      sink.append("{\"after\":\(gap.afterID),\"before\":\(gap.beforeID),\"from\":")
      append(gap.after, to: &sink)
      sink.append(",\"to\":")
      append(gap.before, to: &sink)
      sink.append("}")
    }
    sink.append("],\"clockJumps\":\(found.jumps.count),\"largestJumps\":[")
    for (index, jump) in found.jumps.largest.enumerated() {
      if index > 0 { sink.append(",") }
      sink.append("{\"recordId\":\(jump.recordID),\"from\":")
      append(jump.from, to: &sink)
      sink.append(",\"to\":")
      append(jump.to, to: &sink)
      sink.append("}")
    }
    sink.append("]}\n")
  }

  private func append(_ time: EventTime?, to sink: inout ByteSink) {
    guard let time else { return sink.append("null") }
    sink.append(34)
    sink.appendFileTime(time.fileTime)
    sink.append(34)
  }
}
