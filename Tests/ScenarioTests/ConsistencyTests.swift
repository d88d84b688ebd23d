import Testing
import WindowsFormats

@testable import Assurance

/// The identifiers of a case fit together, so that its story can be followed.
@Suite struct ConsistencyTests {
  private static let second: UInt64 = 10_000_000

  @Test(arguments: BuiltinCases.all) func everyProcessHasAParentThatWasStarted(item: BuiltinCases.Case) {
    for host in item.generated.hosts {
      var started: Set<String> = []
      for event in host.events where event.isSysmon && event.eventID == 1 {
        let isKnown = event["ParentImage"] == "System" || started.contains(event["ParentProcessGuid"] ?? "")
        #expect(isKnown, "\(host.name): \(event["Image"] ?? "") by \(event["ParentImage"] ?? "")")
        #expect(started.insert(event["ProcessGuid"] ?? "").inserted)
      }
    }
  }

  @Test(arguments: BuiltinCases.all) func everythingSysmonSeesIsOfAProcessThatWasStarted(item: BuiltinCases.Case) {
    for host in item.generated.hosts {
      var started: [String: String] = [:]
      for event in host.events where event.isSysmon {
        guard let guid = event["ProcessGuid"], let image = event["Image"] else { continue }
        if event.eventID == 1 {
          started[guid] = image
        } else {
          #expect(started[guid] == image || image == "System", "\(host.name) \(event.eventID) \(image)")
        }
      }
    }
  }

  @Test(arguments: BuiltinCases.all) func bothLogsOfAProcessAgree(item: BuiltinCases.Case) {
    for host in item.generated.hosts {
      let audited = host.events.filter { $0.isSecurity && $0.eventID == 4688 }
      let seen = host.events.filter { $0.isSysmon && $0.eventID == 1 }
      #expect(audited.count == seen.count)
      for (one, other) in zip(audited.sorted { key($0) < key($1) }, seen.sorted { key($0) < key($1) }) {
        #expect(one["CommandLine"] == other["CommandLine"])
        #expect(one["NewProcessId"] == other["ProcessId"].flatMap { UInt32($0) }.map { "0x" + String($0, radix: 16) })
        let logon = one["TargetLogonId"] == "0x0" ? one["SubjectLogonId"] : one["TargetLogonId"]
        #expect(logon == other["LogonId"])
      }
    }
  }

  /// What both logs have of a process: image, identifier and second of its start.
  private func key(_ event: EventLogWriter.Event) -> String {
    let id =
      event["NewProcessId"].flatMap { UInt32($0.dropFirst(2), radix: 16) } ?? event["ProcessId"].flatMap { UInt32($0) }
    return "\(event["NewProcessName"] ?? event["Image"] ?? "") \(id ?? 0) \(event.time / Self.second)"
  }

  @Test(arguments: BuiltinCases.all) func everySessionWasLoggedOn(item: BuiltinCases.Case) {
    for host in item.generated.hosts {
      var logons: Set<String> = ["0x0"]
      for event in host.events where event.isSecurity && event.eventID == 4624 {
        logons.insert(event["TargetLogonId"] ?? "")
      }
      for event in host.events where event.isSecurity && event.eventID != 4624 {
        for name in ["SubjectLogonId", "TargetLogonId"] {
          guard let logon = event[name] else { continue }
          #expect(logons.contains(logon), "\(host.name) \(event.eventID) \(name) \(logon)")
        }
      }
      for event in host.events where event.isSysmon && event.eventID == 1 {
        #expect(logons.contains(event["LogonId"] ?? ""))
      }
    }
  }

  @Test(arguments: BuiltinCases.all) func nothingHappensWhileAHostIsSilent(item: BuiltinCases.Case) throws {
    for (host, generated) in zip(item.scenario.hosts, item.generated.hosts) {
      guard let silence = host.silence, let last = generated.events.last else { continue }
      let end = item.scenario.start - UInt64(item.scenario.utcOffsetMinutes) * 600_000_000 + silence
      #expect(last.time <= end)
      #expect(end - last.time < 60 * Self.second)
    }
  }

  // MARK: NotPetya

