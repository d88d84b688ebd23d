import Foundation
import Testing
import TestSupport
import WindowsFormats

private let folderOfWrittenLogs = ProcessInfo.processInfo.environment["YAGURA_WRITTEN_LOGS"].map {
  URL(fileURLWithPath: $0)
}

/// Leaves logs and what readers must find in them in the folder `YAGURA_WRITTEN_LOGS`, for `dev/check-written-logs`.
@Suite(.enabled(if: folderOfWrittenLogs != nil)) struct WrittenLogFiles {
  private func leave(_ name: String, _ events: [Event], options: EventLogWriter.Options = .init()) throws {
    let folder = try #require(folderOfWrittenLogs)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var recordID = options.firstRecordID
    var expected = ""
    for event in events {
      recordID = event.recordID ?? recordID
      expected += ExpectedRecord.line(event, recordID: recordID)
      recordID += 1
    }
    let file = try EventLogWriter.log(of: events, options: options)
    try Data(file).write(to: folder.appendingPathComponent(name + ".evtx"))
    try Data(expected.utf8).write(to: folder.appendingPathComponent(name + ".jsonl"))
  }

  @Test func everyProvider() throws { try leave("providers", SampleEvents.everyDefinition()) }

  @Test func everyValue() throws {
    // A log for each: some readers give up a whole log at a type that they do not know.
    for (name, value) in SampleEvents.values { try leave("value-\(name)", [SampleEvents.plain([.init(name, value)])]) }
    // Texts that keep their NUL, and a payload without a fragment header.
    var traced = SampleEvents.everyValue
    traced.terminatesStrings = true
    try leave("values", [SampleEvents.everyValue, traced, SampleEvents.everyValue])
    // The same without the two values that not every reader knows.
    let common = SampleEvents.values.filter { $0.value != .null && $0.value.type != .ansiString }
    var plain = SampleEvents.plain(common.map { .init($0.name, $0.value) })
    let events = [plain]
    plain.terminatesStrings = true
    try leave("values-common", events + [plain] + events)
  }

  @Test func everyArray() throws {
    for (name, value) in SampleEvents.arrays { try leave("array-\(name)", [SampleEvents.plain([.init(name, value)])]) }
    try leave("arrays", SampleEvents.arrays.map { SampleEvents.plain([.init($0.name, $0.value)]) })
  }

  @Test func oddPayloads() throws {
    var events: [Event] = []
    for origin in [Event.Origin.tracing, .service, .classic] {
      let payloads: [EventLogWriter.Payload] = [
        .none, .eventData([]), .eventData([.init(nil, "unnamed"), .init(nil, .uint32(7)), .init("named", "日本")]),
        .eventData([.init("a", "1")], binary: [1, 2, 0xFF]), .classicEventData(["a", "b", "ç"], binary: [0xAB]),
        .userData(
          .init(
            "Root", namespace: "urn:yagura:test", attributes: [.init("kind", "nested, odd")],
            [
              .init("Plain", "text"), .init("Deep", [.init("Deeper", [.init("Deepest", .sid(.localSystem))])]),
              .init("Number", .int16(-5)),
            ])),
      ]
      for payload in payloads {
        var event = SampleEvents.text("")
        event.origin = origin
        event.qualifiers = 16384
        event.payload = payload
        events.append(event)
      }
    }
    events[4].recordID = 1000
    try leave("payloads", events, options: .init(minorVersion: 2, firstRecordID: 77))
  }

  @Test func manyRecords() throws {
    let definitions = EventLogWriter.EventDefinition.all
    var events: [Event] = []
    for index in 0..<6000 {
      if index % 3 == 0 {
        events.append(SampleEvents.text("記録 \(index) " + String(repeating: "🏯", count: index % 40)))
      } else {
        let definition = definitions[index % definitions.count]
        events.append(
          try definition.event(time: SampleEvents.time + UInt64(index) * 10_000_000, computer: "HOST\(index % 5)", [:]))
      }
    }
    try leave("many", events)
  }
}
