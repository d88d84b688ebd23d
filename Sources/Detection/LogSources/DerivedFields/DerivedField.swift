/// A field that no event has and that is made from others when a rule asks for it, so that a rule for Sysmon can be
/// put to events that say the same in another form.
///
/// Rules may name them too. Each is a pure function of a few texts of one event.
public enum DerivedField: String, CaseIterable, Hashable, Sendable {
  // Security 4688, a process was created.
  /// The new process's account, `DOMAIN\name`.
  case processUser = "yagura.User4688"
  /// The logon session of the new process, `0x` and lower-case digits.
  case processLogonID = "yagura.LogonId4688"
  /// Decimal.
  case processID = "yagura.ProcessId4688"
  /// Decimal.
  case parentProcessID = "yagura.ParentProcessId4688"
  /// `Low`, `Medium`, `High`, `System`…
  case integrityLevel = "yagura.IntegrityLevel4688"

  // Security 4657, a registry value was changed.
  /// Key and value as Sysmon abbreviates them, `HKLM\Software\…`.
  case registryTarget = "yagura.TargetObject4657"
  /// The new value as Sysmon writes it, such as `DWORD (0x00000001)`.
  case registryDetails = "yagura.Details4657"
  case registryEventType = "yagura.EventType4657"
  case registryEventID = "yagura.EventID4657"
  /// Decimal.
  case accessingProcessID = "yagura.ProcessId4657"
  /// The account that acted, `DOMAIN\name`.
  case subjectUser = "yagura.User4657"

  // Security 5156, a connection was allowed.
  /// The program, with the volume's device written as `C:`.
  case connectionImage = "yagura.Image5156"
  /// `true` or `false`.
  case connectionInitiated = "yagura.Initiated5156"
  /// `tcp`, `udp`, or the number.
  case connectionProtocol = "yagura.Protocol5156"
  case sourceIsIPv6 = "yagura.SourceIsIpv65156"
  case destinationIsIPv6 = "yagura.DestinationIsIpv65156"

  // WMI-Activity 5861, a filter was bound to a consumer.
  case filterName = "yagura.FilterName5861"
  case filterEventNamespace = "yagura.EventNamespace5861"
  case filterQuery = "yagura.Query5861"
  case filterQueryLanguage = "yagura.QueryLanguage5861"
  case filterUser = "yagura.FilterUser5861"
  case filterEventType = "yagura.FilterEventType5861"
  case consumerName = "yagura.ConsumerName5861"
  /// `Command Line`, `Script`…
  case consumerType = "yagura.Type5861"
  /// What the consumer runs or writes to.
  case consumerDestination = "yagura.Destination5861"
  case consumerUser = "yagura.ConsumerUser5861"
  case consumerEventType = "yagura.ConsumerEventType5861"
  /// The consumer's object path.
  case bindingConsumer = "yagura.Consumer5861"
  /// The filter's object path.
  case bindingFilter = "yagura.Filter5861"
  case bindingEventType = "yagura.BindingEventType5861"
  case bindingOperation = "yagura.Operation5861"
  /// `built-in` for the binding that Windows ships with, else `other`.
  case bindingOrigin = "yagura.Origin5861"

  // Microsoft Defender's detections.
  /// The path without the word before it that says what it is (`file:_`).
  case defenderPath = "yagura.PathDefender"

  public init?(name: String) { self.init(rawValue: name) }

  /// The name without our prefix and the event id: how Sysmon calls the field.
  public var shownName: String {
    var name = rawValue.dropFirst("yagura.".count)
    while let last = name.last, last.isASCII, last.isNumber { name.removeLast() }
    return String(name)
  }

  /// How rules and compiled expressions call the field.
  public var name: String { rawValue }

  /// The fields of the event that the value is made from, in the order `value(of:)` takes them.
  public var inputs: [String] {
    switch self {
    case .processUser:
      [
        "TargetUserSid", "TargetDomainName", "TargetUserName", "SubjectUserSid", "SubjectDomainName", "SubjectUserName",
      ]
    case .processLogonID: ["TargetLogonId", "SubjectLogonId"]
    case .processID: ["NewProcessId"]
    case .parentProcessID, .accessingProcessID: ["ProcessId"]
    case .integrityLevel: ["MandatoryLabel"]
    case .registryTarget: ["ObjectName", "ObjectValueName"]
    case .registryDetails: ["NewValue", "NewValueType"]
    case .registryEventType, .registryEventID: ["OperationType"]
    case .subjectUser: ["SubjectUserSid", "SubjectDomainName", "SubjectUserName"]
    case .connectionImage: ["Application"]
    case .connectionInitiated: ["Direction"]
    case .connectionProtocol: ["Protocol"]
    case .sourceIsIPv6: ["SourceAddress"]
    case .destinationIsIPv6: ["DestAddress"]
    case .filterEventType, .consumerEventType, .bindingEventType, .bindingOperation: []
    case .filterName, .filterEventNamespace, .filterQuery, .filterQueryLanguage, .filterUser, .consumerName,
      .consumerType, .consumerDestination, .consumerUser, .bindingConsumer, .bindingFilter, .bindingOrigin:
      ["PossibleCause", "ESS", "CONSUMER", "Namespace"]
    case .defenderPath: ["Path"]
    }
  }

  /// Every value that the field can have; nil when there is no end of them.
  public var possibleValues: [String]? {
    switch self {
    case .registryEventType: ["SetValue", "DeleteValue"]
    case .registryEventID: ["12", "13"]
    case .connectionInitiated, .sourceIsIPv6, .destinationIsIPv6: ["true", "false"]
    case .filterEventType: ["WmiFilterEvent"]
    case .consumerEventType: ["WmiConsumerEvent"]
    case .bindingEventType: ["WmiBindingEvent"]
    case .bindingOperation: ["Created"]
    case .bindingOrigin: ["built-in", "other"]
    default: nil
    }
  }
}

extension DerivedField {
  /// The value of the field in an event.
  /// - Parameter inputs: The texts of `self.inputs`, as records are printed; nil for a field that is absent or null.
  ///   Too few count as absent.
  /// - Returns: Nil when the event does not say.
  public func value(of inputs: [String?]) -> String? {
    let texts = Inputs(texts: inputs)
    return switch self {
    case .processUser, .processLogonID, .processID, .parentProcessID, .accessingProcessID, .integrityLevel,
      .subjectUser:
      processValue(of: texts)
    case .registryTarget, .registryDetails, .registryEventType, .registryEventID: registryValue(of: texts)
    case .connectionImage, .connectionInitiated, .connectionProtocol, .sourceIsIPv6, .destinationIsIPv6:
      connectionValue(of: texts)
    case .defenderPath: texts[0].map(DerivedField.pathWithoutKind)
    default: bindingValue(of: texts)
    }
  }

  /// The texts a value is made from. Empty ones and `-`, with which Windows fills what is not known, count as absent.
  struct Inputs {
    var texts: [String?]

    subscript(index: Int) -> String? {
      guard index < texts.count, let text = texts[index], !text.isEmpty, text != "-" else { return nil }
      return text
    }

    /// The text as it stands, empty ones included.
    func unfiltered(_ index: Int) -> String? {
      index < texts.count ? texts[index] : nil
    }
  }

  /// Defender writes `file:_C:\…`, `containerfile:_…`; the rest of a list of several stays.
  private static func pathWithoutKind(_ path: String) -> String {
    guard let end = path.firstIndex(of: ":"), path.utf8.distance(from: path.startIndex, to: end) > 1 else {
      return path
    }
    let rest = path[path.index(after: end)...]
    return rest.first == "_" ? String(rest.dropFirst()) : path
  }
}
