@testable import Detection

/// Texts of WMI-Activity 5861 in the form in which Windows writes them.
enum BindingSample {
  static let userSID = "{1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 233, 3, 0, 0}"
  static let administrators = "{1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0}"

  static let commandLine = text(
    filter: "\tName = \"Nightly\";\n\tQuery = \"SELECT * FROM __TimerEvent WHERE TimerID = \\\"Tick\\\"\";\n",
    consumerClass: "CommandLineEventConsumer",
    consumer:
      "\tCommandLineTemplate = \"powershell.exe -enc AAAA \\\\\\\\srv\\\\share\";\n\tCreatorSID = \(userSID);\n\tName = \"Nightly Job\";\n\tRunInteractively = FALSE;\n"
  )

  static let script = text(
    filter: "\tName = \"Start\";\n\tQuery = \"SELECT * FROM Win32_ProcessStartTrace\";\n",
    consumerClass: "ActiveScriptEventConsumer",
    consumer:
      "\tCreatorSID = {1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0};\n\tKillTimeout = 45;\n\tName = \"Run\";\n\tScriptingEngine = \"VBScript\";\n\tScriptText = \"Set s = CreateObject(\\\"WScript.Shell\\\")\\ns.Run \\\"calc };\\\"\";\n"
  )

  static let builtIn = text(
    filter: "\tName = \"SCM Event Log Filter\";\n\tQuery = \"select * from MSFT_SCMEventLogEvent\";\n",
    creator: administrators, consumerClass: "NTEventLogEventConsumer",
    consumer:
      "\tCategory = 0;\n\tCreatorSID = \(administrators);\n\tName = \"SCM Event Log Consumer\";\n\tSourceName = \"Service Control Manager\";\n"
  )

  static func text(
    filter: String, creator: String = userSID, consumerClass: String, consumer: String
  ) -> String {
    "Binding EventFilter: \ninstance of __EventFilter\n{\n\tCreatorSID = \(creator);\n\tEventNamespace = \"ROOT\\\\cimv2\";\n"
      + filter + "\tQueryLanguage = \"WQL\";\n};\nPerm. Consumer: \ninstance of \(consumerClass)\n{\n" + consumer
      + "};\n"
  }

  static func event(_ possibleCause: String, filter: String, consumer: String) -> EventSample {
    EventSample([
      "EventID": "5861", "Namespace": "//./root/subscription", "ESS": filter, "CONSUMER": consumer,
      "PossibleCause": possibleCause,
    ])
  }
}
