/// `service` of a rule for Windows → the channels it means (Sigma 2.1, appendix "Taxonomy", Windows).
///
/// A provider is named where the channel has only one. Where systems or authors spell a channel differently, both
/// spellings are routes.
enum WindowsServices {
  static func routes(of service: String) -> [EventRoute]? {
    table[aliases[service] ?? service]
  }

  /// Former and common other names of services.
  static let aliases = [
    "defender": "windefend",
    "ldap_debug": "ldap",
    "microsoft-servicebus-client": "servicebus-client",
    "powershell_classic": "powershell-classic",
  ]

  static let table: [String: [EventRoute]] = [
    "appmodel-runtime": [EventRoute("Microsoft-Windows-AppModel-Runtime/Admin")],
    // Many programs write here.
    "application": [EventRoute("Application")],
    "application-experience": [
      EventRoute("Microsoft-Windows-Application-Experience/Program-Compatibility-Assistant"),
      EventRoute("Microsoft-Windows-Application-Experience/Program-Telemetry"),
    ],
    "applocker": [
      EventRoute("Microsoft-Windows-AppLocker/EXE and DLL"),
      EventRoute("Microsoft-Windows-AppLocker/MSI and Script"),
      EventRoute("Microsoft-Windows-AppLocker/Packaged app-Deployment"),
      EventRoute("Microsoft-Windows-AppLocker/Packaged app-Execution"),
    ],
    "appxdeployment-server": [EventRoute("Microsoft-Windows-AppXDeploymentServer/Operational")],
    "appxpackaging-om": [EventRoute("Microsoft-Windows-AppxPackaging/Operational")],
    "bitlocker": [EventRoute("Microsoft-Windows-BitLocker/BitLocker Management")],
    "bits-client": [
      EventRoute("Microsoft-Windows-Bits-Client/Operational", provider: "Microsoft-Windows-Bits-Client")
    ],
    "capi2": [EventRoute("Microsoft-Windows-CAPI2/Operational", provider: "Microsoft-Windows-CAPI2")],
    "certificateservicesclient-lifecycle-system": [
      EventRoute("Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational")
    ],
    "codeintegrity-operational": [EventRoute("Microsoft-Windows-CodeIntegrity/Operational")],
    "dhcp": [EventRoute("Microsoft-Windows-DHCP-Server/Operational")],
    "diagnosis-scripted": [EventRoute("Microsoft-Windows-Diagnosis-Scripted/Operational")],
    // The taxonomy has the name the Event Viewer shows; in records the channel is called DNS-Client.
    "dns-client": [
      EventRoute("Microsoft-Windows-DNS Client Events/Operational"),
      EventRoute("Microsoft-Windows-DNS-Client/Operational"),
    ],
    "dns-server": [EventRoute("DNS Server")],
    // The taxonomy writes DNS-Server, records have DNSServer.
    "dns-server-analytic": [
      EventRoute("Microsoft-Windows-DNS-Server/Analytical"), EventRoute("Microsoft-Windows-DNSServer/Analytical"),
    ],
    "dns-server-audit": [
      EventRoute("Microsoft-Windows-DNS-Server/Audit"), EventRoute("Microsoft-Windows-DNSServer/Audit"),
    ],
    "driver-framework": [EventRoute("Microsoft-Windows-DriverFrameworks-UserMode/Operational")],
    "firewall-as": [EventRoute("Microsoft-Windows-Windows Firewall With Advanced Security/Firewall")],
    // The taxonomy names the provider; records have it with the log's name after it.
    "hyper-v-worker": [
      EventRoute("Microsoft-Windows-Hyper-V-Worker"), EventRoute("Microsoft-Windows-Hyper-V-Worker-Admin"),
      EventRoute("Microsoft-Windows-Hyper-V-Worker-Operational"),
    ],
    "iis-configuration": [EventRoute("Microsoft-IIS-Configuration/Operational")],
    "kernel-event-tracing": [
      EventRoute("Microsoft-Windows-Kernel-EventTracing"), EventRoute("Microsoft-Windows-Kernel-EventTracing/Admin"),
    ],
    "kernel-shimengine": [
      EventRoute("Microsoft-Windows-Kernel-ShimEngine/Diagnostic"),
      EventRoute("Microsoft-Windows-Kernel-ShimEngine/Operational"),
    ],
    "ldap": [EventRoute("Microsoft-Windows-LDAP-Client/Debug")],
    "lsa-server": [EventRoute("Microsoft-Windows-LSA/Operational")],
    "msexchange-management": [EventRoute("MSExchange Management")],
    "ntfs": [EventRoute("Microsoft-Windows-Ntfs/Operational")],
    "ntlm": [EventRoute("Microsoft-Windows-NTLM/Operational")],
    "openssh": [EventRoute("OpenSSH/Operational", provider: "OpenSSH")],
    "powershell": EventRoute.powerShell(),
    "powershell-classic": [.classicPowerShell()],
    "printservice-admin": [EventRoute("Microsoft-Windows-PrintService/Admin")],
    "printservice-operational": [EventRoute("Microsoft-Windows-PrintService/Operational")],
    "security": SecurityService.routes,
    // The Event Viewer shows the names with a space; records have none.
    "security-mitigations": [
      EventRoute("Microsoft-Windows-Security-Mitigations/Kernel Mode"),
      EventRoute("Microsoft-Windows-Security-Mitigations/KernelMode"),
      EventRoute("Microsoft-Windows-Security-Mitigations/User Mode"),
      EventRoute("Microsoft-Windows-Security-Mitigations/UserMode"),
    ],
    "sense": [EventRoute("Microsoft-Windows-SENSE/Operational")],
    "servicebus-client": [
      EventRoute("Microsoft-ServiceBus-Client/Admin"), EventRoute("Microsoft-ServiceBus-Client/Operational"),
    ],
    "shell-core": [EventRoute("Microsoft-Windows-Shell-Core/Operational")],
    "smbclient-connectivity": [EventRoute("Microsoft-Windows-SmbClient/Connectivity")],
    "smbclient-security": [EventRoute("Microsoft-Windows-SmbClient/Security")],
    "smbserver-connectivity": [EventRoute("Microsoft-Windows-SMBServer/Connectivity")],
    "sysmon": [EventRoute(Channel.sysmon, provider: Provider.sysmon)],
    // Many programs write here.
    "system": [EventRoute("System")],
    "taskscheduler": [
      EventRoute("Microsoft-Windows-TaskScheduler/Operational", provider: "Microsoft-Windows-TaskScheduler")
    ],
    "terminalservices-localsessionmanager": [
      EventRoute("Microsoft-Windows-TerminalServices-LocalSessionManager/Operational")
    ],
    "vhdmp": [EventRoute("Microsoft-Windows-VHDMP/Operational"), EventRoute("Microsoft-Windows-VHDMP-Operational")],
    "windefend": [EventRoute(Channel.defender, provider: Provider.defender)],
    // Not in the taxonomy, which has no rules for this log.
    "winrm": [EventRoute("Microsoft-Windows-WinRM/Operational", provider: "Microsoft-Windows-WinRM")],
    "wmi": [EventRoute(Channel.wmiActivity, provider: Provider.wmiActivity)],
  ]
}

/// The Security channel, in which two providers of Windows write: auditing, and the event log service about itself.
enum SecurityService {
  /// Of the event log service: it shut down, events were dropped, the log was cleared, is full, was archived, or
  /// could not be written (Microsoft Learn, "Audit events: other events").
  static let eventLogIDs: [UInt32] = [1100, 1101, 1102, 1104, 1105, 1106, 1107, 1108]

  static let routes = [
    EventRoute(Channel.security, provider: Provider.securityAuditing),
    EventRoute(Channel.security, provider: Provider.eventLog, eventIDs: eventLogIDs),
  ]

  /// For rules that name the provider themselves: programs may write here too, such as AD FS and SQL Server.
  static let anyProvider = [EventRoute(Channel.security)]
}
