public import WindowsFormats

/// A case to generate: hosts, accounts, what happens on an ordinary day, and the steps of an attack with what is known
/// about each.
///
/// Read from a file of `Scenarios/`; `Scenarios/README.md` describes its form. `GeneratedCase` makes the event
/// logs.
public struct Scenario: Sendable {
  /// The file's name without `.yml`.
  public var name: String
  public var title: ScenarioText
  public var description: ScenarioText
  public var sources: [Source]
  /// FILETIME of the first midnight, local time.
  public var start: UInt64
  public var days: Int
  /// Minutes that local time is ahead of UTC.
  public var utcOffsetMinutes: Int
  public var domain: Domain
  public var hosts: [Host]
  public var accounts: [Account]
  public var noise: [Noise]
  public var steps: [Step]

  /// A public document that steps refer to.
  public struct Source: Hashable, Sendable {
    public var id: String
    public var title: String
    public var url: String?
  }

  public struct Domain: Hashable, Sendable {
    /// NetBIOS name.
    public var name: String
    public var dns: String
    public var sid: EventLogWriter.SID
  }

  public struct Host: Hashable, Sendable {
    public enum Role: String, Sendable, CaseIterable {
      case workstation
      case server
      case domainController = "domain-controller"
    }

    public var id: String
    /// NetBIOS name.
    public var name: String
    public var address: String
    public var role: Role
    /// Identifier of the account that works at a workstation.
    public var user: String?
    /// File version of Windows, as Sysmon shows it.
    public var build: String
    /// Ticks after the start when the host goes silent for good.
    public var silence: UInt64?
  }

  public struct Account: Hashable, Sendable {
    public var id: String
    public var name: String
    /// Relative identifier in the domain.
    public var rid: UInt32
    /// Whether it is an administrator of every host.
    public var isAdministrator: Bool
  }

  /// A generator of ordinary events on some hosts.
  public struct Noise: Sendable {
    public var generator: NoiseGenerator
    public var hosts: [String]
    /// How much, 1 being usual.
    public var rate: Double
  }

  /// How well a statement about a real incident is supported.
  public enum Grade: String, Sendable, CaseIterable {
    /// The text or data was read.
    case read = "A"
    /// An ATT&CK entry that cites the primary report.
    case catalogued = "B"
    /// Recalled from the primary report, not read again.
    case recalled = "C"
    /// Inferred: what such a step would log.
    case inferred = "D"
  }

  /// A step of the attack. Its events are always inferred; `grade` is about the statement in `record`.
  public struct Step: Sendable {
    public var id: String
    public var title: ScenarioText
    public var grade: Grade
    /// Identifiers of `sources`.
    public var sources: [String]
    /// What is public record.
    public var record: ScenarioText
    /// What is inferred or invented.
    public var inference: ScenarioText
    /// Ticks after the start of the case.
    public var offset: UInt64
    public var host: String
    /// The step is done once for each of these values of a variable.
    public var rounds: Rounds?
    var items: [StepItem]
    public var place: RecipePlace
  }

  public struct Rounds: Hashable, Sendable {
    public var variable: String
    public var values: [String]
    /// Ticks from one round to the next.
    public var interval: UInt64
  }
}

/// A text in both languages.
public struct ScenarioText: Hashable, Sendable {
  public var en: String
  public var ja: String

  public init(en: String = "", ja: String = "") {
    self.en = en
    self.ja = ja
  }
}
