import WindowsFormats

/// One item of a step, its variables exchanged, on its host.
struct StepAction {
  let world: CaseWorld
  let host: CaseHost
  let time: UInt64
  let values: RecipeMap

  func run(_ kind: StepItem.Kind, _ node: RecipeNode) throws {
    switch kind {
    case .process: try startProcess()
    case .end: try host.finish(try process("process"), at: time)
    case .logon: try logon()
    case .logoff: try host.logoff(try session("session"), at: time)
    case .explicitLogon: try giveCredentials()
    case .connection: try connect()
    case .share: try openShare()
    case .file: try host.logFile(try values.text("path"), of: try process("process"), at: time)
    case .registry:
      try host.logRegistryValue(
        try values.text("target"), try values.text("details"), of: try process("process"), at: time)
    case .pipe:
      try host.logPipe(
        try values.text("name"), of: try process("process"), at: time, isCreated: try values.boolean("created") ?? true)
    case .access:
      try host.logAccess(
        of: try process("process"), to: try process("target"), rights: try values.required("rights").integer(),
        trace: try values.text(ifPresent: "trace") ?? "-", at: time)
    case .service: try installService()
    case .task: try registerTask()
    case .powershell:
      try host.logPowerShell(
        try values.text("script"), path: try values.text(ifPresent: "path") ?? "", of: try process("process"),
        level: try values.integer("level") ?? 5, at: time)
    case .clear: try host.clear(try values.text("channel"), by: try process("process").session, at: time)
    case .archive:
      host.logActions.append(.init(kind: .archive, channel: try values.text("channel"), time: time))
    case .event:
      host.add(try EventRecipe(node, defaults: .init(time: time, computer: host.fullName)).event)
    }
  }

  // MARK: Names

  private func process(_ key: String) throws(RecipeError) -> CaseProcess {
    let name = try values.text(key)
    guard let process = host.process(name, at: time) else { throw try values.required(key).error(.unknownName, name) }
    return process
  }

  private func session(_ key: String) throws(RecipeError) -> CaseSession {
    let name = try values.text(key)
    guard let session = host.session(name, at: time) else { throw try values.required(key).error(.unknownName, name) }
    return session
  }

  private func account(_ key: String) throws(RecipeError) -> CaseAccount {
    let name = try values.text(key)
    guard let account = world.account(name) else { throw try values.required(key).error(.unknownName, name) }
    return account
  }

  // MARK: Processes and sessions

  private func startProcess() throws {
    let parent = try process("parent")
    let integrity = try values.text(ifPresent: "integrity")
    if let integrity, CaseProcess.Integrity(rawValue: integrity) == nil {
      throw try values.required("integrity").error(.wrongValue, integrity)
    }
    let started = try host.start(
      try values.text("image"), try values.text("commandLine"), at: time, parent: parent,
      session: values["session"] == nil ? nil : try session("session"),
      integrity: integrity.flatMap { CaseProcess.Integrity(rawValue: $0) },
      directory: try values.text(ifPresent: "directory"))
    if let name = try values.text(ifPresent: "as") { host.named.processes[name] = started }
  }

  private func logon() throws {
    let type: UInt32 = try values.integer("type") ?? 3
    var origin = CaseHost.Origin.local
    if let name = try values.text(ifPresent: "from") {
      guard let other = world.host(name) else { throw try values.required("from").error(.unknownName, name) }
      let port = try values.text(ifPresent: "port") ?? String(other.ephemeralPort())
      origin = CaseHost.Origin(address: other.host.address, port: port, name: other.host.name)
    }
    let account = try account("account")
    let session =
      type == 3
      ? try host.logonFromNetwork(
        account, at: time, origin: origin, package: try values.text(ifPresent: "package") ?? "Kerberos")
      : try host.logonInteractively(account, at: time, type: type, origin: origin, terminal: 2)
    if let name = try values.text(ifPresent: "as") { host.named.sessions[name] = session }
  }

  private func giveCredentials() throws {
    let process = try process("process")
    try host.logExplicitCredentials(
      try account("account"), at: time, server: try values.text("server"),
      information: try values.text("information"), process: process,
      subject: values["session"] == nil ? process.session : try session("session"))
  }

  // MARK: Network

  /// Both ends log a connection between two hosts of the case; one that leaves it is logged here alone.
  private func connect() throws {
    let process = try process("process")
    let port: UInt16 = try values.required("port").integer()
    let transport = try values.text(ifPresent: "transport") ?? "tcp"
    let local = host.ephemeralPort()
    if let name = try values.text(ifPresent: "as") { host.named.ports[name] = local }
    let target = try values.text("to")
    guard let other = world.host(target) else {
      return try host.logConnection(
        of: process, at: time, peer: .init(address: target, name: "-", port: port), localPort: local,
        transport: transport)
    }
    try host.logConnection(
      of: process, at: time, peer: .init(address: other.host.address, name: other.fullName, port: port),
      localPort: local, transport: transport)
    guard let name = try values.text(ifPresent: "acceptedBy") else { return }
    guard let server = other.process(name, at: time) else {
      throw try values.required("acceptedBy").error(.unknownName, name)
    }
    try other.logConnection(
      of: server, at: time + CaseTime.millisecond,
      peer: .init(address: host.host.address, name: host.fullName, port: local), localPort: port, isInitiated: false,
      transport: transport)
  }

  private func openShare() throws {
    let isWrite = try values.boolean("write") ?? false
    try host.logShare(
      try values.text("share"), path: try values.text("path"), file: try values.text("file"),
      mask: isWrite ? 0x12_0196 : 0x12_0089,
      accesses: isWrite
        ? ["%%1538", "%%1541", "%%4417", "%%4418", "%%4420", "%%4423", "%%4424"]
        : ["%%1538", "%%1541", "%%4416", "%%4419", "%%4423"],
      by: try session("session"), at: time)
  }

  // MARK: Services and tasks

  private func installService() throws {
    try host.logService(
      try values.text("name"), path: try values.text("path"),
      account: try values.text(ifPresent: "account") ?? "LocalSystem",
      startType: try values.text(ifPresent: "startType") ?? "demand start", by: try session("session"), at: time)
  }

  private func registerTask() throws {
    let delay = try values["startsAfter"].map { node throws(RecipeError) in try CaseTime.seconds(node) } ?? 0
    try host.logTask(
      try values.text("name"), command: try values.text("command"),
      arguments: try values.text(ifPresent: "arguments") ?? "", start: time + delay, by: try process("process"),
      runAs: try values.text(ifPresent: "account") ?? "SYSTEM", at: time)
  }
}
