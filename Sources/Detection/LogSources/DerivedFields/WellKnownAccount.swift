/// Accounts that have the same SID everywhere ([MS-DTYP] 2.4.2.4), by the names that Sysmon writes on an English
/// system.
enum WellKnownAccount {
  /// Accounts that processes run under.
  static let systemAccounts = [
    "S-1-5-18": "NT AUTHORITY\\SYSTEM",
    "S-1-5-19": "NT AUTHORITY\\LOCAL SERVICE",
    "S-1-5-20": "NT AUTHORITY\\NETWORK SERVICE",
    "S-1-5-7": "NT AUTHORITY\\ANONYMOUS LOGON",
  ]

  private static let groups = [
    "S-1-5-32-544": "BUILTIN\\Administrators",
    "S-1-5-32-545": "BUILTIN\\Users",
    "S-1-5-32-546": "BUILTIN\\Guests",
    "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464": "NT SERVICE\\TrustedInstaller",
  ]

  static func name(ofSID sid: String) -> String? { systemAccounts[sid] ?? groups[sid] }
}
