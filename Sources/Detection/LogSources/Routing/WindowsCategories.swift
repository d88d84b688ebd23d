import Sigma

/// One of the event sources of a category.
struct CategorySource {
  var label: String
  var routes: [EventRoute]
  /// What makes an event one of the category beside its id.
  var condition: Expression
  /// How the rule is put for these events; nil when it is written in their own field names.
  var twin: TwinMap?

  init(_ label: String, _ routes: [EventRoute], where condition: Expression = .always, twin: TwinMap? = nil) {
    self.label = label
    self.routes = routes
    self.condition = condition
    self.twin = twin
  }

  static func sysmon(_ eventIDs: UInt32..., where condition: Expression = .always) -> CategorySource {
    CategorySource(
      "sysmon", [EventRoute(Channel.sysmon, provider: Provider.sysmon, eventIDs: eventIDs)], where: condition)
  }
}

/// `category` of a rule for Windows → the events it means (Sigma 2.1, appendix "Taxonomy", Windows), twins last.
enum WindowsCategories {
  /// Categories whose events come from event tracing only and are written to no log.
  static let withoutEventLog: Set<String> = ["file_access", "file_rename"]

  static let table: [String: [CategorySource]] = [
    "antivirus": [Antivirus.defender],
    "clipboard_capture": [.sysmon(24)],
    "clipboard_change": [.sysmon(24)],
    "create_remote_thread": [.sysmon(8)],
    "create_stream_hash": [.sysmon(15)],
    "dns_query": [.sysmon(22)],
    "driver_load": [.sysmon(6)],
    "file_block_executable": [.sysmon(27)],
    "file_block_shredding": [.sysmon(28)],
    "file_change": [.sysmon(2)],
    // 26 is the same event where Sysmon keeps no copy of the file.
    "file_delete": [.sysmon(23, 26)],
    "file_delete_detected": [.sysmon(26)],
    "file_event": [.sysmon(11)],
    "file_executable_detected": [.sysmon(29)],
    "image_load": [.sysmon(7)],
    "network_connection": [
      .sysmon(3), CategorySource("security-5156", [.securityAuditing(5156)], twin: .connectionAllowed),
    ],
    "pipe_created": [.sysmon(17, 18)],
    "process_access": [.sysmon(10)],
    "process_creation": [
      .sysmon(1), CategorySource("security-4688", [.securityAuditing(4688)], twin: .processCreated),
    ],
    "process_tampering": [.sysmon(25)],
    "process_termination": [.sysmon(5)],
    "ps_classic_provider_start": [CategorySource("powershell-classic", [.classicPowerShell(600)])],
    "ps_classic_script": [CategorySource("powershell-classic", [.classicPowerShell(800)])],
    "ps_classic_start": [CategorySource("powershell-classic", [.classicPowerShell(400)])],
    "ps_module": [CategorySource("powershell", EventRoute.powerShell([4103]))],
    "ps_script": [CategorySource("powershell", EventRoute.powerShell([4104]))],
    "raw_access_read": [.sysmon(9)],
    "raw_access_thread": [.sysmon(9)],
    "registry_add": [
      .sysmon(12, where: .eventType("CreateKey")),
      // 4657 tells of values only. A new value is the nearest it has to an added key.
      CategorySource(
        "security-4657", [.securityAuditing(4657)], where: RegistryOperation.created, twin: .registryValue),
    ],
    "registry_delete": [
      .sysmon(12, where: .eventType("DeleteKey", "DeleteValue")),
      CategorySource(
        "security-4657", [.securityAuditing(4657)], where: RegistryOperation.deleted, twin: .registryValue),
    ],
    "registry_event": [
      .sysmon(12, 13, 14), CategorySource("security-4657", [.securityAuditing(4657)], twin: .registryValue),
    ],
    "registry_rename": [.sysmon(14)],
    "registry_set": [
      .sysmon(13),
      CategorySource("security-4657", [.securityAuditing(4657)], where: RegistryOperation.set, twin: .registryValue),
    ],
    "sysmon_error": [.sysmon(255)],
    "sysmon_status": [.sysmon(4, 16)],
    "wmi_event": [
      .sysmon(19, 20, 21),
      CategorySource(
        "wmi-activity-5861", [.wmiBinding], where: .not(.field(DerivedField.bindingOrigin.name, .literal("built-in"))),
        twin: .subscriptionBinding),
    ],
  ]
}

extension Expression {
  /// An `EventType` of Sysmon.
  static func eventType(_ values: String...) -> Expression {
    let parts = values.map { Expression.field("EventType", .literal($0)) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }
}

extension Predicate {
  /// A whole value, whatever its letter case.
  static func literal(_ text: String) -> Predicate { .text(TextPattern(literal: text)) }
}
