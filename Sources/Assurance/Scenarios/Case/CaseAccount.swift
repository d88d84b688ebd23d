import WindowsFormats

/// Who does something in a case.
struct CaseAccount: Hashable {
  var sid: EventLogWriter.SID
  var name: String
  var domain: String
  var isAdministrator = false

  var fullName: String { "\(domain)\\\(name)" }

  static let localSystem = CaseAccount(
    sid: .localSystem, name: "SYSTEM", domain: "NT AUTHORITY", isAdministrator: true)
  static let networkService = CaseAccount(sid: .networkService, name: "NETWORK SERVICE", domain: "NT AUTHORITY")
  static let localService = CaseAccount(sid: .localService, name: "LOCAL SERVICE", domain: "NT AUTHORITY")
}

/// A logon session on a host.
struct CaseSession: Hashable {
  var id: UInt64
  var account: CaseAccount
  /// LogonType of 4624.
  var type: UInt32
  /// Session number of the terminal: 0 for services and the network.
  var terminal: UInt32 = 0
  var address = "-"
  var port = "-"

  static let system = CaseSession(id: 0x3E7, account: .localSystem, type: 0)
  static let networkService = CaseSession(id: 0x3E4, account: .networkService, type: 5)
  static let localService = CaseSession(id: 0x3E5, account: .localService, type: 5)

  /// One of the three that every host has.
  var isService: Bool { id < 0x3E8 }
}

/// A process on a host.
struct CaseProcess: Hashable {
  enum Integrity: String {
    case medium = "Medium"
    case high = "High"
    case system = "System"

    var label: EventLogWriter.SID {
      EventLogWriter.SID(authority: 16, [self == .medium ? 8192 : self == .high ? 12288 : 16384])
    }
  }

  var processID: UInt32
  var guid: EventLogWriter.GUID
  var image: String
  var commandLine: String
  var session: CaseSession
  var integrity: Integrity

  /// The file's name.
  var name: String { image.split(separator: "\\").last.map(String.init) ?? image }
}
