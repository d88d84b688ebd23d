/// Why a recipe, fixture or scenario is not usable, and where that stands.
public struct RecipeError: Error, Hashable, Sendable, CustomStringConvertible {
  public var code: Code
  /// The key, name or value at fault; may be empty.
  public var subject: String
  public var place: RecipePlace

  public init(_ code: Code, _ subject: String = "", at place: RecipePlace) {
    self.code = code
    // What is wrong may be a whole file's text.
    self.subject = String(subject.prefix(200))
    self.place = place
  }

  public var description: String { "\(place): \(code)\(subject.isEmpty ? "" : " (\(subject))")" }

  /// The kind of fault. A struct, so that it can grow without breaking a `switch` elsewhere.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    fileprivate enum Kind: String, Sendable {
      case fileTooLarge, notUTF8, invalidYAML, tooManyValues, tooDeep, tooManyAliases, duplicateKey, empty
      case notAMap, notAList, notAText, missing, unknownKey, unknownField, wrongValue, wrongPayload, tooMany
      case unknownName, unknownVariable, unwritable
    }
    fileprivate var kind: Kind

    public static let fileTooLarge = Code(kind: .fileTooLarge)
    public static let notUTF8 = Code(kind: .notUTF8)
    public static let invalidYAML = Code(kind: .invalidYAML)
    public static let tooManyValues = Code(kind: .tooManyValues)
    public static let tooDeep = Code(kind: .tooDeep)
    /// Aliases that would expand to more than `RecipeLimits.aliasedBytes`.
    public static let tooManyAliases = Code(kind: .tooManyAliases)
    public static let duplicateKey = Code(kind: .duplicateKey)
    /// No YAML document where one is needed.
    public static let empty = Code(kind: .empty)
    public static let notAMap = Code(kind: .notAMap)
    public static let notAList = Code(kind: .notAList)
    public static let notAText = Code(kind: .notAText)
    /// A key that has to be there is not.
    public static let missing = Code(kind: .missing)
    public static let unknownKey = Code(kind: .unknownKey)
    /// The event is known, and Windows writes no such field into it.
    public static let unknownField = Code(kind: .unknownField)
    /// The value cannot be what its key or field holds.
    public static let wrongValue = Code(kind: .wrongValue)
    /// The event is known, and has its data in the other of EventData and UserData, or in another element.
    public static let wrongPayload = Code(kind: .wrongPayload)
    /// More events, hosts or steps than a limit of `RecipeLimits` allows.
    public static let tooMany = Code(kind: .tooMany)
    /// The name of a host, account, process or generator that does not exist.
    public static let unknownName = Code(kind: .unknownName)
    /// `${…}` of something that does not exist.
    public static let unknownVariable = Code(kind: .unknownVariable)
    /// The event log writer refuses the event; the subject says why.
    public static let unwritable = Code(kind: .unwritable)

    public var description: String { kind.rawValue }
  }
}

/// Line and column in a file, counted from 1.
public struct RecipePlace: Hashable, Sendable, CustomStringConvertible {
  public var file: String
  public var line: Int
  public var column: Int

  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  public var description: String { "\(file):\(line):\(column)" }
}

/// Limits of what is read: recipes, fixtures and scenarios come from anywhere.
public enum RecipeLimits {
  public static let fileBytes = 1 << 20
  /// Values of one file, those that come by aliases included.
  public static let values = 200_000
  public static let depth = 32
  public static let aliasedBytes = 1 << 26
  /// Events of one fixture's test.
  public static let eventsPerTest = 10_000
  public static let hosts = 32
  public static let accounts = 64
  public static let days = 14
  public static let steps = 200
  /// Items of one step, its rounds counted.
  public static let itemsPerStep = 2_000
  /// Events of one case, noise included.
  public static let eventsPerCase = 500_000
}
