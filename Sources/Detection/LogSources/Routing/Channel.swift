/// Names of channels and providers that several tables speak of.
enum Channel {
  static let security = "Security"
  static let sysmon = "Microsoft-Windows-Sysmon/Operational"
  static let wmiActivity = "Microsoft-Windows-WMI-Activity/Operational"
  static let defender = "Microsoft-Windows-Windows Defender/Operational"
  static let powerShell = "Microsoft-Windows-PowerShell/Operational"
  static let powerShellCore = "PowerShellCore/Operational"
  static let windowsPowerShell = "Windows PowerShell"
}

enum Provider {
  static let securityAuditing = "Microsoft-Windows-Security-Auditing"
  static let eventLog = "Microsoft-Windows-Eventlog"
  static let sysmon = "Microsoft-Windows-Sysmon"
  static let wmiActivity = "Microsoft-Windows-WMI-Activity"
  static let defender = "Microsoft-Windows-Windows Defender"
  static let powerShell = "Microsoft-Windows-PowerShell"
  static let powerShellCore = "PowerShellCore"
}

extension EventRoute {
  static func sysmon(_ eventIDs: UInt32...) -> EventRoute {
    EventRoute(Channel.sysmon, provider: Provider.sysmon, eventIDs: eventIDs)
  }

  static func securityAuditing(_ eventIDs: UInt32...) -> EventRoute {
    EventRoute(Channel.security, provider: Provider.securityAuditing, eventIDs: eventIDs)
  }

  static let wmiBinding = EventRoute(Channel.wmiActivity, provider: Provider.wmiActivity, eventIDs: [5861])

  /// Both PowerShells, which share their event ids.
  static func powerShell(_ eventIDs: [UInt32]? = nil) -> [EventRoute] {
    [
      EventRoute(Channel.powerShell, provider: Provider.powerShell, eventIDs: eventIDs),
      EventRoute(Channel.powerShellCore, provider: Provider.powerShellCore, eventIDs: eventIDs),
    ]
  }

  /// The engine's own events of Windows PowerShell.
  static func classicPowerShell(_ eventIDs: UInt32...) -> EventRoute {
    EventRoute(Channel.windowsPowerShell, provider: "PowerShell", eventIDs: eventIDs.isEmpty ? nil : eventIDs)
  }
}
