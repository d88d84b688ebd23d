import Testing
import WindowsFormats

@testable import Assurance

/// The built-in scenarios, generated once for all tests.
enum BuiltinCases {
  struct Case: CustomTestStringConvertible {
    var scenario: Scenario
    var generated: GeneratedCase
    var testDescription: String { scenario.name }
  }

  static let all: [Case] = BuiltinScenarios.names.compactMap { name in
    guard let scenario = try? BuiltinScenarios.scenario(named: name),
      let generated = try? GeneratedCase(scenario, seed: 1)
    else { return nil }
    return Case(scenario: scenario, generated: generated)
  }

  static func named(_ name: String) -> Case? { all.first { $0.scenario.name == name } }
}

extension EventLogWriter.Event {
  /// A field of EventData, or of the one element of UserData, as text.
  subscript(name: String) -> String? {
    switch payload {
    case .eventData(let fields, _): return fields.first { $0.name == name }.map { Flattened.text($0.value) }
    case .userData(let root):
      guard case .elements(let children) = root.content, let child = children.first(where: { $0.name == name }),
        case .value(let value, _) = child.content
      else { return nil }
      return Flattened.text(value)
    case .classicEventData, .none: return nil
    }
  }

  var isSysmon: Bool { channel == "Microsoft-Windows-Sysmon/Operational" }
  var isSecurity: Bool { channel == "Security" }
}
