import Testing
import WindowsFormats

@testable import Assurance

/// Scenario files: what they say, and what is wrong with them.
@Suite struct ScenarioReadingTests {
  static let head = """
    title: {en: A test, ja: 試験}
    description: {en: Nothing, ja: なし}
    start: "2026-10-05"
    days: 2
    domain: {name: CORP, dns: corp.example, sid: S-1-5-21-1-2-3}
    accounts: [{id: worker, name: worker, rid: 1100}, {id: adm, name: adm, rid: 1101, administrator: true}]
    hosts:
      - {id: a, name: A, address: 192.0.2.1, role: server, build: 10.0.1.1}
      - {id: b, name: B, address: 192.0.2.2, role: workstation, user: worker, build: 10.0.1.1}
    steps:
      - id: one
        title: {en: One, ja: 一}
        grade: D
        record: {en: None, ja: なし}
        inference: {en: All, ja: すべて}
        at: "1d 12:00:00.5"
        host: a

    """

  private func scenario(_ text: String) throws(RecipeError) -> Scenario {
    try Scenario(parsing: Array(text.utf8), name: "test", file: "test.yml")
  }

  private func generate(_ items: String) throws -> GeneratedCase {
    try GeneratedCase(try scenario(Self.head + "    events: [\(items)]"))
  }

  private func fault(_ change: (inout String) -> Void) -> RecipeError? {
    var text = Self.head + "    events: []"
    change(&text)
    return #expect(throws: RecipeError.self) { try scenario(text) }
  }

  // MARK: Built in

  @Test(arguments: BuiltinCases.all) func everyStatementHasItsGradeAndSources(item: BuiltinCases.Case) {
    for step in item.scenario.steps {
      #expect(step.sources.isEmpty == (step.grade == .inferred), "\(step.id)")
      for text in [step.title, step.record, step.inference] {
        #expect(!text.en.isEmpty && !text.ja.isEmpty && text.en != text.ja, "\(step.id)")
        let isJapanese = text.ja.unicodeScalars.contains { $0.value > 0x3000 }
        let isEnglish = text.en.unicodeScalars.allSatisfy { $0.isASCII }
        #expect(isJapanese && isEnglish, "\(step.id)")
      }
    }
  }

  @Test(arguments: BuiltinCases.all) func addressesAreForDocumentation(item: BuiltinCases.Case) {
    #expect(item.scenario.hosts.filter { !$0.address.hasPrefix("192.0.2.") }.isEmpty)
    #expect(item.scenario.domain.dns == "corp.example")
    for event in item.generated.hosts.flatMap(\.events) where event.isSysmon && event.eventID == 3 {
      for name in ["SourceIp", "DestinationIp"] {
        let address = event[name] ?? ""
        let isInvented = ["192.0.2.", "198.51.100.", "203.0.113."].contains { address.hasPrefix($0) }
        #expect(isInvented, "\(address)")
      }
    }
  }

  // MARK: Items and variables

  @Test func variablesStandForThingsOfTheCase() throws {
    let generated = try generate(
      """
      {process: {as: tool, image: 'C:\\t.exe', commandLine: "${host.name} ${b.fullName} ${adm.sid} ${domain.dns}", parent: services}},
      {logon: {as: visit, account: adm, from: b, port: "50000"}},
      {event: {channel: T, provider: P, eventId: 9, data: {pid: "${pid.tool}", logon: "${a.logon.visit}", at: "${time}"}}}
      """)
    let host = try #require(generated.hosts.first { $0.name == "A" })
    let tool = try #require(host.events.first { $0.isSysmon && $0["Image"] == #"C:\t.exe"# })
    #expect(tool["CommandLine"] == "A B.corp.example S-1-5-21-1-2-3-1101 corp.example")
    let event = try #require(host.events.first { $0.channel == "T" })
    #expect(event["pid"] == tool["ProcessId"])
    let logon = try #require(host.events.first { $0.eventID == 4624 && $0["IpPort"] == "50000" })
    #expect(event["logon"] == logon["TargetLogonId"] && logon["IpAddress"] == "192.0.2.2")
    #expect(event["at"] == CivilText.of(event.time))
    #expect(event.computer == "A.corp.example")
  }

  @Test func roundsRepeatAStepForEachValue() throws {
    let text =
      Self.head.replacing("    host: a", with: "    host: ${where}\n    for: {where: [a, b]}\n    every: 90.25")
      + "    events: [{event: {channel: T, provider: P, eventId: 9, data: {x: \"${where}\"}}}]"
    let generated = try GeneratedCase(try scenario(text))
    let events = generated.hosts.compactMap { $0.events.first { $0.channel == "T" } }
    #expect(events.map { $0["x"] } == ["a", "b"])
    let distance = events[1].time - events[0].time
    #expect((900_000_000...905_000_000).contains(distance))
  }

