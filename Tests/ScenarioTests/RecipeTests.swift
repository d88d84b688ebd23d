import Testing
import WindowsFormats

@testable import Assurance

/// Recipes become events, and say where they are wrong.
@Suite struct RecipeTests {
  private static let provider = """
    channel: Microsoft-Windows-WMI-Activity/Operational
    provider: Microsoft-Windows-WMI-Activity
    eventId: 5857
    time: "2026-10-06T17:47:31.1234567Z"
    computer: WKS07.corp.example

    """

  private func recipe(_ text: String) throws(RecipeError) -> EventRecipe {
    try EventRecipe(parsing: Array(text.utf8), file: "recipe.yml")
  }

  /// An event that Yagura does not know.
  private func plain(_ data: String) throws -> EventLogWriter.Payload {
    try recipe(
      "{channel: Yagura/Test, provider: Yagura-Test, eventId: 7, time: 2026-10-06T00:00:00Z, computer: A, data: \(data)}"
    ).event.payload
  }

  private func expect(
    _ code: RecipeError.Code, line: Int, _ text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: RecipeError.self, sourceLocation: sourceLocation) { try recipe(text) }
    #expect(error?.code == code, "\(String(describing: error))", sourceLocation: sourceLocation)
    #expect(error?.place.line == line, "\(String(describing: error))", sourceLocation: sourceLocation)
  }

  // MARK: Known events

  @Test func knownEventGetsItsTypesAndOrderAndEmptyValues() throws {
    let event = try recipe(
      Self.provider + """
        processId: 3012
        userSid: S-1-5-20
        userData: {Operation_StartedOperational: {ProviderPath: 'C:\\x.dll', Code: "0x80041013", ProcessID: 3012}}
        """
    ).event
    #expect(CivilTime(fileTime: event.time).ticks == 1_234_567)
    #expect(event.level == 0 && event.keywords == 0x4000_0000_0000_0000)
    #expect(event.processID == 3012 && event.userSID == .networkService)
    #expect(event.provider.guid != nil)
    let expected = try EventLogWriter.WMIActivity.providerStarted.event(
      time: event.time, computer: "WKS07.corp.example", processID: 3012, userSID: .networkService,
      ["Code": .hexInt32(0x8004_1013), "ProcessID": 3012, "ProviderPath": #"C:\x.dll"#])
    #expect(event == expected)
  }

  @Test func fieldThatWindowsDoesNotWriteIsAnErrorWithItsPlace() {
    expect(
      .unknownField, line: 7,
      Self.provider + "userData:\n  Operation_StartedOperational: {Provider: CIMWin32}")
  }

  @Test func anotherVersionMayHaveOtherFields() throws {
    let text = """
      {channel: Security, provider: Microsoft-Windows-Security-Auditing, eventId: 4624, time: 2026-10-06, computer: A,
       VERSIONdata: {TargetUserName: m.tanaka, LogonType: 3, SomethingNew: 5}}
      """
    expect(.unknownField, line: 2, text.replacing("VERSION", with: ""))
    expect(.unknownField, line: 2, text.replacing("VERSION", with: "version: 2, "))
    let event = try recipe(text.replacing("VERSION", with: "version: 3, ")).event
    #expect(
      event.payload
        == .eventData([
          .init("TargetUserName", "m.tanaka", declaredType: .string),
          .init("LogonType", .uint32(3), declaredType: .uint32),
          .init("SomethingNew", .uint32(5)),
        ]))
  }

  @Test func dataInTheOtherPlaceIsAnError() {
    expect(.wrongPayload, line: 6, Self.provider + "data: {ProviderName: CIMWin32}")
    expect(.wrongPayload, line: 6, Self.provider + "userData: {Operation_ClientFailure: {User: x}}")
    expect(
      .wrongPayload, line: 1,
      "{channel: Security, provider: Microsoft-Windows-Security-Auditing, eventId: 4672, time: 2026-10-06, computer: A, userData: {X: {}}}"
    )
  }

  @Test(arguments: ["five", "-1", "0x1_0", "4294967296", "1.0", "٣"])
  func valueThatDoesNotFitItsFieldIsAnError(text: String) {
    expect(
      .wrongValue, line: 6, Self.provider + "userData: {Operation_StartedOperational: {ProcessID: \"\(text)\"}}")
  }

  @Test func numberInATextFieldStaysAsWritten() throws {
    let event = try recipe(
      "{channel: Security, provider: microsoft-windows-security-auditing, eventId: 4624, time: 2026-10-06, computer: A, data: {IpPort: 0051874, WorkstationName: ~}}"
    ).event
    guard case .eventData(let fields, _) = event.payload else { throw RecipeTests.Unexpected() }
    #expect(fields.first { $0.name == "IpPort" }?.value == "0051874")
    #expect(fields.first { $0.name == "WorkstationName" }?.value == .null)
    #expect(fields.first { $0.name == "LogonProcessName" }?.value == "-")
  }

  @Test func classicEventsTakeNamesOrAList() throws {
    let head = "{channel: Windows PowerShell, provider: PowerShell, eventId: 400, time: 2026-10-06, computer: A, "
    let expected = EventLogWriter.Payload.classicEventData(["Available", "None", "x"])
    #expect(try recipe(head + "data: [Available, None, x]}").event.payload == expected)
    #expect(try recipe(head + "data: {Data: [Available, None, x]}}").event.payload == expected)
    #expect(
      try recipe(head + "data: {Details: x, NewEngineState: Available, PreviousEngineState: None}}").event.payload
        == expected)
  }

  // MARK: Other events

  @Test func plainNumbersHaveTypesAndTextStaysText() throws {
    let payload = try plain(
      #"{a: 5, b: "5", c: 0x1f, d: "0x80041002f", e: 0x001f, f: true, g: yes, h: 10.0, i: 2026-10-06, j: 007, k: -3, l: 4294967296, m: , n: "", o: 12:30, p: null}"#
    )
    #expect(
      payload
        == .eventData([
          .init("a", .uint32(5)), .init("b", "5"), .init("c", .hexInt32(0x1F)), .init("d", .hexInt64(0x8_0041_002F)),
          .init("e", "0x001f"), .init("f", true), .init("g", "yes"), .init("h", "10.0"), .init("i", "2026-10-06"),
          .init("j", "007"), .init("k", .int32(-3)), .init("l", .uint64(4_294_967_296)), .init("m", .null),
          .init("n", ""), .init("o", "12:30"), .init("p", .null),
        ]))
  }

  @Test func listsAreArraysOrDataWithoutNames() throws {
    #expect(try plain("[one, 2]") == .eventData([.init(nil, "one"), .init(nil, .uint32(2))]))
    #expect(try plain("{Data: [one, 2]}") == .eventData([.init(nil, "one"), .init(nil, .uint32(2))]))
    #expect(
      try plain("{a: [1, 2], b: [x, 2], Binary: 00ff}")
        == .eventData(
          [
            .init("a", .array(of: .uint32, [.uint32(1), .uint32(2)])),
            .init("b", .array(of: .string, ["x", "2"])),
          ], binary: [0, 255]))
  }

  @Test func userDataKeepsItsTreeAndNamespace() throws {
    let event = try recipe(
      "{channel: Yagura/Test, provider: Yagura-Test, eventId: 7, time: 2026-10-06, computer: A, userData: {Root: {xmlns: 'urn:x', A: {B: 1}, C: two}}}"
    ).event
    #expect(
      event.payload
        == .userData(
          .init("Root", namespace: "urn:x", [.init("A", [.init("B", .uint32(1))]), .init("C", "two")])))
  }

  // MARK: Faults

  @Test func missingAndUnknownKeysHaveTheirPlace() {
    expect(.missing, line: 1, "channel: A\nprovider: B")
    expect(.missing, line: 1, "{channel: A, provider: B, eventId: 7, computer: C}")
    expect(.unknownKey, line: 6, Self.provider + "userSID: S-1-5-18")
    expect(.wrongValue, line: 4, Self.provider.replacing("2026-10-06T", with: "2026-02-30T"))
    expect(.wrongValue, line: 3, Self.provider.replacing("5857", with: "65536"))
    expect(.duplicateKey, line: 3, Self.provider + "eventId: 5857")
    expect(.notAMap, line: 1, "[1, 2]")
    expect(.notAText, line: 1, "{channel: [x], provider: B, eventId: 7, time: 2026-10-06, computer: A}")
    expect(.empty, line: 1, "# nothing")
    expect(.invalidYAML, line: 2, "channel: A\n  provider: B")
  }

  @Test func limitsHold() {
    expect(.fileTooLarge, line: 1, String(repeating: " ", count: RecipeLimits.fileBytes + 1))
    expect(.tooManyValues, line: 1, "[" + String(repeating: ",", count: RecipeLimits.values + 1))
    expect(.tooDeep, line: 1, String(repeating: "[", count: 40) + String(repeating: "]", count: 40))
    expect(.tooDeep, line: 1, String(repeating: "[", count: 60_000))
    let bomb = (1...9).map { "a\($0): &a\($0) [\(String(repeating: "*a\($0 - 1), ", count: 9))]\n" }.joined()
    expect(.tooManyAliases, line: 1, "a0: &a0 x\n" + bomb)
    let latin1 = #expect(throws: RecipeError.self) { try EventRecipe(parsing: [0xE9, 0xE8], file: "x") }
    #expect(latin1?.code == .notUTF8)
  }

  @Test func everyPrefixIsAnErrorAndNeverATrap() throws {
    let text = """
      {channel: Microsoft-Windows-WMI-Activity/Operational, provider: "Microsoft-Windows-WMI-Activity", eventId: 5858,
       time: "2026-10-06T17:47:31Z", computer: 端末, userData: &d {Operation_ClientFailure: {ResultCode: "0x80041003"}}}
      """
    _ = try recipe(text)
    let bytes = Array(text.utf8)
    for length in 0..<bytes.count {
      #expect(throws: RecipeError.self) { try EventRecipe(parsing: Array(bytes[..<length]), file: "prefix") }
    }
  }

  private struct Unexpected: Error {}
}
