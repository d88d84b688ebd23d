extension EventLogWriter {
  /// Service Control Manager, channel System.
  public enum ServiceControlManager {
    /// 7045: a service was installed.
    public static let serviceInstalled = table.event(
      7045, qualifiers: 16384, ["ServiceName", "ImagePath", "ServiceType", "StartType", "AccountName"])
    /// 7036: a service entered a state. The bytes are the service's short name, a slash and the number of the state
    /// (1 stopped, 4 running) as UTF-16LE with a NUL.
    public static let serviceStateChanged = table.event(
      7036, qualifiers: 16384, ["param1", "param2", .binary("Binary")])

    public static let all = [serviceInstalled, serviceStateChanged]

    private static let table = ProviderTable(
      provider: Provider(
        "Service Control Manager", guid: GUID(0x5559_08D1, 0xA6D7, 0x4695, 0x8E1E_2693_1D20_12F4),
        eventSourceName: "Service Control Manager"),
      channel: "System", keywords: 0x8080_0000_0000_0000, origin: .service)
  }
}
