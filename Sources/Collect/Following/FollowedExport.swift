#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import WindowsFormats

/// A JSON or XML export that is being appended to.
final class FollowedExport: FollowedFile {
  private var position = 0
  private var splitter = RecordSplitter()
  private let normalizer = EventNormalizer()

  override func restart() {
    position = 0
    splitter = RecordSplitter()
  }

  override func readNew(_ deliver: (EventBlock) -> Bool) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return true }
    defer { close(descriptor) }
    let block = EventBlock()
    return withUnsafeTemporaryAllocation(byteCount: ExportSplitting.blockByteCount, alignment: 16) { buffer in
      while true {
        let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(position))
        guard count > 0 else { return true }
        position += count
        splitter.feed(UnsafeRawBufferPointer(rebasing: buffer[0..<count])) { take($0, into: block) }
        if !deliver(block) { return false }
        block.reset()
      }
    }
  }

  private func take(_ item: RecordSplitter.Item, into block: EventBlock) {
    switch item {
    case .fault(let error):
      block.counts.badRecords += 1
      block.faults.append(EventFault(error, file: path, isLoss: true))
    case .record(let record):
      switch normalizer.normalize(record) {
      case .notAnEvent: block.counts.otherValues += 1
      case .failed(let error):
        block.counts.badRecords += 1
        block.faults.append(EventFault(error, file: path, isLoss: true))
      case .event(let event):
        block.counts.records += 1
        guard export.filter.accepts(event) else { return }
        block.counts.written += 1
        event.append(isXML: export.format == .xml, file: path, to: &block.text)
      }
    }
  }
}
