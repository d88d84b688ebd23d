public import WindowsFormats

/// One event described in YAML: the form of rule fixtures, and of what scenarios write out in full.
///
///     channel: Microsoft-Windows-WMI-Activity/Operational
///     provider: Microsoft-Windows-WMI-Activity
///     eventId: 5857
///     time: "2026-10-06T17:47:31.1234567Z"
///     computer: WKS07.corp.example
///     userData: {Operation_StartedOperational: {ProviderName: CIMWin32, Code: "0x0"}}
///
/// `data` is EventData: a map of names, or a list of values without names. `userData` is one element with its children;
/// the child `xmlns` gives its namespace. Also understood: `recordId`, `userSid`, `processId`, `threadId`, `version`,
/// `level`, `task`, `opcode`, `keywords`, `qualifiers`, `activityId`, `relatedActivityId` and `providerGuid`.
///
/// An event that Yagura knows gets its types, its order of fields and empty values for what is left out, and a field
/// that Windows does not write into it is an error; a `version` other than the known one lifts that, and the fields
/// are then those given. In any other event, numbers become UInt32 or UInt64, `0x…` the hexadecimal types,
/// `true` and `false` booleans, lists arrays, and everything else stays text as written: dates, versions, `yes`.
public struct EventRecipe: Hashable, Sendable {
  public let event: EventLogWriter.Event
  public let place: RecipePlace

  /// Reads a file with one recipe.
  /// - Throws: `RecipeError` with the place of what is wrong.
  public init(parsing bytes: [UInt8], file: String) throws(RecipeError) {
    try self.init(try RecipeReader(file: file).read(bytes))
  }

  /// What an event gets that does not say its own; nil makes a missing one an error.
  struct Defaults {
    var time: UInt64?
    var computer: String?
  }

  init(_ node: RecipeNode, defaults: Defaults = Defaults()) throws(RecipeError) {
    let map = try node.map()
    try map.allow(only: EventRecipe.keys)
    place = node.place
    let channel = try map.text("channel")
    guard channel.utf8.count <= 200 else { throw try map.required("channel").error(.wrongValue, channel) }
    let providerName = try map.text("provider")
    let eventID: UInt16 = try map.required("eventId").integer()
    let time = try EventRecipe.time(map, defaults)
    guard let computer = try map.text(ifPresent: "computer") ?? defaults.computer else {
      throw map.error(.missing, "computer")
    }
    let known = KnownEvents.definition(channel: channel, eventID: eventID, provider: providerName)
    let version: UInt8? = try map.integer("version")
    var event: EventLogWriter.Event
    if let known {
      do throws(EventLogWriter.WriteError) {
        event = try known.event(time: time, computer: computer, [:])
      } catch {
        throw map.error(.unwritable, error.description)
      }
    } else {
      event = EventRecipe.unknownEvent(
        channel: channel, provider: providerName, eventID: eventID, time: time, computer: computer)
    }
    let isAsKnown = known != nil && (version == nil || version == known?.version)
    event.channel = channel
    event.version = version ?? event.version
    try EventRecipe.readSystem(map, into: &event)
    let payload = EventRecipePayload(map: map, known: known, isStrict: isAsKnown)
    event.payload = try payload.payload(of: event)
    self.event = event
  }

  private static let keys: Set<String> = [
    "channel", "provider", "providerGuid", "eventId", "version", "level", "task", "opcode", "keywords", "qualifiers",
    "time", "recordId", "activityId", "relatedActivityId", "processId", "threadId", "computer", "userSid", "data",
    "userData",
  ]

  private static func time(_ map: RecipeMap, _ defaults: Defaults) throws(RecipeError) -> UInt64 {
    guard let node = map["time"] else {
      guard let time = defaults.time else { throw map.error(.missing, "time") }
      return time
    }
    let text = try node.text()
    guard let time = EventTime(text) else { throw node.error(.wrongValue, text) }
    return time.fileTime
  }

  private static func unknownEvent(
    channel: String, provider: String, eventID: UInt16, time: UInt64, computer: String
  ) -> EventLogWriter.Event {
    let isClassic = ["system", "application", "windows powershell"].contains(channel.lowercased())
    return EventLogWriter.Event(
      provider: KnownEvents.provider(named: provider) ?? .init(provider), eventID: eventID,
      keywords: isClassic ? 0x0080_0000_0000_0000 : 0x8000_0000_0000_0000, time: time, processID: 4, threadID: 8,
      channel: channel, computer: computer, origin: isClassic ? .service : .tracing)
  }

  private static func readSystem(_ map: RecipeMap, into event: inout EventLogWriter.Event) throws(RecipeError) {
    event.level = try map.integer("level") ?? event.level
    event.task = try map.integer("task") ?? event.task
    event.opcode = try map.integer("opcode") ?? event.opcode
    event.keywords = try map.integer("keywords") ?? event.keywords
    event.qualifiers = try map.integer("qualifiers") ?? event.qualifiers
    event.recordID = try map.integer("recordId")
    event.processID = try map.integer("processId") ?? event.processID
    event.threadID = try map.integer("threadId") ?? event.threadID
    event.activityID = try guid(map, "activityId")
    event.relatedActivityID = try guid(map, "relatedActivityId")
    if let guid = try guid(map, "providerGuid") { event.provider.guid = guid }
    guard let node = map["userSid"] else { return }
    let text = try node.text()
    guard let sid = EventLogWriter.SID(text) else { throw node.error(.wrongValue, text) }
    event.userSID = sid
  }

  private static func guid(_ map: RecipeMap, _ key: String) throws(RecipeError) -> EventLogWriter.GUID? {
    guard let node = map[key] else { return nil }
    let text = try node.text()
    guard let guid = EventLogWriter.GUID(text) else { throw node.error(.wrongValue, text) }
    return guid
  }
}
