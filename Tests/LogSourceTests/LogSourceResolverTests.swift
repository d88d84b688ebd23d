import Sigma
import Testing

@testable import Detection

private let anything = Expression.contains("CommandLine", "x")

@Suite struct LogSourceResolverTests {
  /// The categories of published rules for Windows.
  @Test(arguments: [
    "create_remote_thread", "create_stream_hash", "dns_query", "driver_load", "file_change", "file_delete",
    "file_event", "file_executable_detected", "image_load", "network_connection", "pipe_created", "process_access",
    "process_creation", "process_tampering", "ps_classic_provider_start", "ps_classic_start", "ps_module", "ps_script",
    "raw_access_thread", "registry_add", "registry_delete", "registry_event", "registry_set", "sysmon_error",
    "sysmon_status", "wmi_event", "antivirus", "file_block_executable", "file_block_shredding",
    "file_delete_detected", "process_termination", "registry_rename", "ps_classic_script", "clipboard_capture",
  ])
  func resolvesCategory(_ category: String) throws {
    let field = category == "antivirus" ? "Signature" : "Image"
    let sources = try #require(SigmaRule(category: category, .has(field, "x")).sources)
    #expect(!sources.sources.isEmpty)
    #expect(!sources.sources[0].isTwin)
    #expect(sources.sources.allSatisfy { !$0.routes.isEmpty })
  }

  /// The services of published rules for Windows.
  @Test(arguments: [
    "application", "applocker", "appmodel-runtime", "appxdeployment-server", "appxpackaging-om", "bits-client", "capi2",
    "certificateservicesclient-lifecycle-system", "codeintegrity-operational", "diagnosis-scripted", "dns-client",
    "dns-server", "dns-server-analytic", "driver-framework", "firewall-as", "iis-configuration", "ldap", "lsa-server",
    "microsoft-servicebus-client", "msexchange-management", "ntlm", "openssh", "powershell-classic",
    "printservice-admin", "printservice-operational", "security", "security-mitigations", "shell-core",
    "smbclient-connectivity", "smbclient-security", "smbserver-connectivity", "sysmon", "system", "taskscheduler",
    "terminalservices-localsessionmanager", "windefend", "wmi", "powershell", "bitlocker", "vhdmp", "dhcp", "sense",
    "ntfs", "hyper-v-worker", "kernel-event-tracing", "kernel-shimengine", "application-experience", "dns-server-audit",
    "ldap_debug", "servicebus-client",
  ])
  func resolvesService(_ service: String) throws {
    let sources = try #require(SigmaRule(service: service, anything).sources)
    #expect(sources.sources.map(\.label) == [service])
    #expect(sources.sources[0].routes.allSatisfy { !$0.channel.isEmpty })
  }

  @Test func resolvesWindowsAloneToEveryChannel() throws {
    let sources = try #require(SigmaRule(.keyword(.literal("x"))).sources)
    #expect(sources.sources[0].routes == [EventRoute(EventRoute.anyChannel)])
    #expect(sources.sources[0].routes[0].admits(channel: "Whatever", provider: "X", eventID: 7))
  }

  @Test func resolvesCategoriesWithoutProduct() {
    #expect(SigmaRule(category: "process_creation", product: nil, anything).sources != nil)
  }

  @Test func saysWhyALogSourceIsNoWindowsEventLog() {
    #expect(SigmaRule(category: "process_creation", product: "linux", anything).unresolved == .otherProduct("linux"))
    #expect(SigmaRule(category: "file_access", anything).unresolved == .noEventLog(category: "file_access"))
    #expect(SigmaRule(category: "file_rename", anything).unresolved == .noEventLog(category: "file_rename"))
    #expect(SigmaRule(category: "proxy", product: nil, anything).unresolved == .unknownCategory("proxy"))
    #expect(SigmaRule(service: "no-such", anything).unresolved == .unknownService("no-such"))
    #expect(SigmaRule(product: nil, anything).unresolved == .empty)
  }

  @Test func everyReasonHasItsCode() {
    let reasons: [UnresolvedLogSource] = [
      .empty, .otherProduct("a"), .unknownCategory("a"), .unknownService("a"), .noEventLog(category: "a"),
      .categoryNotInService(category: "a", service: "b"), .cannotFire,
    ]
    #expect(Set(reasons.map(\.code)).count == reasons.count)
    #expect(reasons.filter { $0.subject.isEmpty } == [.empty, .cannotFire])
  }

