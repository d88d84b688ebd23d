/// One thing that happens in a step: a map of its kind and its values, with `on` for another host than the step's and
/// `after` for the seconds since the thing before.
struct StepItem: Sendable {
  enum Kind: String, Sendable, CaseIterable {
    /// A process starts: Sysmon 1 and 4688.
    case process
    /// A process ends: Sysmon 5 and 4689.
    case end
    /// Somebody logs on: 4624, 4672 for an administrator, and what the domain controller writes.
    case logon
    case logoff
    /// Credentials of another account are given: 4648.
    case explicitLogon = "explicit-logon"
    /// Sysmon 3 at both ends.
    case connection
    /// 5140 and 5145.
    case share
    /// Sysmon 11.
    case file
    /// Sysmon 13.
    case registry
    /// Sysmon 17 or 18.
    case pipe
    /// Sysmon 10.
    case access
    /// 7045 and 4697.
    case service
    /// 4698 and Task Scheduler 106.
    case task
    /// 400, 600 and 4104.
    case powershell
    /// A log is cleared: 1102 or 104, and what it held is gone.
    case clear
    /// A log is put aside as `Archive-…`; a new one begins.
    case archive
    /// A recipe; `time` and `computer` may be left out.
    case event

    var keys: Set<String> {
      switch self {
      case .process: ["as", "image", "commandLine", "parent", "session", "integrity", "directory"]
      case .end: ["process"]
      case .logon: ["as", "account", "type", "from", "port", "package"]
      case .logoff: ["session"]
      case .explicitLogon: ["account", "server", "information", "process", "session"]
      case .connection: ["as", "process", "to", "port", "acceptedBy", "transport"]
      case .share: ["session", "share", "path", "file", "write"]
      case .file: ["process", "path"]
      case .registry: ["process", "target", "details"]
      case .pipe: ["process", "name", "created"]
      case .access: ["process", "target", "rights", "trace"]
      case .service: ["name", "path", "session", "account", "startType"]
      case .task: ["name", "process", "command", "arguments", "startsAfter", "account"]
      case .powershell: ["process", "script", "path", "level"]
      case .clear: ["channel", "process"]
      case .archive: ["channel"]
      case .event: []
      }
    }
  }

  var kind: Kind
  var values: RecipeNode
  var host: RecipeNode?
  var delay: UInt64?

  init(_ node: RecipeNode) throws(RecipeError) {
    let map = try node.map()
    let entries = map.entries.filter { $0.key != "on" && $0.key != "after" }
    guard entries.count == 1, let entry = entries.first else { throw node.error(.wrongValue) }
    guard let kind = Kind(rawValue: entry.key) else { throw RecipeError(.unknownName, entry.key, at: entry.place) }
    self.kind = kind
    values = entry.value
    let values = try entry.value.map()
    if kind != .event { try values.allow(only: kind.keys) }
    host = map["on"]
    if let node = map["after"] { delay = try CaseTime.seconds(node) }
  }
}
