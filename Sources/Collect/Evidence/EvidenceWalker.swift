import WindowsFormats

/// Finds evidence in files, folders and archives, one piece at a time.
///
/// A pull interface for one thread: each call of `next()` does the work for one step, and nothing runs ahead. The order
/// depends on the input alone: paths as given, folders in byte order of the path, archives in the order in which their
/// members are stored (a zip: by place of the data).
///
/// Files of unknown kind are delivered as `.other`, since opening them costs nothing; members of unknown kind are passed
/// over without being unpacked and counted in `summary`, unless they are called `.evtx`.
public final class EvidenceWalker {
  public enum Step: Sendable {
    case evidence(Evidence)
    case diagnostic(EvidenceDiagnostic)
  }

  /// What was walked so far.
  public struct Summary: Sendable, Hashable {
    /// Folders listed.
    public var folders = 0
    /// Files opened, members not included.
    public var files = 0
    /// Containers opened, nested ones included.
    public var containers = 0
    /// Members with bytes of their own that were looked at.
    public var members = 0
    /// Those of them that are of no kind that anything here reads.
    public var skippedMembers = 0
  }

  public internal(set) var summary = Summary()

  let limits: ContainerLimits
  let temporaryDirectory: String?
  let locale = TextLocale()
  var budget: ContainerBudget

  /// What is still to be walked, outermost first. Archives lie inside folders, never the other way.
  var given: ArraySlice<Given>
  var folders: [FolderListing] = []
  var archives: [ArchiveReader] = []
  /// Folders below the current given path that were listed.
  var walked: Set<FolderIdentity> = []
  /// A diagnostic that belongs behind the step just delivered.
  var following: EvidenceDiagnostic?
  private var head = [UInt8](repeating: 0, count: EvidenceKind.headByteCount)

  enum Given {
    case path(String)
    case contents([UInt8], name: String)
  }

  /// - Parameters:
  ///   - paths: files, folders, archives; `-` is standard input
  ///   - temporaryDirectory: for members too large for memory; nil: `TMPDIR`, else `/var/tmp`, else `/tmp`
  public init(paths: [String], limits: ContainerLimits = ContainerLimits(), temporaryDirectory: String? = nil) {
    given = paths.map { .path($0) }[...]
    self.limits = limits
    self.temporaryDirectory = temporaryDirectory
    budget = ContainerBudget(limits: limits)
  }

  /// A file that is in memory, shown as `name`.
  public struct Contents: Sendable {
    public var name: String
    public var bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// Walks files that are in memory.
  public convenience init(
    contents: [Contents], limits: ContainerLimits = ContainerLimits(), temporaryDirectory: String? = nil
  ) {
    self.init(paths: [], limits: limits, temporaryDirectory: temporaryDirectory)
    given = contents.map { .contents($0.bytes, name: $0.name) }[...]
  }

  /// Walks a file that is in memory, shown as `name`.
  public init(
    contents: [UInt8], name: String, limits: ContainerLimits = ContainerLimits(), temporaryDirectory: String? = nil
  ) {
    given = [.contents(contents, name: name)]
    self.limits = limits
    self.temporaryDirectory = temporaryDirectory
    budget = ContainerBudget(limits: limits)
  }

  /// The next piece of evidence, or the next thing that kept some from being read; nil at the end.
  public func next() -> Step? {
    if let diagnostic = following {
      following = nil
      return .diagnostic(diagnostic)
    }
    while true {
      if let archive = archives.last {
        if let step = advance(archive) { return step }
      } else if let entry = folders.last.map({ _ in folders[folders.count - 1].next() }) {
        if let step = advance(folderEntry: entry) { return step }
      } else if let next = given.popFirst() {
        if let step = start(next) { return step }
      } else {
        return nil
      }
    }
  }

  /// Opens a container, or delivers anything else.
  func examine(_ candidate: Candidate) -> Step? {
    // Most files of a case are logs, which their first bytes tell; reading more of each would cost a tenth of a run.
    let start = head(of: candidate.descriptor, byteCount: EvidenceKind.logHeadByteCount)
    if start.withUnsafeBytes({ EvidenceKind.beginsLikeLog(ByteView($0)) }) {
      return .evidence(Evidence(candidate, kind: .eventLog))
    }
    let head = head(of: candidate.descriptor, byteCount: EvidenceKind.headByteCount)
    return head.withUnsafeBytes { bytes in
      let view = ByteView(bytes)
      if let format = ContainerFormat(head: view) { return open(candidate, as: format) }
      return .evidence(Evidence(candidate, kind: EvidenceKind(head: view, name: candidate.name)))
    }
  }

  /// The first bytes of a file, at most `byteCount`.
  func head(of descriptor: OwnedDescriptor, byteCount: Int) -> ArraySlice<UInt8> {
    let count = head.withUnsafeMutableBytes {
      descriptor.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[..<byteCount]), at: 0)
    }
    return head[..<count]
  }
}