  @Test func aServiceBesideTheCategoryChoosesTheSource() throws {
    let sysmon = try #require(SigmaRule(category: "process_creation", service: "sysmon", anything).sources)
    #expect(sysmon.sources.map(\.label) == ["sysmon"])
    let security = try #require(SigmaRule(category: "process_creation", service: "security", anything).sources)
    #expect(security.sources.map(\.label) == ["security-4688"])
    #expect(
      SigmaRule(category: "process_creation", service: "system", anything).unresolved
        == .categoryNotInService(category: "process_creation", service: "system"))
    #expect(
      SigmaRule(category: "process_creation", service: "no-such", anything).unresolved == .unknownService("no-such"))
  }

  @Test func sysmonIsKnownByItsProvider() throws {
    let route = try #require(SigmaRule(category: "process_creation", anything).sources?.sources[0].routes[0])
    #expect(
      route.admits(channel: "microsoft-windows-sysmon/OPERATIONAL", provider: "microsoft-windows-sysmon", eventID: 1))
    #expect(!route.admits(channel: "Microsoft-Windows-Sysmon/Operational", provider: "Other", eventID: 1))
    #expect(
      !route.admits(channel: "Microsoft-Windows-Sysmon/Operational", provider: "Microsoft-Windows-Sysmon", eventID: 5))
    #expect(!route.admits(channel: "Application", provider: "Microsoft-Windows-Sysmon", eventID: 1))
    // Exports without the provider are not passed over.
    #expect(route.admits(channel: "Microsoft-Windows-Sysmon/Operational", provider: nil, eventID: 1))
    #expect(route.admits(channel: "Microsoft-Windows-Sysmon/Operational", provider: "", eventID: 1))
  }

  @Test func clearingTheSecurityLogIsTheEventLogServicesEvent() throws {
    let cleared = try #require(SigmaRule(service: "security", .has("EventID", "1102")).sources)
    #expect(
      cleared.sources[0].routes == [EventRoute("Security", provider: "Microsoft-Windows-Eventlog", eventIDs: [1102])])
    let logon = try #require(SigmaRule(service: "security", .has("EventID", "4624")).sources)
    #expect(
      logon.sources[0].routes
        == [EventRoute("Security", provider: "Microsoft-Windows-Security-Auditing", eventIDs: [4624])])
    let both = try #require(
      SigmaRule(service: "security", .any([.has("EventID", "1102"), .has("EventID", "4624")])).sources)
    #expect(both.sources[0].routes.map(\.eventIDs) == [[4624], [1102]])
  }

  @Test func aRuleThatNamesTheProviderOfSecurityGetsAllOfThem() throws {
    let rule = SigmaRule(service: "security", .all([.has("Provider_Name", "AD FS Auditing"), .has("EventID", "411")]))
    #expect(try #require(rule.sources).sources[0].routes == [EventRoute("Security", eventIDs: [411])])
  }

  @Test func routesHaveOnlyTheEventIDsThatTheRuleAsksFor() throws {
    let rule = SigmaRule(
      service: "system",
      .all([.any([.has("EventID", "7045"), .has("EventID", "7036")]), .not(.has("EventID", "1")), .contains("a", "b")]))
    #expect(try #require(rule.sources).sources[0].routes == [EventRoute("System", eventIDs: [7036, 7045])])
    let open = SigmaRule(service: "system", .any([.has("EventID", "7045"), .contains("a", "b")]))
    #expect(try #require(open.sources).sources[0].routes == [EventRoute("System")])
    let numeric = SigmaRule(service: "system", .field("EventID", .number(.equal, 7)))
    #expect(try #require(numeric.sources).sources[0].routes[0].eventIDs == [7])
  }

  @Test func aRuleForEventIDsThatItsCategoryLacksCannotFire() {
    #expect(SigmaRule(category: "image_load", .has("EventID", "4688")).unresolved == .cannotFire)
    #expect(
      SigmaRule(service: "system", .all([.has("EventID", "1"), .has("EventID", "2")])).unresolved == .cannotFire)
  }

  @Test func addedAndDeletedKeysAreToldByTheEventType() throws {
    let added = try #require(SigmaRule(category: "registry_add", .ends("TargetObject", "\\K")).sources).sources[0]
    let created = EventSample(["EventType": "CreateKey", "TargetObject": "HKLM\\K"])
    let deleted = EventSample(["EventType": "DeleteKey", "TargetObject": "HKLM\\K"])
    #expect(created.satisfies(added.expression))
    #expect(!deleted.satisfies(added.expression))
    let removed = try #require(SigmaRule(category: "registry_delete", .ends("TargetObject", "\\K")).sources).sources[0]
    #expect(!created.satisfies(removed.expression))
    #expect(deleted.satisfies(removed.expression))
  }

  @Test func theTablesAreWhole() {
    for (category, sources) in WindowsCategories.table {
      #expect(category == category.lowercased())
      #expect(Set(sources.map(\.label)).count == sources.count)
      #expect(sources.allSatisfy { $0.routes.allSatisfy { $0.eventIDs?.isEmpty == false } })
    }
    for (alias, service) in WindowsServices.aliases {
      #expect(WindowsServices.table[alias] == nil && WindowsServices.table[service] != nil)
    }
    #expect(WindowsCategories.withoutEventLog.isDisjoint(with: WindowsCategories.table.keys))
  }
}
