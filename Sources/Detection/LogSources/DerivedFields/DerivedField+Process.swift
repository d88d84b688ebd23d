/// Accounts, processes and integrity levels of Security 4688 and 4657.
extension DerivedField {
  func processValue(of texts: Inputs) -> String? {
    switch self {
    case .processUser:
      DerivedField.account(sid: texts[0], domain: texts[1], user: texts[2])
        ?? DerivedField.account(sid: texts[3], domain: texts[4], user: texts[5])
    case .subjectUser: DerivedField.account(sid: texts[0], domain: texts[1], user: texts[2])
    case .processLogonID: DerivedField.logon(texts[0]) ?? DerivedField.logon(texts[1])
    case .integrityLevel: texts[0].map(DerivedField.integrityLevel)
    default: texts[0].map(DerivedField.decimal)
    }
  }

  /// `DOMAIN\name`. Accounts of the system are named as Sysmon does: the Security log has `SYSTEM` as the computer's
  /// own account, `DOMAIN\HOST$`, and only the SID tells.
  ///
  /// 4688 from version 2 on has the new process's account as the target where it is not the creator's; what it leaves
  /// out is `-` and the SID of nobody, `S-1-0-0`.
  private static func account(sid: String?, domain: String?, user: String?) -> String? {
    if let sid, let name = WellKnownAccount.systemAccounts[sid] { return name }
    guard let user else { return nil }
    return domain.map { "\($0)\\\(user)" } ?? user
  }

  /// The session's number in lower-case digits; nil for zero, which says that there is none.
  private static func logon(_ text: String?) -> String? {
    guard let text, number(text) != 0 else { return nil }
    return text.lowercased()
  }

  /// [MS-DTYP] 2.4.2.4, the labels' relative identifiers; others stay as they are.
  private static func integrityLevel(ofLabel sid: String) -> String {
    switch sid {
    case "S-1-16-0": "Untrusted"
    case "S-1-16-4096": "Low"
    case "S-1-16-8192": "Medium"
    case "S-1-16-12288": "High"
    case "S-1-16-16384": "System"
    default: sid
    }
  }

  /// Decimal digits of a number that the log has as `0x…`.
  private static func decimal(_ text: String) -> String {
    number(text).map(String.init) ?? text
  }

  static func number(_ text: String) -> UInt64? {
    if text.hasPrefix("0x") || text.hasPrefix("0X") { return UInt64(text.dropFirst(2), radix: 16) }
    return UInt64(text)
  }
}
