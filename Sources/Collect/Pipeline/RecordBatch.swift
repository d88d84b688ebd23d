public import WindowsFormats

/// Records of an export as text, with what stood wrong between them.
public struct RecordBatch: Sendable {
  public enum Entry: Sendable {
    /// A record: its place in `bytes`, its absolute offset in the file, and its position counted from 1.
    case record(Range<Int>, offset: Int, ordinal: Int)
    case fault(ParseError)
  }

  var bytes: [UInt8] = []
  public var entries: [Entry] = []
}

/// Cuts an export into batches of records, reading it block by block.
final class ExportSplitting {
  /// Bytes of records in a batch, about.
  static let batchByteCount = 512 << 10
  /// Bytes read at a time.
  static let blockByteCount = 256 << 10

  let evidence: Evidence
  private(set) var position = 0
  private var splitter = RecordSplitter()
  private var isAtEnd = false
  private var buffer = [UInt8](repeating: 0, count: ExportSplitting.blockByteCount)

  init(_ evidence: Evidence) { self.evidence = evidence }

  /// The next batch; nil at the end of the file.
  func next() -> RecordBatch? {
    var batch = RecordBatch()
    while !isAtEnd, batch.bytes.count < ExportSplitting.batchByteCount {
      let count = buffer.withUnsafeMutableBytes { evidence.read(into: $0, at: position) }
      position += count
      if count == 0 {
        isAtEnd = true
        splitter.finish { ExportSplitting.append($0, to: &batch) }
      } else {
        buffer.withUnsafeBytes { bytes in
          splitter.feed(UnsafeRawBufferPointer(rebasing: bytes[0..<count])) {
            ExportSplitting.append($0, to: &batch)
          }
        }
      }
    }
    return batch.entries.isEmpty && isAtEnd ? nil : batch
  }

  private static func append(_ item: RecordSplitter.Item, to batch: inout RecordBatch) {
    switch item {
    case .record(let record):
      let start = batch.bytes.count
      batch.bytes.append(contentsOf: record.bytes)
      batch.entries.append(.record(start..<batch.bytes.count, offset: record.offset, ordinal: record.ordinal))
    case .fault(let error): batch.entries.append(.fault(error))
    }
  }
}
