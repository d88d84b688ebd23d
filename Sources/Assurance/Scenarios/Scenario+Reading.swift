import WindowsFormats

extension Scenario {
  /// Reads a scenario file.
  /// - Parameter name: What the scenario is called: the file's name without `.yml`.
  /// - Throws: `RecipeError` with the place of what is wrong.
  public init(parsing bytes: [UInt8], name: String, file: String) throws(RecipeError) {
    let map = try RecipeReader(file: file).read(bytes).map()
    try map.allow(only: [
      "title", "description", "sources", "start", "days", "utcOffset", "domain", "hosts", "accounts", "noise", "steps",
    ])
    self.name = name
    title = try ScenarioText(map.required("title"))
    description = try ScenarioText(map.required("description"))
    sources = []
    for node in try map.list("sources") { sources.append(try Source(node)) }
    let start = try map.text("start")
    guard let time = EventTime(start) else { throw try map.required("start").error(.wrongValue, start) }
    self.start = time.fileTime
    days = try map.required("days").integer()
    guard (1...RecipeLimits.days).contains(days) else { throw try map.required("days").error(.wrongValue, "\(days)") }
    utcOffsetMinutes = try map.integer("utcOffset") ?? 0
    guard abs(utcOffsetMinutes) <= 840 else { throw try map.required("utcOffset").error(.wrongValue) }
    domain = try Domain(map.required("domain"))
    accounts = try Scenario.read(map, "accounts", atMost: RecipeLimits.accounts) { node throws(RecipeError) in
      try Account(node)
    }
    hosts = try Scenario.read(map, "hosts", atMost: RecipeLimits.hosts) { node throws(RecipeError) in try Host(node) }
    noise = []
    for node in try map.list("noise") { noise.append(try Noise(node, hosts: hosts)) }
    steps = try Scenario.read(map, "steps", atMost: RecipeLimits.steps) { node throws(RecipeError) in try Step(node) }
    try check(map)
  }

  private static func read<Element>(
    _ map: RecipeMap, _ key: String, atMost limit: Int, _ make: (RecipeNode) throws(RecipeError) -> Element
  ) throws(RecipeError) -> [Element] {
    let nodes = try map.list(key)
    guard nodes.count <= limit else { throw map.error(.tooMany, key) }
    var elements: [Element] = []
    for node in nodes { elements.append(try make(node)) }
    return elements
  }

  /// Names that refer to something are known, and names that are referred to are there once.
  private func check(_ map: RecipeMap) throws(RecipeError) {
    guard !hosts.isEmpty else { throw map.error(.missing, "hosts") }
    var names: Set<String> = ["host", "user", "pid", "guid", "logon", "port", "time", "domain"]
    for name in hosts.map(\.id) + accounts.map(\.id) where !names.insert(name).inserted {
      throw map.error(.duplicateKey, name)
    }
    for host in hosts {
      if let user = host.user, !accounts.contains(where: { $0.id == user }) {
        throw try map.required("hosts").error(.unknownName, user)
      }
    }
    let length = UInt64(days) * CaseTime.day
    for step in steps {
      guard hosts.contains(where: { $0.id == step.host }) || step.host.hasPrefix("${") else {
        throw RecipeError(.unknownName, step.host, at: step.place)
      }
      for source in step.sources where !sources.contains(where: { $0.id == source }) {
        throw RecipeError(.unknownName, source, at: step.place)
      }
      let last = (step.rounds?.interval ?? 0) * UInt64(max((step.rounds?.values.count ?? 1) - 1, 0))
      guard step.offset + last < length else { throw RecipeError(.wrongValue, "at", at: step.place) }
    }
  }
}

extension ScenarioText {
  /// `{en: …, ja: …}`, or one text for both.
  init(_ node: RecipeNode) throws(RecipeError) {
    if node.scalar != nil {
      let text = try node.text()
      self.init(en: text, ja: text)
      return
    }
    let map = try node.map()
    try map.allow(only: ["en", "ja"])
    self.init(en: try map.text("en"), ja: try map.text("ja"))
  }
}

extension Scenario.Source {
  init(_ node: RecipeNode) throws(RecipeError) {
    let map = try node.map()
    try map.allow(only: ["id", "title", "url"])
    id = try map.text("id")
    title = try map.text("title")
    url = try map.text(ifPresent: "url")
  }
}

