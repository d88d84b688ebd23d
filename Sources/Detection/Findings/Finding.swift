public import Sigma
public import WindowsFormats

/// Something that a detector found, with the evidence that shows it.
public struct Finding: Hashable, Sendable {
  /// Stable: the same detector and evidence give the same id.
  public var id: String
  /// `sigma:<rule id>`, `correlation:<id>`, `lineage:<id>`, …
  public var detector: String
  public var title: LocalizedText
  public var level: SigmaLevel
  /// Ids of behaviours, such as `wmi-perm-commandline`.
  public var behaviours: [String]
  /// ATT&CK technique ids, such as `T1047`.
  public var attack: [String]
  /// ATT&CK tactics as Sigma tags have them, such as `lateral-movement`.
  public var tactics: [String]
  /// When, RFC 3339 in UTC with the precision of the source; empty when the source has no time.
  public var time: String
  public var host: String
  public var user: String
  public var summary: String
  public var evidence: [EventEvidence]
  /// The values that matter, in the order of the rule.
  public var fields: [FindingField]
  public var explanation: LocalizedText
  public var response: LocalizedText

  public init(id: String, detector: String, title: LocalizedText, level: SigmaLevel) {
    self.id = id
    self.detector = detector
    self.title = title
    self.level = level
    behaviours = []
    attack = []
    tactics = []
    time = ""
    host = ""
    user = ""
    summary = ""
    evidence = []
    fields = []
    explanation = LocalizedText()
    response = LocalizedText()
  }
}

/// A text in the two languages of the program; one that is missing is shown in the other.
public struct LocalizedText: Hashable, Sendable {
  public var en: String
  public var ja: String

  public init(en: String = "", ja: String = "") {
    self.en = en
    self.ja = ja
  }
}

public struct FindingField: Hashable, Sendable {
  public var name: String
  public var value: String

  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// An event that shows a finding: where it stands and what its bytes were.
public struct EventEvidence: Hashable, Sendable {
  /// As given or found; a member of an archive is `archive!member`.
  public var file: String
  public var recordID: EventRecord.RecordID
  public var channel: String
  public var eventID: UInt32
  /// Absolute offset of the record in the file.
  public var offset: Int
  /// SHA-256 of the record's bytes as they stand in the file, hexadecimal.
  public var sha256: String
  /// Whether the record is no live one.
  public var isRecovered: Bool

  public init(
    file: String, recordID: EventRecord.RecordID, channel: String, eventID: UInt32, offset: Int, sha256: String,
    isRecovered: Bool = false
  ) {
    self.file = file
    self.recordID = recordID
    self.channel = channel
    self.eventID = eventID
    self.offset = offset
    self.sha256 = sha256
    self.isRecovered = isRecovered
  }
}
