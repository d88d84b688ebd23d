public import WindowsFormats

/// Events as event logs: one for each channel, its records in order of time.
public enum RecipeLog {
  /// A log and the name that Windows gives its file.
  public struct File: Hashable, Sendable {
    public var channel: String
    /// Such as `Microsoft-Windows-Sysmon%4Operational.evtx`.
    public var name: String
    public var bytes: [UInt8]

    public init(channel: String, name: String, bytes: [UInt8]) {
      self.channel = channel
      self.name = name
      self.bytes = bytes
    }
  }

  /// The logs in order of channel. Events of the same time stay in their order.
  /// - Throws: `EventLogWriter.WriteError` for an event that cannot be written.
  public static func files(of events: [EventLogWriter.Event]) throws(EventLogWriter.WriteError) -> [File] {
    let ordered = events.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
    var channels: [String: [EventLogWriter.Event]] = [:]
    for (_, event) in ordered { channels[event.channel, default: []].append(event) }
    var files: [File] = []
    for (channel, events) in channels.sorted(by: { $0.key < $1.key }) {
      files.append(File(channel: channel, name: fileName(of: channel), bytes: try EventLogWriter.log(of: events)))
    }
    return files
  }

  /// Windows writes the slash of a channel as `%4`. What no file name can hold becomes a low line, so that a name from
  /// a recipe cannot leave its folder.
  public static func fileName(of channel: String) -> String {
    var name = ""
    for scalar in channel.unicodeScalars {
      switch scalar {
      case "/": name += "%4"
      case "\\", ":", "*", "?", "\"", "<", ">", "|": name += "_"
      default: name += scalar.value < 0x20 || scalar.value == 0x7F ? "_" : String(scalar)
      }
    }
    return name + ".evtx"
  }
}