extension Scenario.Domain {
  init(_ node: RecipeNode) throws(RecipeError) {
    let map = try node.map()
    try map.allow(only: ["name", "dns", "sid"])
    name = try map.text("name")
    dns = try map.text("dns")
    let text = try map.text("sid")
    // An account's relative identifier has to fit behind it.
    guard let sid = EventLogWriter.SID(text), sid.subAuthorities.count < 15 else {
      throw try map.required("sid").error(.wrongValue, text)
    }
    self.sid = sid
  }
}

extension Scenario.Account {
  init(_ node: RecipeNode) throws(RecipeError) {
    let map = try node.map()
    try map.allow(only: ["id", "name", "rid", "administrator"])
    id = try map.text("id")
    name = try map.text("name")
    rid = try map.required("rid").integer()
    isAdministrator = try map.boolean("administrator") ?? false
  }
}

extension Scenario.Host {
  init(_ node: RecipeNode) throws(RecipeError) {
    let map = try node.map()
    try map.allow(only: ["id", "name", "address", "role", "user", "build", "silentFrom"])
    id = try map.text("id")
    name = try map.text("name")
    // The name becomes a folder.
    guard !name.isEmpty, name.utf8.count <= 15,
      name.unicodeScalars.allSatisfy({ $0.isASCII && ($0.isLetterOrDigit || $0 == "-") })
    else { throw try map.required("name").error(.wrongValue, name) }
    address = try map.text("address")
    let text = try map.text("role")
    guard let role = Role(rawValue: text) else { throw try map.required("role").error(.wrongValue, text) }
    self.role = role
    user = try map.text(ifPresent: "user")
    build = try map.text("build")
    if let node = map["silentFrom"] { silence = try CaseTime.offset(node) }
  }
}

extension Unicode.Scalar {
  fileprivate var isLetterOrDigit: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
  }
}

extension Scenario.Noise {
  init(_ node: RecipeNode, hosts known: [Scenario.Host]) throws(RecipeError) {
    let map = try node.map()
    try map.allow(only: ["generator", "hosts", "rate"])
    let text = try map.text("generator")
    guard let generator = NoiseGenerator(rawValue: text) else {
      throw try map.required("generator").error(.unknownName, text)
    }
    self.generator = generator
    hosts = try map.texts("hosts")
    for host in hosts where !known.contains(where: { $0.id == host }) {
      throw try map.required("hosts").error(.unknownName, host)
    }
    rate = 1
    guard let node = map["rate"] else { return }
    guard let number = Double(try node.text()), (0.01...20).contains(number) else {
      throw node.error(.wrongValue, try node.text())
    }
    rate = number
  }
}

extension Scenario.Step {
  init(_ node: RecipeNode) throws(RecipeError) {
    let map = try node.map()
    try map.allow(only: [
      "id", "title", "grade", "sources", "record", "inference", "at", "host", "for", "every", "events",
    ])
    place = node.place
    id = try map.text("id")
    title = try ScenarioText(map.required("title"))
    let text = try map.text("grade")
    guard let grade = Scenario.Grade(rawValue: text) else { throw try map.required("grade").error(.wrongValue, text) }
    self.grade = grade
    sources = try map.texts("sources")
    record = try ScenarioText(map.required("record"))
    inference = try ScenarioText(map.required("inference"))
    offset = try CaseTime.offset(map.required("at"))
    host = try map.text("host")
    items = []
    for node in try map.required("events").list() { items.append(try StepItem(node)) }
    try readRounds(map)
    guard items.count * (rounds?.values.count ?? 1) <= RecipeLimits.itemsPerStep else {
      throw map.error(.tooMany, "events")
    }
  }

  private mutating func readRounds(_ map: RecipeMap) throws(RecipeError) {
    guard let node = map["for"] else { return }
    let loop = try node.map()
    guard loop.entries.count == 1, let entry = loop.entries.first else { throw node.error(.wrongValue) }
    let values = try loop.texts(entry.key)
    guard (1...RecipeLimits.itemsPerStep).contains(values.count) else { throw node.error(.tooMany, entry.key) }
    rounds = Scenario.Rounds(
      variable: entry.key, values: values, interval: try CaseTime.seconds(map.required("every")))
  }
}
