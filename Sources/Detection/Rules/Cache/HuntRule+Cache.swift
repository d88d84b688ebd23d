import Sigma
import WindowsFormats

/// What is said about rules, for a cache.
extension HuntRule {
  func write(to writer: inout CacheWriter, _ routes: RouteLists) {
    writer.put(detector)
    metadata.write(to: &writer)
    title.write(to: &writer)
    writer.put(level.rawValue)
    for texts in [behaviours, attack, tactics, shownFields] { writer.put(texts: texts) }
    explanation.write(to: &writer)
    response.write(to: &writer)
    writer.put(isReported)
    placement.write(to: &writer, routes)
  }

  init(reading reader: inout CacheReader, _ routes: RouteLists) throws(CacheFault) {
    detector = try reader.text()
    metadata = try SigmaMetadata(reading: &reader)
    title = try LocalizedText(reading: &reader)
    level = try reader.word()
    behaviours = try reader.textList()
    attack = try reader.textList()
    tactics = try reader.textList()
    shownFields = try reader.textList()
    explanation = try LocalizedText(reading: &reader)
    response = try LocalizedText(reading: &reader)
    isReported = try reader.flag()
    placement = try RulePlacement(reading: &reader, routes)
  }
}

extension LocalizedText {
  fileprivate func write(to writer: inout CacheWriter) {
    writer.put(en)
    writer.put(ja)
  }

  fileprivate init(reading reader: inout CacheReader) throws(CacheFault) {
    let en = try reader.text()
    self.init(en: en, ja: try reader.text())
  }
}

extension SigmaMetadata {
  func write(to writer: inout CacheWriter) {
    for text in [id, name, title, description, status?.rawValue, level?.rawValue, author, date, modified] {
      writer.put(text)
    }
    for texts in [references, falsePositives, tags] { writer.put(texts: texts) }
    writer.put(list: custom.sorted { $0.key < $1.key }) { writer, pair in
      writer.put(pair.key)
      writer.put(pair.value)
    }
    location.write(to: &writer)
  }

  init(reading reader: inout CacheReader) throws(CacheFault) {
    let id = try reader.optionalText()
    let name = try reader.optionalText()
    let title = try reader.text()
    self.init(title: title, location: SigmaLocation(path: "", line: 0))
    self.id = id
    self.name = name
    description = try reader.text()
    status = try reader.optionalWord()
    level = try reader.optionalWord()
    author = try reader.text()
    date = try reader.text()
    modified = try reader.text()
    references = try reader.textList()
    falsePositives = try reader.textList()
    tags = try reader.textList()
    for _ in 0..<(try reader.count()) {
      let key = try reader.text()
      custom[key] = try reader.text()
    }
    location = try SigmaLocation(reading: &reader)
  }
}

extension SigmaLocation {
  fileprivate func write(to writer: inout CacheWriter) {
    writer.put(path)
    writer.put(line)
    writer.put(column)
  }

  fileprivate init(reading reader: inout CacheReader) throws(CacheFault) {
    self.init(path: try reader.text(), line: try reader.integer(), column: try reader.integer())
  }
}

extension SigmaDiagnostic {
  func write(to writer: inout CacheWriter) {
    writer.put(reason.rawValue)
    writer.put(subject)
    location.write(to: &writer)
    writer.put(severity.rawValue)
  }

  init(reading reader: inout CacheReader) throws(CacheFault) {
    let reason = Reason(rawValue: try reader.text())
    let subject = try reader.text()
    self.init(reason, subject, at: try SigmaLocation(reading: &reader), severity: try reader.word())
  }
}
