internal import ArgumentParser
internal import Detection
internal import WindowsFormats

extension Rules {
  /// `yagura rules coverage`: a layer for the ATT&CK Navigator (layer format 4.5), one technique an entry, scored by the
  /// number of rules that speak of it.
  struct Coverage: ParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(commandName: "coverage", abstract: Say.rulesCoverageAbstract.text)
    }

    @OptionGroup var selection: Selection

    func run() throws {
      let book = try selection.book()
      var titles: [String: [String]] = [:]
      for rule in book.rules + book.correlations.rules {
        for technique in rule.attack { titles[technique, default: []].append(rule.title.en) }
      }
      var sink = ByteSink()
      let highest = titles.values.map(\.count).max() ?? 1
      sink.append("{\"name\":\"Yagura rules\",\"domain\":\"enterprise-attack\",")
      sink.append("\"versions\":{\"attack\":\"18\",\"navigator\":\"5.1.0\",\"layer\":\"4.5\"},")
      sink.append("\"description\":\"Techniques that the rules have detections for, by number of rules\",")
      sink.append("\"gradient\":{\"colors\":[\"#e8f1fa\",\"#1d5a96\"],\"minValue\":0,\"maxValue\":")
      sink.appendDecimal(Int64(highest))
      sink.append("},\"techniques\":[")
      for (index, technique) in titles.keys.sorted().enumerated() {
        let names = titles[technique] ?? []
        if index > 0 { sink.append(",") }
        sink.append("{\"techniqueID\":")
        sink.appendJSONString(technique)
        sink.append(",\"score\":")
        sink.appendDecimal(Int64(names.count))
        sink.append(",\"comment\":")
        // The Navigator shows the comment in a small box.
        let shown = names.sorted().prefix(10).joined(separator: "; ")
        sink.appendJSONString(names.count > 10 ? "\(shown); and \(names.count - 10) more" : shown)
        sink.append("}")
      }
      sink.append("]}\n")
      var output = try OutputFile(path: nil)
      _ = sink.withBytes { output.write($0) }
    }
  }
}
