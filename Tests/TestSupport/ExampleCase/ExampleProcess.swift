import WindowsFormats

/// Who runs something in the example case.
struct ExampleAccount {
  var sid: EventLogWriter.SID
  var name: String
  var domain: String
  var logonID: UInt64

  static let localSystem = ExampleAccount(sid: .localSystem, name: "SYSTEM", domain: "NT AUTHORITY", logonID: 0x3E7)

  static func worker(_ day: Int) -> ExampleAccount {
    member(1117, "m.tanaka", logonID: 0x41_7A00 + UInt64(day) * 0x1_93E5)
  }

  static func backup(logonID: UInt64) -> ExampleAccount { member(1140, "svc-backup", logonID: logonID) }

  private static func member(_ relative: UInt32, _ name: String, logonID: UInt64) -> ExampleAccount {
    ExampleAccount(
      sid: .init(authority: 5, [21, 1_004_336_348, 1_177_238_915, 682_003_330, relative]), name: name, domain: "CORP",
      logonID: logonID)
  }

  /// Security events name the service accounts by the host's own account.
  var asSubject: ExampleAccount {
    logonID < 0x3E8 ? ExampleAccount(sid: sid, name: "WKS07$", domain: "CORP", logonID: logonID) : self
  }

  var fullName: Value { .string("\(domain)\\\(name)") }
}

/// A process of the example case.
struct ExampleProcess {
  var image: String
  var commandLine: String
  var processID: UInt32
  var start: UInt64
  var owner: ExampleAccount

  var guid: EventLogWriter.GUID {
    EventLogWriter.GUID(
      0x7E1C_04A2, UInt16(truncatingIfNeeded: start >> 40), UInt16(truncatingIfNeeded: start >> 24),
      UInt64(processID) << 40 | start & 0xFF_FFFF)
  }

  /// Processes that run since the host started on a day.
  static func running(
    _ image: String, _ commandLine: String? = nil, processID: UInt32, day: Int, owner: ExampleAccount
  ) -> ExampleProcess {
    ExampleProcess(
      image: image, commandLine: commandLine ?? image, processID: processID,
      start: ExampleTime(day, "00:02:11").fileTime,
      owner: owner)
  }

  static func services(_ day: Int) -> ExampleProcess {
    running(#"C:\Windows\System32\services.exe"#, processID: 716, day: day, owner: .localSystem)
  }
  static func explorer(_ day: Int) -> ExampleProcess {
    running(#"C:\Windows\explorer.exe"#, processID: 5384, day: day, owner: .worker(day))
  }
  static func wmiProvider(_ day: Int) -> ExampleProcess {
    running(
      #"C:\Windows\System32\wbem\WmiPrvSE.exe"#, #"C:\Windows\system32\wbem\wmiprvse.exe -secured -Embedding"#,
      processID: 3012 + UInt32(day) * 4, day: day, owner: .localSystem)
  }
}

extension ExampleLogs {
  /// Writes a process start as 4688 and as Sysmon 1. A child of the WMI provider host runs as the client, while the
  /// subject of 4688 is who the provider host itself runs as.
  @discardableResult
  mutating func start(
    _ image: String, _ commandLine: String, at time: ExampleTime, parent: ExampleProcess, owner: ExampleAccount,
    integrity: String = "Medium", version: String = "10.0.19041.3636", company: String = "Microsoft Corporation"
  ) throws -> ExampleProcess {
    let process = ExampleProcess(
      image: image, commandLine: commandLine, processID: takeProcessID(), start: time.fileTime, owner: owner)
    let isOther = owner.logonID != parent.owner.logonID
    let creator = parent.owner.asSubject
    try add(
      EventLogWriter.SecurityAuditing.processCreated, time,
      [
        "SubjectUserSid": .sid(creator.sid), "SubjectUserName": .string(creator.name),
        "SubjectDomainName": .string(creator.domain), "SubjectLogonId": .hexInt64(creator.logonID),
        "NewProcessId": .hexInt64(UInt64(process.processID)), "NewProcessName": .string(image),
        "TokenElevationType": .string(integrity == "Medium" ? "%%1938" : "%%1936"),
        "ProcessId": .hexInt64(UInt64(parent.processID)), "CommandLine": .string(commandLine),
        "TargetUserSid": .sid(isOther ? owner.sid : .null), "TargetUserName": .string(isOther ? owner.name : "-"),
        "TargetDomainName": .string(isOther ? owner.domain : "-"),
        "TargetLogonId": .hexInt64(isOther ? owner.logonID : 0), "ParentProcessName": .string(parent.image),
        "MandatoryLabel": .sid(
          .init(authority: 16, [integrity == "Medium" ? 8192 : integrity == "High" ? 12288 : 16384])),
      ])
    let name = image.split(separator: "\\").last.map(String.init) ?? image
    try add(
      EventLogWriter.Sysmon.processCreate, time + 3, processID: 2684,
      [
        "UtcTime": time.sysmonText, "ProcessGuid": .guid(process.guid), "ProcessId": .uint32(process.processID),
        "Image": .string(image), "FileVersion": .string(version), "Description": .string(name),
        "Product": .string(company.hasPrefix("Microsoft") ? "Microsoft® Windows® Operating System" : name),
        "Company": .string(company), "OriginalFileName": .string(name), "CommandLine": .string(commandLine),
        "CurrentDirectory": .string(#"C:\Windows\system32\"#), "User": owner.fullName,
        "LogonGuid": .guid(.init(0x7E1C_04A2, 0x5B1D, 0x6522, owner.logonID)), "LogonId": .hexInt64(owner.logonID),
        "TerminalSessionId": .uint32(integrity == "Medium" ? 1 : 0), "IntegrityLevel": .string(integrity),
        "Hashes": .string("SHA256=\(ExampleLogs.inventedHash(of: image))"), "ParentProcessGuid": .guid(parent.guid),
        "ParentProcessId": .uint32(parent.processID), "ParentImage": .string(parent.image),
        "ParentCommandLine": .string(parent.commandLine), "ParentUser": parent.owner.fullName,
      ])
    return process
  }

  /// 64 digits that stay the same for a name; no file has this hash.
  private static func inventedHash(of name: String) -> String {
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return (0..<4).map { _ -> String in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let digits = String(state, radix: 16, uppercase: true)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
