/// One line on a terminal that says how far a run is. Silent when standard error is no terminal.
struct Progress {
  private let isVisible: Bool
  private let total: Int?
  private let started = ContinuousClock.now
  private var lastDrawn: ContinuousClock.Instant?

  /// - Parameter total: Bytes to read, where that is known beforehand.
  init(isWanted: Bool, total: Int?) {
    isVisible = isWanted && Terminal.isTerminal(.error)
    self.total = total
  }

  var elapsed: Duration { ContinuousClock.now - started }

  mutating func update(byteCount: Int, records: Int) {
    guard isVisible else { return }
    let now = ContinuousClock.now
    if let lastDrawn, now - lastDrawn < .milliseconds(100) { return }
    lastDrawn = now
    let seconds = Progress.seconds(now - started)
    var line = "\(Progress.size(byteCount))"
    if let total, total > 0 {
      let share = min(1, Double(byteCount) / Double(total))
      let filled = Int(share * 24)
      let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
      line = "\(bar) " + Say.share(Int(share * 100), Progress.size(total)).text
      if share > 0.01 { line += Say.secondsLeft(Int(seconds / share - seconds) + 1).text }
    }
    line += " · \(Say.records(records).text) · \(Progress.rate(byteCount, seconds))"
    Terminal.write("\r\u{1B}[2K" + DisplayWidth.clipped(line, Terminal.width(.error) - 1), to: .error)
  }

  /// Takes the line away, so that other text can be written.
  mutating func clear() {
    guard isVisible, lastDrawn != nil else { return }
    Terminal.write("\r\u{1B}[2K", to: .error)
    lastDrawn = nil
  }

  static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }

  /// One decimal, without a formatter.
  static func decimal(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  static func size(_ bytes: Int) -> String {
    bytes < 10_000_000
      ? "\(decimal(Double(bytes) / 1e6)) MB"
      : bytes < 10_000_000_000
        ? "\(bytes / 1_000_000) MB" : "\(decimal(Double(bytes) / 1e9)) GB"
  }

  static func rate(_ bytes: Int, _ seconds: Double) -> String {
    "\(seconds > 0 ? Int(Double(bytes) / 1e6 / seconds) : 0) MB/s"
  }
}
