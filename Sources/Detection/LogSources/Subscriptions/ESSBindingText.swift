/// What WMI-Activity 5861 tells of a subscription: `UserData/Operation_ESStoConsumerBinding` with `Namespace`
/// (`//./root/subscription`), `ESS` (the filter's name), `CONSUMER` (`Class="Name"`) and `PossibleCause`, which holds
/// the filter and the consumer as MOF behind the headings `Binding EventFilter:` and `Perm. Consumer:`.
///
/// A text that was cut or is missing gives what there is; names and class come from the other fields then.
public struct ESSBindingText: Hashable, Sendable {
  /// The filter's instance, as far as the text goes.
  public var filter: MOFInstance?
  /// The consumer's instance, as far as the text goes.
  public var consumer: MOFInstance?
  public var filterName: String?
  public var consumerName: String?
  /// The consumer's class, such as `CommandLineEventConsumer`.
  public var consumerClass: String?
  /// The namespace of the subscription as an object path has it: `\\.\root\subscription`.
  public var namespace: String?

  /// - Parameters: The fields of the event; empty where it has none.
  public init(possibleCause: String, filterName: String = "", consumer: String = "", namespace: String = "") {
    var reader = MOFInstanceReader(possibleCause)
    for instance in reader.instances() {
      if instance.className.isEqualIgnoringCase(to: "__EventFilter") {
        if filter == nil { filter = instance }
      } else if self.consumer == nil {
        self.consumer = instance
      }
    }
    let reference = ConsumerReference(consumer)
    self.filterName = filter?["Name"]?.text ?? (filterName.isEmpty ? nil : filterName)
    consumerName = self.consumer?["Name"]?.text ?? reference?.name
    consumerClass = self.consumer?.className ?? reference?.className
    self.namespace =
      namespace.isEmpty ? nil : String(namespace.map { $0 == "/" ? "\\" : $0 })
  }

  /// Whether nothing was cut off: both instances reach their end.
  public var isComplete: Bool { filter?.isComplete == true && consumer?.isComplete == true }

  /// The object path of the filter.
  public var filterPath: String? {
    filterName.map { path(ofClass: filter?.className ?? "__EventFilter", name: $0) }
  }

  /// The object path of the consumer.
  public var consumerPath: String? {
    guard let consumerClass, let consumerName else { return nil }
    return path(ofClass: consumerClass, name: consumerName)
  }

  /// `\\.\root\subscription:Class.Name="…"`; the name's own quotation marks and backslashes are escaped.
  private func path(ofClass className: String, name: String) -> String {
    let key = name.flatMap { $0 == "\\" || $0 == "\"" ? ["\\", $0] : [$0] }
    return (namespace.map { "\($0):" } ?? "") + "\(className).Name=\"\(String(key))\""
  }

  public var consumerKind: ConsumerKind? {
    consumerClass.flatMap { name in ConsumerKind.allCases.first { $0.rawValue.isEqualIgnoringCase(to: name) } }
  }

  /// What the consumer runs or writes to; nil when its class is none of Windows' own or the text does not reach it.
  public var destination: MOFInstance.Value? {
    guard let consumer, let kind = consumerKind else { return nil }
    return kind.destinationProperties.lazy.compactMap { name in
      consumer[name].flatMap { $0.text.isEmpty ? nil : $0 }
    }.first
  }

  /// Whether the binding is the one that Windows ships with: events of the service control manager go to the event
  /// log. Everything that matters is compared, so that nothing else hides behind its names.
  public var isBuiltIn: Bool {
    guard let filter, let consumer, isComplete else { return false }
    return consumer.className == "NTEventLogEventConsumer" && filterName == "SCM Event Log Filter"
      && consumerName == "SCM Event Log Consumer" && filter.creatorSID == "S-1-5-32-544"
      && consumer.creatorSID == "S-1-5-32-544" && consumer["SourceName"]?.text == "Service Control Manager"
      && filter["Query"]?.text.isEqualIgnoringCase(to: "select * from MSFT_SCMEventLogEvent") == true
  }
}

/// The consumer classes of Windows (Microsoft Learn, "Standard Consumer Classes").
public enum ConsumerKind: String, CaseIterable, Hashable, Sendable {
  case commandLine = "CommandLineEventConsumer"
  case script = "ActiveScriptEventConsumer"
  case logFile = "LogFileEventConsumer"
  case eventLog = "NTEventLogEventConsumer"
  case mail = "SMTPEventConsumer"

  /// `Type` of Sysmon's event 20. Only the first two were seen in logs; the others are named in the same way.
  public var typeName: String {
    switch self {
    case .commandLine: "Command Line"
    case .script: "Script"
    case .logFile: "Log File"
    case .eventLog: "Event Log"
    case .mail: "SMTP"
    }
  }

  /// The properties that say what is run or written to; the first that has a value counts.
  public var destinationProperties: [String] {
    switch self {
    case .commandLine: ["CommandLineTemplate", "ExecutablePath"]
    case .script: ["ScriptText", "ScriptFileName"]
    case .logFile: ["Filename"]
    case .eventLog: ["SourceName"]
    case .mail: ["ToLine", "SMTPServer"]
    }
  }
}

/// `Class="Name"`, or an object path with `Class.Name="Name"`.
private struct ConsumerReference {
  var className: String
  var name: String

  init?(_ text: String) {
    guard let equals = text.firstIndex(of: "=") else { return nil }
    var left = text[..<equals]
    if left.hasSuffix(".Name") { left = left.dropLast(5) }
    className = String(left.split(separator: ":").last ?? left)
    var right = text[text.index(after: equals)...]
    if right.hasPrefix("\"") { right = right.dropFirst() }
    if right.hasSuffix("\"") { right = right.dropLast() }
    name = String(right)
    if className.isEmpty { return nil }
  }
}
