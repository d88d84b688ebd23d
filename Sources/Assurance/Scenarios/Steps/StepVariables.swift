import WindowsFormats

/// Exchanges `${…}` in a scenario's texts.
///
/// - `host`, `user`, `domain`, the identifiers of hosts and accounts, and the variables of `for`; then a dot and one of
///   `name`, `fullName`, `address`, `sid`, `dns`.
/// - `pid.NAME`, `pidHex.NAME`, `guid.NAME`, `image.NAME`, `logon.NAME`, `port.NAME`: a process, session or port of the
///   host that a step has named; with a host before it (`fs01.pid.NAME`), of another one.
/// - `time` and `time.sysmon`: the moment of the event.
struct StepVariables {
  let world: CaseWorld
  let host: CaseHost
  let time: UInt64
  let loop: [String: String]

  /// - Throws: `RecipeError.Code.unknownVariable` for a name that stands for nothing.
  func text(_ text: String, at place: RecipePlace) throws(RecipeError) -> String {
    var result = ""
    var rest = Substring(text)
    while let start = rest.firstRange(of: "${") {
      result += rest[..<start.lowerBound]
      guard let end = rest[start.upperBound...].firstIndex(of: "}") else {
        throw RecipeError(.unknownVariable, text, at: place)
      }
      let name = String(rest[start.upperBound..<end])
      guard let value = value(of: name) else { throw RecipeError(.unknownVariable, name, at: place) }
      result += value
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  func resolved(_ node: RecipeNode) throws(RecipeError) -> RecipeNode {
    try node.mapScalars { text, place throws(RecipeError) in try self.text(text, at: place) }
  }

  private func value(of name: String) -> String? {
    var parts = name.split(separator: ".", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
    guard let first = parts.first else { return nil }
    if let value = loop[first] {
      if parts.count == 1 { return value }
      parts[0] = value
    }
    if parts[0] == "time" { return parts.count == 1 ? CaseTime.text(time) : CaseTime.sysmonText(time) }
    let subject = parts[0] == "host" ? host : world.host(parts[0])
    if let subject, parts.count == 3 { return thing(of: subject, parts[1], parts[2]) }
    guard parts.count == 2 else { return nil }
    if let value = thing(of: host, parts[0], parts[1]) { return value }
    return property(of: parts[0], subject, parts[1])
  }

  private func property(of name: String, _ subject: CaseHost?, _ property: String) -> String? {
    if name == "domain" {
      return switch property {
      case "name": world.scenario.domain.name
      case "dns": world.scenario.domain.dns
      default: nil
      }
    }
    if let subject {
      return switch property {
      case "name": subject.host.name
      case "fullName": subject.fullName
      case "address": subject.host.address
      default: nil
      }
    }
    let id = name == "user" ? host.host.user : name
    guard let account = id.flatMap({ world.account($0) }) else { return nil }
    return switch property {
    case "name": account.name
    case "fullName": account.fullName
    case "sid": "S-1-\(account.sid.authority)" + account.sid.subAuthorities.map { "-\($0)" }.joined()
    case "sidBytes": StepVariables.bytes(account).map { String($0) }.joined(separator: ", ")
    default: nil
    }
  }

  /// A SID as the list of bytes that a MOF text has.
  private static func bytes(_ account: CaseAccount) -> [UInt8] {
    var bytes: [UInt8] = [1, UInt8(account.sid.subAuthorities.count)]
    for shift in stride(from: UInt64(40), through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: account.sid.authority >> shift))
    }
    for part in account.sid.subAuthorities {
      for shift in stride(from: UInt32(0), to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: part >> shift)) }
    }
    return bytes
  }

  private func thing(of host: CaseHost, _ kind: String, _ name: String) -> String? {
    switch kind {
    case "pid": return host.process(name, at: time).map { String($0.processID) }
    case "pidHex": return host.process(name, at: time).map { "0x" + String($0.processID, radix: 16) }
    case "guid": return host.process(name, at: time).map { $0.guid.bracedText }
    case "image": return host.process(name, at: time)?.image
    case "logon": return host.session(name, at: time).map { "0x" + String($0.id, radix: 16) }
    case "port": return host.named.ports[name].map { String($0) }
    default: return nil
    }
  }
}

extension CaseHost {
  /// A process that a step has named, else one of Windows.
  func process(_ name: String, at time: UInt64) -> CaseProcess? {
    named.processes[name] ?? uptime(at: time)?.processes[name]
  }

  /// A session that a step has named, one of the three service accounts, or `user`: who works at the host.
  func session(_ name: String, at time: UInt64) -> CaseSession? {
    switch name {
    case "system": .system
    case "network-service": .networkService
    case "local-service": .localService
    case "user": uptime(at: time)?.userSession
    default: named.sessions[name]
    }
  }
}
