import Sigma
import WindowsFormats

/// The lists of routes of a rule set, each once: three thousand rules look at a hundred kinds of event.
struct RouteLists {
  private(set) var lists: [[EventRoute]] = []
  private var numbers: [[EventRoute]: Int] = [:]

  init(of rules: some Sequence<HuntRule>) {
    for rule in rules {
      guard case .checked(let sources) = rule.placement else { continue }
      for source in sources where numbers[source.routes] == nil {
        numbers[source.routes] = lists.count
        lists.append(source.routes)
      }
    }
  }

  func number(of routes: [EventRoute]) -> Int { numbers[routes] ?? 0 }

  func write(to writer: inout CacheWriter) {
    writer.put(list: lists) { writer, routes in
      writer.put(list: routes) { $1.write(to: &$0) }
    }
  }

  init(reading reader: inout CacheReader) throws(CacheFault) {
    lists = try reader.list { reader throws(CacheFault) in
      try reader.list { reader throws(CacheFault) in try EventRoute(reading: &reader) }
    }
  }
}

extension EventRoute {
  fileprivate func write(to writer: inout CacheWriter) {
    writer.put(channel)
    writer.put(provider)
    writer.put(eventIDs != nil)
    writer.put(list: eventIDs ?? []) { $0.put($1) }
  }

  fileprivate init(reading reader: inout CacheReader) throws(CacheFault) {
    let channel = try reader.text()
    let provider = try reader.optionalText()
    let hasIDs = try reader.flag()
    let eventIDs = try reader.list { reader throws(CacheFault) in try reader.number32() }
    self.init(channel, provider: provider, eventIDs: hasIDs ? eventIDs : nil)
  }
}

extension RulePlacement {
  func write(to writer: inout CacheWriter, _ routes: RouteLists) {
    switch self {
    case .checked(let sources):
      writer.put(UInt8(0))
      writer.put(list: sources) { writer, source in
        writer.put(source.label)
        writer.put(routes.number(of: source.routes))
      }
    case .correlated: writer.put(UInt8(1))
    case .unresolved(let reason):
      writer.put(UInt8(2))
      reason.write(to: &writer)
    }
  }

  init(reading reader: inout CacheReader, _ routes: RouteLists) throws(CacheFault) {
    switch try reader.byte() {
    case 0:
      self = .checked(
        try reader.list { reader throws(CacheFault) in
          let label = try reader.text()
          let number = try reader.integer()
          guard routes.lists.indices.contains(number) else { throw CacheFault() }
          return Source(label: label, routes: routes.lists[number])
        })
    case 1: self = .correlated
    case 2: self = .unresolved(try UnresolvedLogSource(reading: &reader))
    default: throw CacheFault()
    }
  }
}

extension UnresolvedLogSource {
  fileprivate func write(to writer: inout CacheWriter) {
    let (code, texts): (UInt8, [String]) =
      switch self {
      case .empty: (0, [])
      case .otherProduct(let name): (1, [name])
      case .unknownCategory(let name): (2, [name])
      case .unknownService(let name): (3, [name])
      case .noEventLog(let name): (4, [name])
      case .categoryNotInService(let category, let service): (5, [category, service])
      case .cannotFire: (6, [])
      }
    writer.put(code)
    for text in texts { writer.put(text) }
  }

  fileprivate init(reading reader: inout CacheReader) throws(CacheFault) {
    switch try reader.byte() {
    case 0: self = .empty
    case 1: self = .otherProduct(try reader.text())
    case 2: self = .unknownCategory(try reader.text())
    case 3: self = .unknownService(try reader.text())
    case 4: self = .noEventLog(category: try reader.text())
    case 5: self = .categoryNotInService(category: try reader.text(), service: try reader.text())
    case 6: self = .cannotFire
    default: throw CacheFault()
    }
  }
}
