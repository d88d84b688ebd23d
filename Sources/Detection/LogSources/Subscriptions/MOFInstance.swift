/// An instance as MOF text (DMTF DSP0221, "instance declaration"), as WMI-Activity 5861 holds it:
/// `instance of CLASS { Property = value; … };`.
public struct MOFInstance: Hashable, Sendable {
  public struct Property: Hashable, Sendable {
    public var name: String
    public var value: Value
  }

  public enum Value: Hashable, Sendable {
    case string(StringValue)
    /// The numbers of an array, such as the bytes of `CreatorSID`.
    case numbers([UInt64])
    /// Anything else as it stands: a number, `TRUE`, an array of texts.
    case other(String)

    public var text: String {
      switch self {
      case .string(let string): string.text
      case .numbers(let numbers): "{" + numbers.map(String.init).joined(separator: ", ") + "}"
      case .other(let text): text
      }
    }
  }

  public struct StringValue: Hashable, Sendable {
    /// What the text says.
    public var text: String
    /// The text as it stands between its quotation marks, with escapes.
    public var literal: String
  }

  public var className: String
  /// In the order of the text.
  public var properties: [Property]
  /// Whether the text reaches the end of the instance.
  public var isComplete: Bool

  /// The first property of that name, letter case ignored.
  public subscript(name: String) -> Value? {
    properties.first { $0.name.isEqualIgnoringCase(to: name) }?.value
  }

  /// Who made the instance: the account's name where it is the same everywhere, else its SID; nil when there is none.
  public var creator: String? {
    creatorSID.map { WellKnownAccount.name(ofSID: $0) ?? $0 }
  }

  /// `CreatorSID` as text; nil when it is absent or not a SID.
  public var creatorSID: String? {
    guard case .numbers(let numbers)? = self["CreatorSID"] else { return nil }
    return SIDText.text(ofBytes: numbers)
  }

  /// A text as it stands in MOF.
  static func escaped(_ text: String) -> String {
    var literal = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": literal += "\\\\"
      case "\"": literal += "\\\""
      case "\n": literal += "\\n"
      case "\r": literal += "\\r"
      case "\t": literal += "\\t"
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal
  }
}

/// SIDs from lists of byte values ([MS-DTYP] 2.4.2.2: revision, count, six bytes of authority, sub-authorities).
enum SIDText {
  static func text(ofBytes bytes: [UInt64]) -> String? {
    guard bytes.count >= 8, bytes[0] == 1, bytes[1] <= 15, bytes.allSatisfy({ $0 <= 255 }) else { return nil }
    let count = Int(bytes[1])
    guard bytes.count >= 8 + 4 * count else { return nil }
    let authority = bytes[2..<8].reduce(0) { $0 << 8 | $1 }
    var text = "S-1-\(authority)"
    for index in 0..<count {
      let start = 8 + 4 * index
      text += "-\(bytes[start..<start + 4].reversed().reduce(0) { $0 << 8 | $1 })"
    }
    return text
  }
}
