/// What Sysmon says about a program's file besides its path.
struct ImageInformation {
  var description: String
  var product: String
  var company: String
  var originalName: String
  var version: String

  private static let windows: [String: (description: String, originalName: String)] = [
    "wmic.exe": ("WMI Commandline Utility", "wmic.exe"), "wmiprvse.exe": ("WMI Provider Host", "Wmiprvse.exe"),
    "rundll32.exe": ("Windows host process (Rundll32)", "RUNDLL32.EXE"),
    "cmd.exe": ("Windows Command Processor", "Cmd.Exe"),
    "powershell.exe": ("Windows PowerShell", "PowerShell.EXE"),
    "schtasks.exe": ("Task Scheduler Configuration Tool", "schtasks.exe"),
    "wevtutil.exe": ("Eventing Command Line Utility", "wevtutil.exe"), "fsutil.exe": ("fsutil.exe", "fsutil.exe"),
    "svchost.exe": ("Host Process for Windows Services", "svchost.exe"),
    "services.exe": ("Services and Controller app", "services.exe"),
    "lsass.exe": ("Local Security Authority Process", "lsass.exe"),
    "explorer.exe": ("Windows Explorer", "EXPLORER.EXE"),
    "userinit.exe": ("Userinit Logon Application", "USERINIT.EXE"),
    "winlogon.exe": ("Windows Logon Application", "WINLOGON.EXE"),
    "wininit.exe": ("Windows Start-Up Application", "WinInit.exe"),
    "csrss.exe": ("Client Server Runtime Process", "CSRSS.Exe"), "smss.exe": ("Windows Session Manager", "smss.exe"),
    "spoolsv.exe": ("Spooler SubSystem App", "spoolsv.exe"), "conhost.exe": ("Console Window Host", "CONHOST.EXE"),
    "taskhostw.exe": ("Host Process for Windows Tasks", "taskhostw.exe"),
    "backgroundtaskhost.exe": ("Background Task Host", "backgroundTaskHost.exe"),
    "runtimebroker.exe": ("Runtime Broker", "RuntimeBroker.exe"),
    "searchprotocolhost.exe": ("Microsoft Windows Search Protocol Host", "SearchProtocolHost.exe"),
    "searchfilterhost.exe": ("Microsoft Windows Search Filter Host", "SearchFilterHost.exe"),
    "tiworker.exe": ("Windows Modules Installer Worker", "TiWorker.exe"),
    "trustedinstaller.exe": ("Windows Modules Installer", "TrustedInstaller.exe"),
    "dllhost.exe": ("COM Surrogate", "dllhost.exe"), "notepad.exe": ("Notepad", "NOTEPAD.EXE"),
    "calc.exe": ("Windows Calculator", "CALC.EXE"), "mmc.exe": ("Microsoft Management Console", "mmc.exe"),
    "rdpclip.exe": ("RDP Clipboard Monitor", "rdpclip.exe"),
    "shutdown.exe": ("Windows Shutdown and Annotation Tool", "SHUTDOWN.EXE"),
    "gpupdate.exe": ("Microsoft® Group Policy Update Utility", "GPUpdate.exe"),
    "sysmon64.exe": ("System activity monitor", "-"), "msmpeng.exe": ("Antimalware Service Executable", "MsMpEng.exe"),
    "vssadmin.exe": ("Command Line Interface for Microsoft® Volume Shadow Copy Service", "VSSADMIN.EXE"),
    "unsecapp.exe": ("Sink to receive asynchronous callbacks for WMI client application", "unsecapp.dll"),
  ]

  init(image: String, build: String) {
    let name = image.split(separator: "\\").last.map(String.init) ?? image
    let path = image.lowercased()
    if path.hasPrefix(#"c:\windows\"#) || path.contains("windows defender"), path.hasSuffix(".exe") {
      let known = ImageInformation.windows[name.lowercased()]
      description = known?.description ?? name
      originalName = known?.originalName ?? name
      product = "Microsoft® Windows® Operating System"
      company = "Microsoft Corporation"
      version = build
    } else if path.hasPrefix(#"c:\program files"#) {
      let folder = image.split(separator: "\\").dropFirst(2).first.map(String.init) ?? name
      description = name.hasSuffix(".exe") ? String(name.dropLast(4)) : name
      originalName = name
      product = folder
      company = folder.hasPrefix("Microsoft") ? "Microsoft Corporation" : "Example Software Ltd."
      version = "16.0.4.0"
    } else {
      // A file without a version resource: Sysmon shows hyphens.
      (description, product, company, originalName, version) = ("-", "-", "-", "-", "-")
    }
  }

  /// 64 digits that stay the same for a file; no file has this hash.
  static func hash(of image: String, build: String) -> String {
    var random = SplitMix64(seed: 0x7961_6775_7261, image.lowercased(), build)
    return "SHA256="
      + (0..<4).map { _ in
        let digits = String(random.next(), radix: 16, uppercase: true)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
      }.joined()
  }
}
