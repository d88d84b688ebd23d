#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import WindowsFormats

/// Follows logs and exports that are being written: each poll hands out what was added since the last.
///
/// Files are looked at again when their size or time changed; folders are listed again now and then for new files.
public final class EventFollower {
  private let export: EventExport
  private let paths: [String]
  private var files: [String: FollowedFile] = [:]
  private var order: [String] = []
  private var pollsUntilListing = 0
  private var hasListed = false
  private var csv = CSVLine()

  /// Polls between two listings of folders.
  private static let pollsPerListing = 8

  public init(export: EventExport, paths: [String]) {
    self.export = export
    self.paths = paths
  }

  /// Hands out blocks with what is new.
  /// - Returns: False when `deliver` wants no more.
  public func poll(_ deliver: (EventBlock) -> Bool) -> Bool {
    if pollsUntilListing == 0 {
      pollsUntilListing = EventFollower.pollsPerListing
      guard list(deliver) else { return false }
    }
    pollsUntilListing -= 1
    for path in order {
      guard let file = files[path], file.hasChanged() else { continue }
      let goesOn = file.readNew { block in
        if export.format == .csv { block.convert(using: &csv) }
        return deliver(block)
      }
      if !goesOn { return false }
    }
    return true
  }

  private func list(_ deliver: (EventBlock) -> Bool) -> Bool {
    defer { hasListed = true }
    let walker = EvidenceWalker(paths: paths, limits: export.limits, temporaryDirectory: export.temporaryDirectory)
    while let step = walker.next() {
      let block = EventBlock()
      switch step {
      case .diagnostic(let diagnostic):
        // Said once: what cannot be read at the first listing.
        guard !hasListed else { continue }
        block.faults.append(EventFault(diagnostic))
      case .evidence(let evidence):
        // The output grows with every record that is followed.
        if let output = export.outputDescriptor, evidence.isFile(openAs: output) { continue }
        guard files[evidence.path] == nil, let file = FollowedFile.make(evidence, export) else { continue }
        files[evidence.path] = file
        order.append(evidence.path)
        block.begins = evidence
        block.counts.files = 1
      }
      if !deliver(block) { return false }
    }
    return true
  }
}

/// A file that is followed.
class FollowedFile {
  let path: String
  let export: EventExport
  private var seen: (size: Int, seconds: Int, nanoseconds: Int, inode: UInt64)?
  /// Set when something was not whole yet: the file is looked at again although nothing changed.
  var isWaiting = false

  init(path: String, export: EventExport) {
    self.path = path
    self.export = export
  }

  static func make(_ evidence: Evidence, _ export: EventExport) -> FollowedFile? {
    switch evidence.kind {
    case .eventLog: FollowedLog(evidence, export)
    case .jsonEvents, .xmlEvents: FollowedExport(path: evidence.path, export: export)
    default: nil
    }
  }

  func hasChanged() -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    #if canImport(Glibc)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    let now = (Int(status.st_size), time.tv_sec, time.tv_nsec, UInt64(status.st_ino))
    defer { seen = now }
    guard let seen else { return true }
    if seen.3 != now.3 || now.0 < seen.0 { restart() }
    return isWaiting || seen != now
  }

  /// The file was replaced or cut: what is in it now is new.
  func restart() {}

  /// Hands out what is new, piece by piece: a log may be larger than the memory.
  /// - Returns: False when `deliver` wants no more.
  func readNew(_ deliver: (EventBlock) -> Bool) -> Bool { true }
}
