internal import WindowsFormats

/// The user data of WMI-Activity 5857–5861 from what shippers leave of it.
///
/// These events carry their fields in `UserData`, which most shippers' structured form loses; the English message has
/// them all. Layouts are those of the provider's manifest, as rendered from real logs of Windows 10.
enum WMIActivity {
  struct Layout: Sendable {
    var element: String
    var names: [String]
    /// The text in front of each field of the message; the last field runs to the end.
    var labels: [StaticString]
    /// Fields of free text: what follows them is looked for from the back.
    var freeText: String
  }

  private static let provider = "Microsoft-Windows-WMI-Activity"
  private static let numbers: Set<String> = ["ProcessID", "ClientProcessId", "Processid", "queryid"]

  private static let layouts: [UInt32: Layout] = [
    5857: Layout(
      element: "Operation_StartedOperational",
      names: ["ProviderName", "Code", "HostProcess", "ProcessID", "ProviderPath"],
      labels: ["", " provider started with result code ", ". HostProcess = ", "; ProcessID = ", "; ProviderPath = "],
      freeText: "ProviderName"),
    5858: Layout(
      element: "Operation_ClientFailure",
      names: [
        "Id", "ClientMachine", "User", "ClientProcessId", "Component", "Operation", "ResultCode", "PossibleCause",
      ],
      labels: [
        "Id = ", "; ClientMachine = ", "; User = ", "; ClientProcessId = ", "; Component = ", "; Operation = ",
        "; ResultCode = ", "; PossibleCause = ",
      ],
      freeText: "Operation"),
    5859: Layout(
      element: "Operation_EssStarted",
      names: ["NamespaceName", "Query", "User", "Processid", "Provider", "queryid", "PossibleCause"],
      labels: [
        "Namespace = ", "; NotificationQuery = ", "; OwnerName = ", "; HostProcessID = ", ";  Provider= ",
        ", queryID = ", "; PossibleCause = ",
      ],
      freeText: "Query"),
    5860: Layout(
      element: "Operation_TemporaryEssStarted",
      names: ["NamespaceName", "Query", "User", "Processid", "ClientMachine", "PossibleCause"],
      labels: [
        "Namespace = ", "; NotificationQuery = ", "; UserName = ", "; ClientProcessID = ", ", ClientMachine = ",
        "; PossibleCause = ",
      ],
      freeText: "Query"),
    5861: Layout(
      element: "Operation_ESStoConsumerBinding",
      names: ["Namespace", "ESS", "CONSUMER", "PossibleCause"],
      labels: ["Namespace = ", "; Eventfilter = ", "; Consumer = ", "; PossibleCause = "],
      freeText: ""),
  ]

  private static func layout(of record: EventRecord) -> Layout? {
    guard let eventID = record.eventID, (5857...5861).contains(eventID), record.provider == provider else { return nil }
    return layouts[eventID]
  }

  /// Puts the data of a record that has its fields into the manifest's order, or makes it from the message.
  static func complete(_ record: inout EventRecord) {
    guard let layout = layout(of: record) else { return }
    if let index = record.data.firstIndex(where: { $0.name == layout.element }) {
      guard let fields = record.data[index].value.fields else { return }
      let ordered = layout.names.compactMap { name in fields.first { $0.name == name } }
      record.data[index].value = .object(ordered + fields.filter { !layout.names.contains($0.name) })
    } else if let message = record.renderingInfo["Message"]?.string, let data = data(fromMessage: message, layout) {
      record.data.insert(data, at: 0)
    }
  }

  static func data(fromInserts inserts: [EventValue], of record: EventRecord) -> EventField? {
    guard let layout = layout(of: record), inserts.count == layout.names.count else { return nil }
    return EventField(layout.element, .object(zip(layout.names, inserts).map { EventField($0, $1) }))
  }

  private static func data(fromMessage message: String, _ layout: Layout) -> EventField? {
    var message = message
    let parts = message.withUTF8 { bytes in split(UnsafeRawBufferPointer(bytes), layout) }
    guard let parts, parts.count == layout.names.count else { return nil }
    let fields = zip(layout.names, parts).map { name, text -> EventField in
      if name == "ESS" { return EventField(name, .string(withoutReference(text))) }
      if numbers.contains(name), let number = Int64(text) { return EventField(name, .integer(number)) }
      return EventField(name, .string(text))
    }
    return EventField(layout.element, .object(fields))
  }

  /// The text between the labels, or nil when one is missing, as it is in another language.
  private static func split(_ bytes: UnsafeRawBufferPointer, _ layout: Layout) -> [String]? {
    let free = layout.names.firstIndex(of: layout.freeText) ?? layout.names.count - 1
    var starts = [Int](repeating: 0, count: layout.labels.count)
    var ends = [Int](repeating: bytes.count, count: layout.labels.count)
    var at = 0
    for index in 0...free {
      guard
        let found = layout.labels[index].utf8CodeUnitCount == 0 ? 0 : bytes.index(of: layout.labels[index], from: at),
        index > 0 || found == 0
      else { return nil }
      if index > 0 { ends[index - 1] = found }
      at = found + layout.labels[index].utf8CodeUnitCount
      starts[index] = at
    }
    var end = bytes.count
    for index in stride(from: layout.labels.count - 1, to: free, by: -1) {
      ends[index] = end
      guard let found = bytes.lastIndex(of: layout.labels[index], before: end), found >= at else { return nil }
      starts[index] = found + layout.labels[index].utf8CodeUnitCount
      end = found
    }
    if free < layout.labels.count - 1 { ends[free] = end }
    return zip(starts, ends).map { start, end in String(decoding: bytes[start..<max(start, end)], as: UTF8.self) }
  }

  /// The message adds a note behind the filter's name.
  private static func withoutReference(_ text: String) -> String {
    let note = " (refer to its activate eventid:5859)"
    return text.hasSuffix(note) ? String(text.dropLast(note.count)) : text
  }
}

extension UnsafeRawBufferPointer {
  /// The last place of `text` that ends at or before `end`.
  func lastIndex(of text: StaticString, before end: Int) -> Int? {
    var at = end - text.utf8CodeUnitCount
    while at >= 0 {
      if starts(with: text, at: at) { return at }
      at -= 1
    }
    return nil
  }
}
