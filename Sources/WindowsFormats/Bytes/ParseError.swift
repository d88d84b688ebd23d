/// What went wrong while reading a structure, and where.
///
/// Thrown by every reader of Windows formats; outer layers add the file. Text for people is made from `code` and
/// `structure` by whoever talks to people.
public struct ParseError: Error, Hashable, Sendable {
  public var code: Code
  public var structure: Structure
  /// Absolute byte offset in the original file.
  public var offset: Int

  public init(_ code: Code, _ structure: Structure, offset: Int) {
    self.code = code
    self.structure = structure
    self.offset = offset
  }

  /// The kind of fault. A struct, so that it can grow without breaking a `switch` elsewhere.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    fileprivate enum Kind: String, Sendable {
      case truncated, invalidSignature, invalidValue, checksumMismatch, limitExceeded, cycle, unsupported, unreadable
    }
    fileprivate var kind: Kind

    /// The structure goes on past the end of what holds it.
    public static let truncated = Code(kind: .truncated)
    /// The magic bytes are not there.
    public static let invalidSignature = Code(kind: .invalidSignature)
    /// A field has a value that the format does not allow.
    public static let invalidValue = Code(kind: .invalidValue)
    /// A stored checksum differs from the one computed.
    public static let checksumMismatch = Code(kind: .checksumMismatch)
    /// A named limit of the reader was reached.
    public static let limitExceeded = Code(kind: .limitExceeded)
    /// A chain of references comes back to itself.
    public static let cycle = Code(kind: .cycle)
    /// The format allows it; this reader does not know it.
    public static let unsupported = Code(kind: .unsupported)
    /// The operating system refused to read.
    public static let unreadable = Code(kind: .unreadable)

    public var description: String { kind.rawValue }
  }

  /// The structure that was being read, by the name its format document gives it.
  public struct Structure: Hashable, Sendable, CustomStringConvertible {
    public let description: String
    public init(_ name: String) { description = name }
  }
}

extension ParseError.Structure {
  public static let file = Self("file")
}
