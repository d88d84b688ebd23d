internal import Collect
internal import Detection
internal import WindowsFormats

/// Findings on their way into order of time: the findings wait in a temporary file, 16 bytes of each in memory.
final class FindingStore {
  /// When a finding was, and where it waits.
  private struct Entry {
    /// FILETIME; findings without a time come first.
    var time: UInt64
    var offset: UInt64
  }

  private var entries: [Entry] = []
  private let spool: SpoolFile
  private var block = ByteSink(capacity: 1 << 18)
  private var blockStart = 0

  /// Findings of one moment that are compared with each other, to merge what is the same.
  static let mergeLimit = 4096

  init() throws(SystemFault) { spool = try SpoolFile(folder: nil) }

  var count: Int { entries.count }

  func add(_ finding: Finding) throws(SystemFault) {
    entries.append(
      Entry(time: EventTime(finding.time)?.fileTime ?? 0, offset: UInt64(blockStart + block.count)))
    var bytes = ByteSink(capacity: 2048)
    finding.encode(to: &bytes)
    withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { block.append($0) }
    bytes.withBytes { block.append($0) }
    if block.count >= 1 << 18 { try flush() }
  }

  private func flush() throws(SystemFault) {
    let fault: SystemFault? = block.withBytes { bytes in
      do throws(SystemFault) {
        try spool.write(bytes, at: blockStart)
        return nil
      } catch {
        return error
      }
    }
    if let fault { throw fault }
    blockStart += block.count
    block.removeAll()
  }

  /// Hands out all findings in order of time; those of one moment in the order in which they were added. What has the
  /// same id is handed out once, with all its evidence: a folder may hold a log and a copy of it.
  func forEach(_ body: (Finding) -> Bool) throws(SystemFault) {
    try flush()
    entries.sort { ($0.time, $0.offset) < ($1.time, $1.offset) }
    var start = 0
    while start < entries.count {
      var end = start + 1
      while end < entries.count, entries[end].time == entries[start].time, end - start < FindingStore.mergeLimit {
        end += 1
      }
      for finding in try merged(entries[start..<end]) where !body(finding) { return }
      start = end
    }
  }

  private func merged(_ group: ArraySlice<Entry>) throws(SystemFault) -> [Finding] {
    var findings: [Finding] = []
    var indexOfID: [String: Int] = [:]
    for entry in group {
      guard let finding = try read(Int(entry.offset)) else { continue }
      guard let index = indexOfID[finding.id] else {
        indexOfID[finding.id] = findings.count
        findings.append(finding)
        continue
      }
      for item in finding.evidence where !findings[index].evidence.contains(item) {
        findings[index].evidence.append(item)
      }
    }
    return findings
  }

  private func read(_ offset: Int) throws(SystemFault) -> Finding? {
    guard let length = try bytes(at: offset, count: 8)?.u64(0), length < 1 << 30 else { return nil }
    return try bytes(at: offset + 8, count: Int(length)).flatMap { Finding(decoding: $0.view) }
  }

  /// Bytes of the spool; nil when it is shorter, which only a full disk or another process can bring about.
  private func bytes(at offset: Int, count: Int) throws(SystemFault) -> HeldBytes? {
    let held = HeldBytes(count: count)
    return spool.read(into: held.buffer, at: offset) == count ? held : nil
  }
}

/// Bytes with an owner.
private final class HeldBytes {
  let buffer: UnsafeMutableRawBufferPointer

  init(count: Int) { buffer = .allocate(byteCount: max(count, 1), alignment: 16) }

  deinit { buffer.deallocate() }

  var view: ByteView { ByteView(UnsafeRawBufferPointer(buffer)) }

  func u64(_ offset: Int) -> UInt64? { view.u64(offset) }
}
