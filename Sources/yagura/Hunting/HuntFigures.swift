internal import Detection
internal import Sigma
internal import WindowsFormats

/// Numbers of a hunt that are not findings.
struct HuntFigures {
  /// A log that rules need and the evidence does not have.
  struct MissingLog {
    var name: String
    var rules: Int
  }

  /// A rule with a pattern that took too many steps.
  struct GivenUp {
    var detector: String
    var title: LocalizedText
    var events: Int
  }

  var files = 0
  var records = 0
  var recovered = 0
  var badRecords = 0
  var byteCount = 0
  var seconds = 0.0
  /// FILETIME; 0 when no record has a time.
  var firstTime: UInt64 = 0
  var lastTime: UInt64 = 0
  var minimumLevel = SigmaLevel.low
  var loadedRules = 0
  var refusedRules = 0
  var notCheckable = 0
  var missingLogs: [MissingLog] = []
  var suppressed = 0
  var givenUp: [GivenUp] = []

  /// The first and the last moment to the minute.
  var timeSpan: String? {
    guard firstTime > 0 else { return nil }
    return "\(HuntFigures.minute(firstTime)) – \(HuntFigures.minute(lastTime)) UTC"
  }

  private static func minute(_ time: UInt64) -> String {
    var sink = ByteSink(capacity: 64)
    sink.appendFileTime(time)
    return String(sink.string().prefix(16)).replacing("T", with: " ")
  }

  mutating func addGivenUp(of book: RuleBook, _ events: [Int: Int]) {
    givenUp = events.sorted { $0.key < $1.key }.map { number, events in
      GivenUp(detector: book.rules[number].detector, title: book.rules[number].title, events: events)
    }
  }

  /// Counts the rules that the evidence could not show anything to, by the first log that each lacks.
  mutating func addCoverage(of book: RuleBook, _ coverage: EvidenceCoverage) {
    notCheckable = book.notAboutEventLogs.count
    var rules: [String: Int] = [:]
    for rule in book.rules {
      let found = coverage.coverage(of: rule.placement)
      guard !found.isChecked else { continue }
      notCheckable += 1
      let name =
        found.state == .channelMissing
        ? found.missingChannels.joined(separator: ", ")
        : Say.huntNeverSeen(found.unseenEvents).text
      rules[name, default: 0] += 1
    }
    missingLogs = rules.map { MissingLog(name: $0.key, rules: $0.value) }
      .sorted { ($1.rules, $0.name) < ($0.rules, $1.name) }
  }
}
