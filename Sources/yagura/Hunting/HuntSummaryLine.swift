internal import Detection
internal import Sigma
internal import WindowsFormats

/// The last line of a hunt's JSON lines.
struct HuntSummaryLine {
  let summary: HuntSummary
  let figures: HuntFigures

  func append(to sink: inout ByteSink) {
    func number(_ key: StaticString, _ value: Int) {
      sink.append(key)
      sink.appendDecimal(Int64(value))
    }
    number("{\"type\":\"summary\",\"files\":", figures.files)
    number(",\"records\":", figures.records)
    number(",\"badRecords\":", figures.badRecords)
    number(",\"rules\":{\"loaded\":", figures.loadedRules)
    number(",\"refused\":", figures.refusedRules)
    number(",\"notCheckable\":", figures.notCheckable)
    sink.append("},\"findings\":{")
    for (index, level) in SigmaLevel.allCases.enumerated() {
      if index > 0 { sink.append(",") }
      sink.appendJSONString(level.rawValue)
      number(":", summary.levels[level] ?? 0)
    }
    number("},\"incidents\":", 0)
    sink.append(",\"seconds\":")
    let thousandths = Int((figures.seconds * 1000).rounded())
    sink.append("\(thousandths / 1000).\(String(1000 + thousandths % 1000).dropFirst())")
    number(",\"bytes\":", figures.byteCount)
    number(",\"recovered\":", figures.recovered)
    number(",\"suppressed\":", figures.suppressed)
    sink.append(",\"missingLogs\":[")
    for (index, log) in figures.missingLogs.enumerated() {
      if index > 0 { sink.append(",") }
      sink.append("{\"log\":")
      sink.appendJSONString(log.name)
      number(",\"rules\":", log.rules)
      sink.append("}")
    }
    sink.append("],\"givenUp\":[")
    for (index, rule) in figures.givenUp.enumerated() {
      if index > 0 { sink.append(",") }
      sink.append("{\"detector\":")
      sink.appendJSONString(rule.detector)
      number(",\"events\":", rule.events)
      sink.append("}")
    }
    sink.append("]}\n")
  }
}
