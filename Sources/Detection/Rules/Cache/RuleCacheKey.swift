import Sigma

/// Tells one input of a rule book from any other: a digest over the program, the settings and each file's path and
/// bytes. What has another key is another cache file, so nothing that is stale can be taken.
struct RuleCacheKey: Hashable, Sendable {
  /// SHA-256.
  let bytes: [UInt8]

  init(files: [(path: String, text: [UInt8])], settings: RuleBook.Settings, program: String) {
    var digest = SHA256()
    digest.add(piece: program)
    digest.add(piece: settings.encoded())
    for file in files {
      digest.add(piece: file.path)
      digest.add(piece: file.text)
    }
    bytes = digest.finish()
  }

  var hexadecimal: String { SHA256.hexadecimal(bytes) }
}

extension RuleBook.Settings {
  /// All that the settings say, in one way.
  fileprivate func encoded() -> [UInt8] {
    var writer = CacheWriter()
    writer.put(list: placeholders.values.sorted { $0.key < $1.key }) { writer, placeholder in
      writer.put(placeholder.key)
      writer.put(texts: placeholder.value)
    }
    writer.put(polarity.rawValue)
    writer.put(list: levels.entries) { writer, entry in
      writer.put(entry.rule)
      writer.put(entry.level.rawValue)
    }
    writer.put(list: suppressions.entries) { writer, entry in
      writer.put(entry.rule)
      writer.put(list: entry.fields.sorted { $0.key < $1.key }) { writer, field in
        writer.put(field.key)
        writer.put(list: field.value) { $1.write(to: &$0) }
      }
    }
    return writer.finish()
  }
}

extension TextPattern {
  fileprivate func write(to writer: inout CacheWriter) {
    writer.put(isCased)
    writer.put(list: elements) { writer, element in
      switch element {
      case .literal(let text): writer.put(text)
      case .anyRun: writer.put(UInt32.max - 1)
      case .anyCharacter: writer.put(UInt32.max - 2)
      }
    }
  }
}
