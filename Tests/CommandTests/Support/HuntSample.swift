internal import WindowsFormats
import Foundation

/// A small log and a rule that finds two of its five events.
enum HuntSample {
  static let ruleID = "0f7d7d1a-6d64-4d9f-9f0e-0e1b4b6ab1c2"
  static let columns = [
    "time", "level", "title", "host", "user", "summary", "behaviour", "attack", "tactics", "detector", "id", "file",
    "recordId", "channel", "eventId", "offset", "sha256", "fields",
  ]

  static func log(_ texts: [String] = ["one", "an evil word", "two", "evil again", "three"]) throws -> [UInt8] {
    try Logs.bytes(
      texts.enumerated().map { index, text in
        Logs.event(
          [.init("Text", .string(text)), .init("User", .string(#"CORP\h.sato"#))], seconds: index * 60,
          recordID: UInt64(index + 1), channel: "System")
      })
  }

  static func rule(
    id: String = ruleID, title: String = "A Word", level: String = "high", value: String = "evil",
    modifier: String = "contains"
  ) -> String {
    """
    title: \(title)
    id: \(id)
    name: a_word
    description: It is there.
    tags: [attack.t1047, attack.execution]
    logsource: {product: windows, service: system}
    detection:
      selection: {Text|\(modifier): '\(value)'}
      condition: selection
    level: \(level)
    yagura:
      title: {ja: 言葉}
      behaviours: [wmi-worm]

    """
  }

  /// A correlation of two findings of the rule.
  static let correlation = """
    title: Two Words
    id: 0f7d7d1a-6d64-4d9f-9f0e-0e1b4b6ab1c3
    correlation:
      type: event_count
      generate: true
      rules: [a_word]
      group-by: [Computer]
      timespan: 5m
      condition: {gte: 2}
    level: critical

    """
}

extension Tool {
  /// `yagura hunt` without the built-in rules.
  static func hunt(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
    try run(["hunt", "--no-builtin-rules"] + arguments, environment: environment)
  }
}
