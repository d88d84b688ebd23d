/// Something that kept a part of the input from being read. The walk goes on after it.
public struct EvidenceDiagnostic: Error, Sendable, Hashable {
  /// The file, folder, archive or member that it is about.
  public var path: String
  /// Bytes of it that could be read before, where that means something.
  public var offset: Int?
  public var code: Code
  /// A short word such as `not-found`, the name of a limit, or the message of the archive library.
  public var detail: String

  public init(path: String, offset: Int? = nil, code: Code, detail: String) {
    self.path = path
    self.offset = offset
    self.code = code
    self.detail = detail
  }

  /// The kind of fault. A struct, so that it can grow without breaking a `switch` elsewhere.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Kind: String, Sendable {
      case unreadable, limitExceeded, encrypted, damaged, unsupported, cycle, duplicate, unrecognized, ownOutput
    }
    private var kind: Kind
    private init(_ kind: Kind) { self.kind = kind }

    /// The operating system refused to open, read or list it, or to store what was unpacked from it.
    public static let unreadable = Code(.unreadable)
    /// A container passed one of `ContainerLimits`; `detail` names it.
    public static let limitExceeded = Code(.limitExceeded)
    /// A member, or the list of all members, cannot be read without a password.
    public static let encrypted = Code(.encrypted)
    /// A container is truncated or its bytes contradict themselves; what could be read was delivered.
    public static let damaged = Code(.damaged)
    /// A pipe, socket or device inside a folder.
    public static let unsupported = Code(.unsupported)
    /// A link leads back to a folder that it lies in.
    public static let cycle = Code(.cycle)
    /// A link leads to a folder that was walked already: nothing is missing.
    public static let duplicate = Code(.duplicate)
    /// A file that was named, or is called `.evtx`, and holds nothing that could be an event.
    public static let unrecognized = Code(.unrecognized)
    /// The file that this run writes to.
    public static let ownOutput = Code(.ownOutput)

    public var description: String { kind.rawValue }
  }
}
