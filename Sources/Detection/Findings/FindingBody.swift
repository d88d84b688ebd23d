import WindowsFormats

/// What a finding says of one event, without what every finding of its rule says.
public struct FindingBody: Hashable, Sendable {
  /// Number of the rule in its `RuleBook`.
  public var rule: Int
  public var id: String
  public var time: String
  public var host: String
  public var user: String
  public var summary: String
  public var evidence: [EventEvidence]
  public var fields: [FindingField]

  init(rule: Int, id: String, time: String, host: String, user: String) {
    self.rule = rule
    self.id = id
    self.time = time
    self.host = host
    self.user = user
    summary = ""
    evidence = []
    fields = []
  }
}

extension Finding {
  init(_ body: FindingBody, of rule: HuntRule) {
    self.init(id: body.id, detector: rule.detector, title: rule.title, level: rule.level)
    behaviours = rule.behaviours
    attack = rule.attack
    tactics = rule.tactics
    explanation = rule.explanation
    response = rule.response
    time = body.time
    host = body.host
    user = body.user
    summary = body.summary
    evidence = body.evidence
    fields = body.fields
  }
}
