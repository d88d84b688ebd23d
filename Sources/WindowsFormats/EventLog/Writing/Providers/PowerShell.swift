extension EventLogWriter {
  /// Both logs of Windows PowerShell: the provider Microsoft-Windows-PowerShell, and the classic event source.
  public enum PowerShell {
    /// 4103: module logging, one pipeline.
    public static let pipelineExecution = table.event(
      4103, version: 1, task: 106, opcode: 20, ["ContextInfo", "UserData", "Payload"])
    /// 4104: one part of a script block. Windows raises the level to 3 by itself for suspicious ones.
    public static let scriptBlock = table.event(
      4104, version: 1, level: 5, task: 2, opcode: 15,
      [.int32("MessageNumber"), .int32("MessageTotal"), "ScriptBlockText", "ScriptBlockId", "Path"])
    /// Windows PowerShell 400: the engine started. Its texts have no names in the log.
    public static let engineStarted = classicTable.event(
      400, task: 4, qualifiers: 0, form: .classicEventData, ["NewEngineState", "PreviousEngineState", "Details"])
    /// Windows PowerShell 600: a provider of PowerShell started. Its texts have no names in the log.
    public static let providerStarted = classicTable.event(
      600, task: 6, qualifiers: 0, form: .classicEventData, ["ProviderName", "NewProviderState", "Details"])

    public static let all = [pipelineExecution, scriptBlock, engineStarted, providerStarted]

    private static let table = ProviderTable(
      provider: Provider(
        "Microsoft-Windows-PowerShell", guid: GUID(0xA0C1_853B, 0x5C40, 0x4B15, 0x8766_3CF1_C58F_985A)),
      channel: "Microsoft-Windows-PowerShell/Operational", keywords: 0)

    private static let classicTable = ProviderTable(
      provider: Provider("PowerShell"), channel: "Windows PowerShell", keywords: 0x0080_0000_0000_0000, origin: .service
    )
  }
}