  /// The worm on three hosts within ten minutes: credentials given at the source, the logon from its address and port
  /// at the target, the child of WmiPrvSE.exe in that session.
  @Test func wormCanBeFollowedFromHostToHost() throws {
    let item = try #require(BuiltinCases.named("notpetya"))
    let source = try #require(item.generated.hosts.first { $0.name == "ACC01" })
    var commands: [String: [UInt64]] = [:]
    for host in item.generated.hosts {
      let children = host.events.filter {
        $0.isSysmon && $0.eventID == 1 && $0["ParentImage"]?.hasSuffix("WmiPrvSE.exe") == true
      }
      for child in children {
        commands[child["CommandLine"] ?? "", default: []].append(child.time)
        let logon = try #require(
          host.events.first { $0.eventID == 4624 && $0.isSecurity && $0["TargetLogonId"] == child["LogonId"] })
        #expect(logon["LogonType"] == "3" && logon["IpAddress"] == "192.0.2.41")
        let connection = source.events.first {
          $0.isSysmon && $0.eventID == 3 && $0["SourcePort"] == logon["IpPort"]
            && $0["DestinationHostname"] == host.events[0].computer
        }
        #expect(connection?["Image"]?.hasSuffix("WMIC.exe") == true)
        let given = source.events.contains {
          $0.eventID == 4648 && $0["TargetInfo"] == "RPCSS/\(host.events[0].computer)" && $0.time < child.time
            && child.time - $0.time < 5 * Self.second
        }
        #expect(given)
        #expect(host.events.contains { $0.eventID == 4672 && $0["SubjectLogonId"] == child["LogonId"] })
      }
    }
    let times = try #require(commands.values.first { $0.count >= 3 })
    #expect(commands.count == 1)
    #expect((times.max() ?? 0) - (times.min() ?? 0) < 600 * Self.second)
  }

  @Test func passwordIsMasked() throws {
    let item = try #require(BuiltinCases.named("notpetya"))
    for event in item.generated.hosts.flatMap(\.events) {
      guard let line = event["CommandLine"], line.contains("/password:") else { continue }
      #expect(line.contains(#"/password:"********""#))
    }
  }

  @Test func clearedLogBeginsWithItsClearing() throws {
    let item = try #require(BuiltinCases.named("notpetya"))
    for name in ["ACC01", "FS01", "WKS07", "WKS12"] {
      let host = try #require(item.generated.hosts.first { $0.name == name })
      let security = try #require(host.files.first { $0.name == "Security.evtx" })
      #expect(ReadLog(security.bytes).records.first?.eventID == 1102)
      let system = try #require(host.files.first { $0.name == "System.evtx" })
      #expect(ReadLog(system.bytes).records.first?.eventID == 104)
      let archive = try #require(host.files.first { $0.name.hasPrefix("Archive-Security-2026-10-07-08-1") })
      let records = ReadLog(archive.bytes).records
      #expect(records.contains { $0.eventID == 4698 })
      #expect(records.filter { $0.eventID == 1102 }.isEmpty)
      let lost = host.events.count { $0.isSecurity } - records.count - ReadLog(security.bytes).records.count
      #expect(lost > 0)
    }
    let controller = try #require(item.generated.hosts.first { $0.name == "DC01" })
    #expect(controller.events.filter { $0.eventID == 1102 }.isEmpty)
  }

  // MARK: Subscription

  @Test func subscriptionIsMadeFiresAndIsRemoved() throws {
    let item = try #require(BuiltinCases.named("wmi_persistence"))
    let host = try #require(item.generated.hosts.first { $0.name == "APP01" })
    let made = try #require(host.events.first { $0.eventID == 5861 && $0["ESS"] == "BatteryCalibration" })
    // The SID of the account as bytes: revision 1, five parts, authority 5, and 1109 as the last part.
    #expect(made["PossibleCause"]?.contains("CreatorSID = {1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, ") == true)
    #expect(made["PossibleCause"]?.contains(", 85, 4, 0, 0};") == true)
    let runs = host.events.filter {
      $0.isSysmon && $0.eventID == 1 && $0["ParentImage"]?.hasSuffix("WmiPrvSE.exe") == true
        && $0["User"] == #"NT AUTHORITY\SYSTEM"#
    }
    #expect(runs.map { $0.time > made.time } == [true, true])
    let removed = host.events.filter {
      $0.isSysmon && [19, 20, 21].contains($0.eventID) && $0["Operation"] == "Deleted"
    }
    #expect(removed.map(\.eventID) == [21, 20, 19])
  }
}
