import Sigma
import WindowsFormats

/// Folding of texts in buffers, by `CaseFolding`: the same for both sides of a comparison.
enum Folding {
  /// Appends the folded form of a run of UTF-8.
  static func append(_ view: ByteView, at offset: Int, byteCount: Int, to sink: inout ByteSink) {
    view.withBytes(at: offset, byteCount: byteCount) { bytes in
      bytes.withMemoryRebound(to: UInt8.self) { text in
        sink.append(upTo: CaseFolding.maximumCount(of: byteCount)) { CaseFolding.fold(text, into: $0) }
      }
    }
  }

  static func bytes(of text: String) -> [UInt8] { CaseFolding.fold(Array(text.utf8)) }
}
