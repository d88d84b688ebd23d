extension EventLogWriter {
  /// Microsoft-Windows-Eventlog: the event log service about its own logs.
  public enum EventLogService {
    /// 1102: the Security log was cleared.
    public static let securityLogCleared = ProviderTable(
      provider: provider, channel: "Security", keywords: 0x4020_0000_0000_0000, origin: .service, namespace: namespace
    ).event(
      1102, task: 104, element: "LogFileCleared",
      [.sid("SubjectUserSid"), "SubjectUserName", "SubjectDomainName", .hexInt64("SubjectLogonId")])
    /// 104: another log was cleared; written to System.
    public static let logCleared = ProviderTable(
      provider: provider, channel: "System", keywords: 0x8000_0000_0000_0000, origin: .service, namespace: namespace
    ).event(
      104, task: 104, element: "LogFileCleared", ["SubjectUserName", "SubjectDomainName", "Channel", "BackupPath"])

    public static let all = [securityLogCleared, logCleared]

    private static let provider = Provider(
      "Microsoft-Windows-Eventlog", guid: GUID(0xFC65_DDD8, 0xD6EF, 0x4962, 0x83D5_6E5C_FE9C_E148))
    private static let namespace = "http://manifests.microsoft.com/win/2004/08/windows/eventlog"
  }
}
