import Collect
import WindowsFormats

/// What an import of a text gave.
struct Imported {
  var events: [EventRecord] = []
  var notEvents = 0
  var faults: [ParseError] = []
  var ordinals: [Int] = []
  var offsets: [Int] = []
}

/// Imports bytes in blocks of a given size.
func importing(_ bytes: [UInt8], blockSize: Int = 1 << 16, maximumRecordBytes: Int = 16 << 20) -> Imported {
  var splitter = RecordSplitter(maximumRecordBytes: maximumRecordBytes)
  let normalizer = EventNormalizer()
  var result = Imported()
  func take(_ item: RecordSplitter.Item) {
    switch item {
    case .fault(let error): result.faults.append(error)
    case .record(let record):
      result.ordinals.append(record.ordinal)
      result.offsets.append(record.offset)
      switch normalizer.normalize(record) {
      case .event(let event): result.events.append(event)
      case .notAnEvent: result.notEvents += 1
      case .failed(let error): result.faults.append(error)
      }
    }
  }
  bytes.withUnsafeBytes { all in
    var at = 0
    while at < all.count {
      let end = min(at + blockSize, all.count)
      splitter.feed(UnsafeRawBufferPointer(rebasing: all[at..<end]), body: take)
      at = end
    }
  }
  splitter.finish(body: take)
  return result
}

func importing(_ text: String, blockSize: Int = 1 << 16) -> Imported {
  importing(Array(text.utf8), blockSize: blockSize)
}

extension EventRecord {
  /// The canonical line without the original.
  var line: String {
    var copy = self
    copy.original = nil
    var sink = ByteSink()
    copy.appendJSONLine(file: "f", to: &sink)
    return sink.string()
  }

  func text(_ path: String...) -> String? {
    var fields = data
    for name in path.dropLast() {
      guard case .object(let inner) = fields[name] else { return nil }
      fields = inner
    }
    return path.last.flatMap { fields[$0]?.text }
  }
}

/// Deterministic random numbers (SplitMix64); the seed is in the test.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