  @Test(arguments: [
    ("{process: {image: x, commandLine: y, parent: nobody}}", RecipeError.Code.unknownName),
    ("{process: {image: x, commandLine: '${pid.nobody}', parent: services}}", .unknownVariable),
    ("{process: {image: x, commandLine: '${open', parent: services}}", .unknownVariable),
    ("{process: {image: x, parent: services}}", .missing),
    ("{process: {image: x, commandLine: y, parent: services, integrity: Low}}", .wrongValue),
    ("{logon: {account: nobody}}", .unknownName), ("{logon: {account: adm, from: nowhere}}", .unknownName),
    ("{connection: {process: services, to: b, port: 65536}}", .wrongValue),
    ("{connection: {process: services, to: b, port: 445, acceptedBy: nobody}}", .unknownName),
    ("{event: {channel: T, provider: P, eventId: x}}", .wrongValue),
    ("{clear: {channel: Security, process: nobody}}", .unknownName),
    ("{end: {process: services}, on: c}", .unknownName),
  ])
  func impossibleItemHasItsPlace(item: String, code: RecipeError.Code) {
    let error = #expect(throws: RecipeError.self) { try generate(item) }
    #expect(error?.code == code)
    #expect(error?.place.line == 18)
  }

  @Test func hostThatIsOffCannotDoAnything() {
    let text = Self.head.replacing("1d 12:00:00.5", with: "1d 03:00:00").replacing("    host: a", with: "    host: b")
    let error = #expect(throws: RecipeError.self) {
      try GeneratedCase(try scenario(text + "    events: [{end: {process: services}}]"))
    }
    #expect(error?.code == .wrongValue)
  }

  // MARK: Faults of the file

  @Test func misspeltKeysAndNamesAreRefused() {
    #expect(fault { $0.replace("days: 2", with: "dayz: 2") }?.code == .unknownKey)
    #expect(fault { $0 += "\nnoise: [{generator: rain, hosts: [a]}]" }?.code == .unknownName)
    #expect(fault { $0 += "\nnoise: [{generator: backup, hosts: [c]}]" }?.code == .unknownName)
    #expect(fault { $0.replace("host: a", with: "host: c") }?.code == .unknownName)
    #expect(fault { $0.replace("user: worker", with: "user: nobody") }?.code == .unknownName)
    #expect(fault { $0.replace("grade: D", with: "grade: E") }?.code == .wrongValue)
    #expect(fault { $0.replace("grade: D", with: "grade: D\n    sources: [x]") }?.code == .unknownName)
    #expect(fault { $0.replace("id: b, name: B", with: "id: a, name: B") }?.code == .duplicateKey)
    #expect(fault { $0.replace("events: []", with: "events: [{walk: {}}]") }?.code == .unknownName)
    #expect(fault { $0.replace("events: []", with: "events: [{end: {proces: x}}]") }?.code == .unknownKey)
  }

  @Test func limitsHold() {
    #expect(fault { $0.replace("days: 2", with: "days: 15") }?.code == .wrongValue)
    #expect(fault { $0.replace("days: 2", with: "days: 0") }?.code == .wrongValue)
    #expect(fault { $0.replace("1d 12:00:00.5", with: "2d 00:00:00") }?.code == .wrongValue)
    #expect(fault { $0.replace("name: A,", with: "name: ../A,") }?.code == .wrongValue)
    #expect(fault { $0 += "\nnoise: [{generator: backup, hosts: [a], rate: 1e9}]" }?.code == .wrongValue)
    let many = (0...RecipeLimits.hosts).map {
      "  - {id: h\($0), name: H\($0), address: 192.0.2.9, role: server, build: x}\n"
    }
    #expect(fault { $0.replace("hosts:\n", with: "hosts:\n" + many.joined()) }?.code == .tooMany)
  }

  @Test func noPrefixTraps() throws {
    let bytes = Array((Self.head + "    events: [{end: {process: spooler}, on: b, after: 1.5}]").utf8)
    var refused = 0
    for length in 0...bytes.count {
      do throws(RecipeError) {
        _ = try Scenario(parsing: Array(bytes[..<length]), name: "prefix", file: "prefix")
      } catch {
        refused += 1
      }
    }
    // Steps may be missing altogether; a file that ends in the middle of anything else is refused.
    #expect(refused > bytes.count - 300 && refused <= bytes.count)
  }

  // MARK: Parts

  @Test func randomNumbersAreThoseOfSplitMix64() {
    // Published values for the seed 1234567.
    var random = SplitMix64(seed: 1_234_567)
    #expect(
      [random.next(), random.next(), random.next()] == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      ])
    for _ in 0..<1_000 { #expect((3...9).contains(random.number(3...9))) }
  }

  @Test(arguments: [
    ("00:00:00", 0 as UInt64), ("1d 00:00:01", 864_010_000_000), ("25:30:00.25", 918_002_500_000), ("0:0:0.0000001", 1),
  ])
  func offsetsAreTicks(text: String, ticks: UInt64) throws {
    let node = RecipeNode(
      content: .scalar(.init(text: text, isPlain: true)), place: .init(file: "x", line: 1, column: 1))
    #expect(try CaseTime.offset(node) == ticks)
  }

  @Test(arguments: [
    "", "1:2", "0:60:00", "0:00:60", "-1:00:00", "d 00:00:00", "1001d 00:00:00", "0:00:0.12345678", "1 2 3",
  ])
  func otherOffsetsAreRefused(text: String) {
    let node = RecipeNode(
      content: .scalar(.init(text: text, isPlain: false)), place: .init(file: "x", line: 1, column: 1))
    #expect(throws: RecipeError.self) { try CaseTime.offset(node) }
  }
}
