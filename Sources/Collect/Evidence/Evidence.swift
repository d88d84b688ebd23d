/// One file or archive member that may hold evidence, open for reading.
///
/// The descriptor is closed with the last reference. Reading by position is safe from several threads at once, and while
/// the walker goes on.
public final class Evidence: Sendable {
  /// The path as given, or found below a given folder; a member is `archive!member`, to any depth. A compressed single
  /// file has no member name and keeps its own path. Hostile text: it may hold control characters.
  public let path: String
  /// The Windows path that a triage collection took the file from, where its layout tells.
  public let originalPath: String?
  public let kind: EvidenceKind
  /// Size in bytes: of the file when it was opened, or of the unpacked member.
  public let byteCount: Int
  /// Nanoseconds since 1970-01-01 UTC, of the file or as the archive has it. A zip without extended timestamps holds
  /// local time, which is read in the time zone of this process.
  public let modificationTimeNanoseconds: Int64?
  /// False for a member whose archive is damaged: the bytes end early, and a diagnostic follows.
  public let isComplete: Bool

  private let descriptor: OwnedDescriptor

  init(_ candidate: Candidate, kind: EvidenceKind) {
    path = candidate.path
    originalPath = CollectedPath.original(of: candidate.path)
    self.kind = kind
    byteCount = candidate.byteCount
    modificationTimeNanoseconds = candidate.modificationTimeNanoseconds
    isComplete = candidate.isComplete
    descriptor = candidate.descriptor
  }

  /// A descriptor that can seek and map; owned by this object, so it must not be closed nor outlive it.
  public var fileDescriptor: Int32 { descriptor.number }

  /// Whether it is the regular file that another descriptor has open.
  func isFile(openAs other: Int32) -> Bool {
    FileIdentity(openAs: other).map(isFile) ?? false
  }

  func isFile(_ identity: FileIdentity) -> Bool {
    (try? FileStatus(of: descriptor.number))?.identity == identity.identity
  }

  /// Reads bytes at `offset` into the buffer and returns how many; fewer than fit only at the end or after an error.
  public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
    descriptor.read(into: buffer, at: offset)
  }
}

/// Which regular file a descriptor is open for.
struct FileIdentity {
  let identity: FolderIdentity

  /// Nil for terminals, pipes and devices.
  init?(openAs descriptor: Int32) {
    guard let status = try? FileStatus(of: descriptor), status.isRegular else { return nil }
    identity = status.identity
  }
}

/// A file that is open but not yet recognised.
struct Candidate {
  var path: String
  /// The last component of the name, without the extension of a compression.
  var name: String
  var descriptor: OwnedDescriptor
  var byteCount: Int
  var modificationTimeNanoseconds: Int64?
  var isComplete = true
}
