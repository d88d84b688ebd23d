import Testing
import WindowsFormats

@testable import Assurance

/// The logs of the built-in scenarios as files.
@Suite struct GeneratedLogTests {
  private func bytes(_ generated: GeneratedCase) -> [[UInt8]] { generated.hosts.flatMap { $0.files.map(\.bytes) } }

  @Test func everyScenarioCanBeGenerated() {
    #expect(BuiltinScenarios.names == ["notpetya", "wmi_persistence"])
    #expect(BuiltinCases.all.map(\.scenario.name) == BuiltinScenarios.names)
  }

  @Test(arguments: BuiltinCases.all) func sameSeedGivesTheSameBytes(item: BuiltinCases.Case) throws {
    let again = try GeneratedCase(item.scenario, seed: 1)
    #expect(bytes(again) == bytes(item.generated))
    #expect(again.hosts.map(\.evidence) == item.generated.hosts.map(\.evidence))
  }

  @Test(arguments: BuiltinCases.all) func anotherSeedTellsTheSameStoryDifferently(item: BuiltinCases.Case) throws {
    let other = try GeneratedCase(item.scenario, seed: 2)
    #expect(bytes(other) != bytes(item.generated))
    func steps(_ generated: GeneratedCase) -> [[Int]] {
      generated.hosts.map { host in host.evidence.map { $0.step * 100_000 + Int($0.eventID) }.sorted() }
    }
    #expect(steps(other) == steps(item.generated))
  }

  @Test func anotherStartMovesTheCase() throws {
    let item = try #require(BuiltinCases.named("notpetya"))
    let day = 864_000_000_000 as UInt64
    let moved = try GeneratedCase(item.scenario, seed: 1, start: item.scenario.start + 7 * day)
    for (host, original) in zip(moved.hosts, item.generated.hosts) {
      #expect(host.evidence.map(\.time) == original.evidence.map { $0.time + 7 * day })
    }
    for start in [0, UInt64.max] {
      #expect(throws: RecipeError.self) { try GeneratedCase(item.scenario, seed: 1, start: start) }
    }
  }

  @Test(arguments: BuiltinCases.all) func casesAreOfUsefulSize(item: BuiltinCases.Case) {
    let size = bytes(item.generated).map(\.count).reduce(0, +)
    #expect(size < 40_000_000)
    for host in item.generated.hosts {
      #expect((2_000...12_000).contains(host.events.count), "\(host.name)")
      let last = host.events.last?.time ?? 0
      let first = host.events.first?.time ?? 0
      #expect(last - first > 2 * 864_000_000_000)
    }
  }

  /// Every record of every file is an event that was made, with equal fields and in its order.
  @Test(arguments: BuiltinCases.all) func everyEventReadsBackWithEqualFields(item: BuiltinCases.Case) throws {
    for host in item.generated.hosts {
      for file in host.files {
        let log = ReadLog(file.bytes)
        #expect(log.faults == 0, "\(file.name)")
        var events = host.events.filter { $0.channel == file.channel }[...]
        for record in log.records {
          let time = try #require(record.time)
          events = events.drop { CivilText.of($0.time) != time || UInt32($0.eventID) != record.eventID }
          let next = events.popFirst()
          let event = try #require(next, "\(host.name) \(file.name) \(time)")
          #expect(Flattened.record(record) == Flattened.payload(event.payload), "\(host.name) \(file.name) \(time)")
          #expect(record.host == event.computer && record.provider == event.provider.name)
          #expect(record.processID == event.processID && record.threadID == event.threadID)
          #expect(record.level == UInt32(event.level) && record.task == UInt32(event.task))
        }
        if !file.name.hasPrefix("Archive-"), !["Security", "System"].contains(file.channel) {
          let made = host.events.filter { $0.channel == file.channel }
          #expect(log.records.count == made.count)
        }
      }
    }
  }

  @Test(arguments: BuiltinCases.all) func evidenceNamesRecordsThatAreThere(item: BuiltinCases.Case) {
    for host in item.generated.hosts {
      var records: Set<String> = []
      for file in host.files {
        for record in ReadLog(file.bytes).records {
          if case .number(let id) = record.recordID { records.insert("\(file.name) \(id) \(record.eventID ?? 0)") }
        }
      }
      for evidence in host.evidence {
        #expect(records.contains("\(evidence.file) \(evidence.recordID) \(evidence.eventID)"))
      }
    }
    let shown = Set(item.generated.hosts.flatMap { $0.evidence.map(\.step) })
    // What Windows does by itself leaves no record of its own.
    let expected = item.scenario.steps.indices.filter { item.scenario.steps[$0].id != "archive" }
    #expect(shown == Set(expected))
  }
}
