extension EventLogWriter {
  /// Microsoft-Windows-WMI-Activity, channel Operational, as Windows 10 1803 and later write it: UserData, and texts
  /// that keep their NUL.
  public enum WMIActivity {
    /// 5857: a provider was loaded into a host process.
    public static let providerStarted = table.event(
      5857, element: "Operation_StartedOperational",
      ["ProviderName", .hexInt32("Code"), "HostProcess", .uint32("ProcessID"), "ProviderPath"])
    /// 5858: an operation of a client failed or was cancelled.
    public static let clientFailure = table.event(
      5858, level: 2, element: "Operation_ClientFailure",
      [
        "Id", "ClientMachine", "User", .uint32("ClientProcessId"), "Component", "Operation", .hexInt32("ResultCode"),
        "PossibleCause",
      ])
    /// 5859: a provider began to serve the query of a permanent filter.
    public static let permanentQueryStarted = table.event(
      5859, element: "Operation_EssStarted",
      ["NamespaceName", "Query", "User", .uint32("Processid"), "Provider", .uint32("queryid"), "PossibleCause"])
    /// 5860: a temporary event query began.
    public static let temporaryQueryStarted = table.event(
      5860, element: "Operation_TemporaryEssStarted",
      ["NamespaceName", "Query", "User", .uint32("Processid"), "ClientMachine", "PossibleCause"])
    /// 5861: a filter was bound to a consumer.
    public static let consumerBinding = table.event(
      5861, element: "Operation_ESStoConsumerBinding", ["Namespace", "ESS", "CONSUMER", "PossibleCause"])

    public static let all = [
      providerStarted, clientFailure, permanentQueryStarted, temporaryQueryStarted, consumerBinding,
    ]

    private static let table = ProviderTable(
      provider: Provider(
        "Microsoft-Windows-WMI-Activity", guid: GUID(0x1418_EF04, 0xB0B4, 0x4623, 0xBF7E_D74A_B47B_BDAA)),
      channel: "Microsoft-Windows-WMI-Activity/Operational", level: 0, keywords: 0x4000_0000_0000_0000,
      terminatesStrings: true, userSID: .localSystem,
      namespace: "http://manifests.microsoft.com/win/2006/windows/WMI")
  }
}
