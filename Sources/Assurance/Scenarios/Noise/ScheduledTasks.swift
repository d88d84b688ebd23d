import WindowsFormats

/// Tasks of Windows, of programs that update themselves, and a script of the administrators.
struct ScheduledTasks {
  let host: CaseHost
  let rate: Double

  private static let tasks: [(name: String, image: String, arguments: String)] = [
    (#"\Microsoft\Windows\DiskCleanup\SilentCleanup"#, #"C:\Windows\System32\cleanmgr.exe"#, "/autoclean /d C:"),
    (
      #"\Microsoft\Windows\Application Experience\Microsoft Compatibility Appraiser"#,
      #"C:\Windows\System32\CompatTelRunner.exe"#, ""
    ),
    (#"\Microsoft\Windows\Servicing\StartComponentCleanup"#, #"C:\Windows\System32\taskhostw.exe"#, ""),
    (
      #"\Microsoft\Windows\Time Synchronization\SynchronizeTime"#, #"C:\Windows\System32\sc.exe"#,
      "start w32time task_started"
    ),
    (#"\Example Browser Update"#, #"C:\Program Files\Example Browser\updater.exe"#, "--scheduled"),
    (
      #"\Microsoft\Windows\Customer Experience Improvement Program\Consolidator"#, #"C:\Windows\System32\wsqmcons.exe"#,
      ""
    ),
    (#"\Microsoft\Windows\Defrag\ScheduledDefrag"#, #"C:\Windows\System32\defrag.exe"#, "-c -h -k -g -$"),
  ]

  func add() throws {
    let setting = NoiseSetting(host: host, rate: rate)
    for (uptime, time) in setting.moments(everyMinutes: host.isWorkstation ? 12 : 20) {
      guard let scheduler = uptime.processes["schedule"] else { continue }
      try addTask(setting, scheduler, at: time)
    }
    for (uptime, time) in setting.moments(everyMinutes: 480) {
      guard let scheduler = uptime.processes["schedule"] else { continue }
      try addScript(setting, scheduler, at: time)
    }
  }

  private func addTask(_ setting: NoiseSetting, _ scheduler: CaseProcess, at time: UInt64) throws {
    let task = host.random.pick(ScheduledTasks.tasks)
    let instance = host.processGUID(UInt32(host.random.number(1...4_000)), at: time)
    let process = try host.start(
      task.image, task.image + (task.arguments.isEmpty ? "" : " " + task.arguments), at: time, parent: scheduler)
    let end = time + host.random.ticks(CaseTime.second...(90 * CaseTime.second))
    try host.finish(process, at: end)
    try host.log(
      FurtherEvents.taskStarted, at: time + 2 * CaseTime.millisecond, processID: scheduler.processID,
      userSID: .localSystem,
      [
        "TaskName": .string(task.name), "ActionName": .string(task.image), "TaskInstanceId": .guid(instance),
        "EnginePID": .uint32(scheduler.processID),
      ])
    try host.log(
      FurtherEvents.taskCompleted, at: end + 3 * CaseTime.millisecond, processID: scheduler.processID,
      userSID: .localSystem,
      [
        "TaskName": .string(task.name), "TaskInstanceId": .guid(instance), "ActionName": .string(task.image),
        "ResultCode": 0, "EnginePID": .uint32(scheduler.processID),
      ])
  }

  /// A report on free space, which asks CIM as reports do.
  private func addScript(_ setting: NoiseSetting, _ scheduler: CaseProcess, at time: UInt64) throws {
    let file = #"C:\Admin\Export-DiskReport.ps1"#
    let shell = try setting.run(
      #"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe"#,
      "powershell.exe -NoProfile -ExecutionPolicy RemoteSigned -File \(file)", at: time, parent: scheduler,
      seconds: 4...9)
    let script = """
      # Free space of local disks for the weekly report.
      Get-CimInstance -ClassName Win32_LogicalDisk -Filter "DriveType=3" |
        Select-Object DeviceID, Size, FreeSpace |
        Export-Csv -Path C:\\Admin\\Reports\\disks.csv -NoTypeInformation
      """
    try host.logPowerShell(script, path: file, of: shell, at: time + 500 * CaseTime.millisecond)
    try host.logFile(#"C:\Admin\Reports\disks.csv"#, of: shell, at: time + 2 * CaseTime.second)
  }
}
