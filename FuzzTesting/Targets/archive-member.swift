#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
@testable import Collect
@testable import WindowsFormats

/// The input is a file that may be an archive; it is walked and everything that is found is read to its end.
@MainActor private var check = ArchiveCheck()

@_cdecl("LLVMFuzzerTestOneInput")
@MainActor public func fuzzArchive(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  check.run(Array(UnsafeBufferPointer(start: data, count: count)))
  return 0
}

struct ArchiveCheck: ~Copyable {
  private var reader = EventLogChunkReader(output: .jsonLines)
  private let limits: ContainerLimits

  init() {
    var limits = ContainerLimits()
    limits.maximumMembers = 200
    limits.maximumMemberBytes = 1 << 20
    limits.maximumTotalBytes = 4 << 20
    self.limits = limits
    reader.begin(file: "fuzz")
  }

  mutating func run(_ bytes: [UInt8]) {
    let walker = EvidenceWalker(contents: bytes, name: "fuzz.zip", limits: limits)
    var total = 0
    var steps = 0
    while let step = walker.next() {
      steps += 1
      // One container inside the other, a step and a diagnostic for each member.
      if steps > limits.maximumMembers * limits.maximumMembers * 2 { finding("more steps than the limits allow") }
      guard case .evidence(let evidence) = step else { continue }
      total += evidence.byteCount
      if evidence.byteCount > limits.maximumMemberBytes { finding("a member of \(evidence.byteCount) bytes") }
      if total > limits.maximumTotalBytes { finding("members of \(total) bytes") }
      read(evidence)
    }
    if walker.next() != nil { finding("a step after the last") }
    checkDescriptors()
  }

  private mutating func read(_ evidence: Evidence) {
    var count = 0
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      while case let done = evidence.read(into: buffer, at: count), done > 0 { count += done }
    }
    if count != evidence.byteCount { finding("\(count) of \(evidence.byteCount) bytes can be read") }
    switch evidence.kind {
    case .eventLog: readLog(evidence)
    case .jsonEvents, .xmlEvents:
      let splitting = ExportSplitting(evidence)
      while splitting.next() != nil {}
    default: break
    }
  }

  private mutating func readLog(_ evidence: Evidence) {
    let log = EventLogFile(evidence, isSurveyed: false)
    reader.clearOutput()
    withUnsafeTemporaryAllocation(byteCount: EventLogChunk.byteCount, alignment: 64) { buffer in
      var offset = log.firstChunk
      while case let count = evidence.read(into: buffer, at: offset), count > 0 {
        withExactBuffer(buffer[0..<count]) { bytes in
          if reader.load(bytes, at: offset, isDirty: log.isDirty) { reader.renderAll() }
        }
        _ = reader.takeDiagnostics()
        reader.clearOutput()
        offset += EventLogChunk.byteCount
      }
    }
  }

  /// The lowest free descriptor stays low when all are given back.
  private func checkDescriptors() {
    let lowest = dup(2)
    close(lowest)
    if lowest > 64 { finding("descriptors are not given back") }
  }
}
