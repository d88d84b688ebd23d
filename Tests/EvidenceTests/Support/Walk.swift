import Collect
import Glibc
import WindowsFormats

/// What a walk delivered, in order.
struct Walk {
  var evidence: [Evidence] = []
  var diagnostics: [EvidenceDiagnostic] = []
  /// Paths of both, in the order in which they came.
  var order: [String] = []
  var summary: EvidenceWalker.Summary

  init(_ paths: [String], limits: ContainerLimits = ContainerLimits()) {
    self.init(EvidenceWalker(paths: paths, limits: limits))
  }

  init(_ contents: [UInt8], as name: String = "x.zip", limits: ContainerLimits = ContainerLimits()) {
    self.init(EvidenceWalker(contents: contents, name: name, limits: limits))
  }

  init(_ walker: EvidenceWalker) {
    while let step = walker.next() {
      switch step {
      case .evidence(let found):
        evidence.append(found)
        order.append(found.path)
      case .diagnostic(let diagnostic):
        diagnostics.append(diagnostic)
        order.append(diagnostic.path)
      }
    }
    summary = walker.summary
  }

  var paths: [String] { evidence.map(\.path) }
  var kinds: [EvidenceKind] { evidence.map(\.kind) }
  var codes: [EvidenceDiagnostic.Code] { diagnostics.map(\.code) }
}

extension Evidence {
  var contents: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: byteCount)
    let count = bytes.withUnsafeMutableBytes { read(into: $0, at: 0) }
    return Array(bytes[..<count])
  }
}

enum Sample {
  static let json = Array(#"{"EventID":4688}"#.utf8)

  /// Something that begins like an event log and compresses badly, the same for the same seed.
  static func log(_ byteCount: Int = 600, seed: UInt64 = 1) -> [UInt8] {
    var random = SplitMix64(state: seed)
    return Array("ElfFile\0".utf8) + (8..<max(byteCount, 8)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
  }
}

/// A random sequence that is the same in every run.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A folder that is gone after the test.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/evidence-tests-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw ArchiveBuilder.Failure(description: "mkdtemp") }
    path = String(cString: made)
  }

  deinit { remove(path) }

  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let full = "\(path)/\(name)"
    var folder = ""
    for part in name.split(separator: "/").dropLast() {
      folder += "/\(part)"
      mkdir(path + folder, 0o755)
    }
    let descriptor = open(full, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw ArchiveBuilder.Failure(description: full) }
    defer { close(descriptor) }
    _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    return full
  }

  private func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR, let stream = opendir(path) {
      defer { closedir(stream) }
      while let record = readdir(stream) {
        let name = withUnsafePointer(to: &record.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != "." && name != ".." { remove("\(path)/\(name)") }
      }
    }
    Glibc.remove(path)
  }
}

/// Peak resident memory of this process in bytes.
func peakMemoryByteCount() -> Int {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss * 1024
}
