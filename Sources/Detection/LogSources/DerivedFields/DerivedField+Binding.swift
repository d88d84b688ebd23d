/// A subscription of WMI, from WMI-Activity 5861, in the form in which Sysmon writes its events 19 to 21.
///
/// Sysmon shows texts as they stand in MOF, with their escapes, in quotation marks and behind a blank:
/// ` "C:\\Windows\\System32\\notepad.exe"`. The text of 5861 is MOF as well, so both are the same character by
/// character.
extension DerivedField {
  func bindingValue(of texts: Inputs) -> String? {
    switch self {
    case .filterEventType: return "WmiFilterEvent"
    case .consumerEventType: return "WmiConsumerEvent"
    case .bindingEventType: return "WmiBindingEvent"
    // 5861 says when a binding is made, and again whenever the service starts.
    case .bindingOperation: return "Created"
    default: break
    }
    guard texts[0] != nil || texts[1] != nil || texts[2] != nil else { return nil }
    let binding = ESSBindingText(
      possibleCause: texts[0] ?? "", filterName: texts[1] ?? "", consumer: texts[2] ?? "", namespace: texts[3] ?? "")
    return value(of: binding)
  }

  private func value(of binding: ESSBindingText) -> String? {
    switch self {
    case .filterName: DerivedField.quoted(binding.filter?["Name"]) ?? DerivedField.quoted(plain: binding.filterName)
    case .filterEventNamespace: DerivedField.quoted(binding.filter?["EventNamespace"])
    case .filterQuery: DerivedField.quoted(binding.filter?["Query"])
    case .filterQueryLanguage: DerivedField.quoted(binding.filter?["QueryLanguage"])
    case .filterUser: binding.filter?.creator
    case .consumerName:
      DerivedField.quoted(binding.consumer?["Name"]) ?? DerivedField.quoted(plain: binding.consumerName)
    case .consumerType: binding.consumerKind?.typeName ?? binding.consumerClass
    case .consumerDestination: DerivedField.quoted(binding.destination)
    case .consumerUser: binding.consumer?.creator
    case .bindingConsumer: DerivedField.quoted(plain: binding.consumerPath)
    case .bindingFilter: DerivedField.quoted(plain: binding.filterPath)
    default: binding.isBuiltIn ? "built-in" : "other"
    }
  }

  private static func quoted(_ value: MOFInstance.Value?) -> String? {
    value.map { value in
      switch value {
      case .string(let string): " \"\(string.literal)\""
      case .numbers, .other: " \"\(value.text)\""
      }
    }
  }

  private static func quoted(plain text: String?) -> String? {
    text.map { " \"\(MOFInstance.escaped($0))\"" }
  }
}
