import Testing
import TestSupport
import WindowsFormats

@Suite struct EventDefinitionTests {
  typealias WMI = EventLogWriter.WMIActivity

  @Test func tablesHaveEveryEventOnce() {
    let identities = EventLogWriter.EventDefinition.all.map { "\($0.provider.name) \($0.eventID)" }
    #expect(Set(identities).count == identities.count)
    #expect(identities.count == 5 + 13 + 12 + 4 + 2 + 2)
  }

  @Test func valuesTakeTheTypeOfTheirField() throws {
    let event = try EventLogWriter.SecurityAuditing.processCreated.event(
      time: SampleEvents.time, computer: "C",
      ["SubjectUserSid": "S-1-5-18", "NewProcessId": 0x1A2B, "SubjectLogonId": .uint32(999), "CommandLine": "wmic"])
    guard case .eventData(let fields, nil) = event.payload else { throw WriteError(.invalidValue) }
    func value(_ name: String) -> Value? { fields.first { $0.name == name }?.value }
    #expect(value("SubjectUserSid") == .sid(.localSystem))
    #expect(value("NewProcessId") == .hexInt64(0x1A2B))
    #expect(fields.first { $0.name == "NewProcessId" }?.declaredType == .sizeT)
    #expect(value("SubjectLogonId") == .hexInt64(999))
    #expect(value("CommandLine") == "wmic")
    #expect(value("SubjectUserName") == "-")
    #expect(value("MandatoryLabel") == .sid(.null))
  }

  @Test func fieldsStayInTheOrderOfTheManifest() throws {
    let event = try WMI.clientFailure.event(
      time: SampleEvents.time, computer: "C", ["PossibleCause": "Unknown", "Id": "{x}", "ResultCode": 0x8004_1032])
    guard case .userData(let root) = event.payload, case .elements(let children) = root.content else {
      throw WriteError(.invalidValue)
    }
    #expect(root.name == "Operation_ClientFailure")
    #expect(root.namespace == "http://manifests.microsoft.com/win/2006/windows/WMI")
    #expect(
      children.map(\.name) == [
        "Id", "ClientMachine", "User", "ClientProcessId", "Component", "Operation", "ResultCode", "PossibleCause",
      ])
    #expect(children[6].content == .value(.hexInt32(0x8004_1032), declaredType: .hexInt32))
    #expect(event.level == 2 && event.terminatesStrings)
  }

  @Test func unknownFieldsAndUnfitValuesAreErrors() {
    #expect(throws: WriteError(.unknownField, "Namespac")) {
      try WMI.consumerBinding.event(time: 0, computer: "C", ["Namespac": "x"])
    }
    #expect(throws: WriteError(.typeMismatch, "ProcessID")) {
      try WMI.providerStarted.event(time: 0, computer: "C", ["ProcessID": -1])
    }
    #expect(throws: WriteError(.typeMismatch, "ProcessID")) {
      try WMI.providerStarted.event(time: 0, computer: "C", ["ProcessID": "12"])
    }
    #expect(throws: WriteError(.typeMismatch, "ProviderName")) {
      try WMI.providerStarted.event(time: 0, computer: "C", ["ProviderName": 1])
    }
  }

  @Test func aNullStaysNullWithTheTypeOfItsField() throws {
    let event = try WMI.temporaryQueryStarted.event(time: 0, computer: "C", ["User": .null])
    guard case .userData(let root) = event.payload, case .elements(let children) = root.content else {
      throw WriteError(.invalidValue)
    }
    #expect(children[2].content == .value(.null, declaredType: .string))
  }
}
