import WindowsFormats

/// The events whose fields are known, by channel, event identifier and provider.
enum KnownEvents {
  struct Key: Hashable {
    var channel: String
    var eventID: UInt16
    var provider: String

    init(_ channel: String, _ eventID: UInt16, _ provider: String) {
      // Exports and rules have channels in any letter case.
      self.channel = channel.lowercased()
      self.eventID = eventID
      self.provider = provider.lowercased()
    }
  }

  static func definition(
    channel: String, eventID: UInt16, provider: String
  ) -> EventLogWriter.EventDefinition? { table[Key(channel, eventID, provider)] }

  /// The provider as the tables have it: with its GUID.
  static func provider(named name: String) -> EventLogWriter.Provider? { providers[name.lowercased()] }

  private static let definitions = EventLogWriter.EventDefinition.all + FurtherEvents.all

  private static let table = Dictionary(
    definitions.map { (Key($0.channel, $0.eventID, $0.provider.name), $0) }, uniquingKeysWith: { first, _ in first })

  private static let providers = Dictionary(
    definitions.map { ($0.provider.name.lowercased(), $0.provider) }, uniquingKeysWith: { first, _ in first })
}
