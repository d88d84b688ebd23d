import WindowsFormats

/// Definitions and updates: the installer's processes, its service's start type, and event 19.
struct WindowsUpdate {
  let host: CaseHost
  let rate: Double

  func add() throws {
    let setting = NoiseSetting(host: host, rate: rate)
    for (uptime, time) in setting.moments(everyMinutes: 260) {
      guard let services = uptime.processes["services"], let launcher = uptime.processes["dcomlaunch"] else { continue }
      try host.logStartType(
        "Windows Modules Installer", "TrustedInstaller", from: "demand start", to: "auto start", at: time)
      let installer = try setting.run(
        #"C:\Windows\servicing\TrustedInstaller.exe"#, #"C:\Windows\servicing\TrustedInstaller.exe"#,
        at: time + CaseTime.second, parent: services, seconds: 200...600)
      let folder =
        #"C:\Windows\winsxs\amd64_microsoft-windows-servicingstack_31bf3856ad364e35_10.0.19041.4412_none_7e2d3c6f"#
      try setting.run(
        folder + #"\TiWorker.exe"#, folder + #"\TiWorker.exe -Embedding"#, at: time + 2 * CaseTime.second,
        parent: launcher,
        seconds: 190...500)
      for index in 0..<3 {
        let target = #"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\SessionIdHigh"#
        try host.logRegistryValue(
          target, "DWORD (0x01dd\(4_210 + index))", of: installer, at: time + UInt64(index + 3) * CaseTime.second)
      }
      let number = host.random.number(391...468)
      try host.log(
        FurtherEvents.updateInstalled, at: time + 140 * CaseTime.second, userSID: .localSystem,
        [
          "updateTitle": .string(
            "Security Intelligence Update for Microsoft Defender Antivirus - KB2267602 (Version 1.4\(number).0)"),
          "updateGuid": .guid(host.processGUID(UInt32(number), at: time)), "updateRevisionNumber": 200,
          "serviceGuid": .guid(.init(0x9482_F4B4, 0xE343, 0x43B6, 0xB170_9A65_BC82_2C77)),
        ])
      try host.logStartType(
        "Windows Modules Installer", "TrustedInstaller", from: "auto start", to: "demand start",
        at: time + 610 * CaseTime.second)
    }
  }
}
