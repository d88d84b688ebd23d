internal import Collect
internal import WindowsFormats

/// Statistics as a table with a small bar chart, for a person at a terminal.
struct StatisticsPrinter {
  /// Columns of the chart.
  private static let chartWidth = 30
  private static let bars = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  let statistics: EventStatistics

  func text() -> String {
    var text = ""
    for channel in channels() { text += table(of: channel) + "\n" }
    return text + findings()
  }

  private func channels() -> [String] { Set(statistics.events.keys.map(\.channel)).sorted() }

  private func table(of channel: String) -> String {
    let keys = statistics.events.keys.filter { $0.channel == channel }.sorted()
    let entries = keys.compactMap { statistics.events[$0] }
    let total = entries.reduce(0) { $0 + $1.count }
    let days = entries.flatMap { $0.days.keys }
    let scale = DayScale(first: days.min() ?? 0, last: days.max() ?? 0, width: StatisticsPrinter.chartWidth)
    let name = channel.isEmpty ? Say.unknownChannel.text : Terminal.visible(channel)
    var text = "\(name): \(Say.channelTotal(total, keys.count).text)\n"
    let chart = days.isEmpty ? "" : Say.columnDays(scale.firstText, scale.lastText, scale.daysPerBar).text
    text += row(Say.columnEvent.text, Say.columnCount.text, Say.columnFirst.text, Say.columnLast.text, chart, "")
    let isMixed = Set(keys.map(\.eventID)).count < keys.count
    for (key, entry) in zip(keys, entries) {
      text += row(
        String(key.eventID), String(entry.count), time(entry.first), time(entry.last), scale.chart(entry.days),
        isMixed ? Terminal.visible(key.provider) : "")
    }
    return text
  }

  private func row(
    _ event: String, _ count: String, _ first: String, _ last: String, _ chart: String, _ note: String
  ) -> String {
    let columns = [
      DisplayWidth.padded(event, 8, alignRight: true), DisplayWidth.padded(count, 10, alignRight: true),
      DisplayWidth.padded(first, 19), DisplayWidth.padded(last, 19), chart + (note.isEmpty ? "" : "  " + note),
    ]
    var line = columns.joined(separator: "  ")
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }

  private func time(_ time: EventTime?) -> String {
    guard let time else { return "-" }
    var sink = ByteSink(capacity: 64)
    sink.appendFileTime(time.fileTime)
    return String(sink.string().prefix(19)).replacing("T", with: " ")
  }

  private func findings() -> String {
    guard !statistics.findings.isEmpty else { return "" }
    var text = Say.findings.text + "\n"
    for found in statistics.findings {
      text += "  \(Terminal.visible(found.file))\n"
      if found.gapCount > 0 {
        text += "    \(Say.gaps(found.gapCount, found.missing).text)\n"
        for gap in found.gaps {
          let times = "\(time(gap.after)) → \(time(gap.before))"
          text += "      \(Say.gap(gap.afterID, gap.beforeID, gap.missing, times).text)\n"
        }
      }
      if found.jumps.count > 0 {
        text += "    \(Say.jumps(found.jumps.count).text)\n"
        for jump in found.jumps.largest {
          text += "      \(Say.jump(jump.recordID, time(jump.from), time(jump.to)).text)\n"
        }
      }
    }
    return text
  }

  /// Days drawn as bars; several days a bar when there are more days than columns.
  private struct DayScale {
    let first: Int
    let last: Int
    let daysPerBar: Int
    let barCount: Int

    init(first: Int, last: Int, width: Int) {
      self.first = first
      self.last = last
      daysPerBar = (last - first) / width + 1
      barCount = (last - first) / daysPerBar + 1
    }

    var firstText: String { DayScale.date(first) }
    var lastText: String { DayScale.date(last) }

    private static func date(_ day: Int) -> String {
      var sink = ByteSink(capacity: 64)
      sink.appendFileTime(UInt64(max(day, 0)) * 864_000_000_000)
      return String(sink.string().prefix(10))
    }

    func chart(_ days: [Int: Int]) -> String {
      var counts = [Int](repeating: 0, count: barCount)
      for (day, count) in days { counts[(day - first) / daysPerBar] += count }
      let highest = counts.max() ?? 0
      guard highest > 0 else { return "" }
      return counts.map { count in
        count == 0 ? "·" : bars[min(bars.count - 1, (count * bars.count - 1) / highest)]
      }.joined()
    }
  }
}
