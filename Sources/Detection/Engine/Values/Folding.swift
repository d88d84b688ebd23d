import Sigma
import WindowsFormats

/// Unicode simple case folding of texts, the same for both sides of a comparison.
enum Folding {
  /// Appends the folded form of a run of UTF-8. ASCII is folded by vectors, all else scalar by scalar; bytes that are
  /// no UTF-8 become U+FFFD.
  static func append(_ view: ByteView, at offset: Int, byteCount: Int, to sink: inout ByteSink) {
    var at = offset
    let end = offset &+ byteCount
    while at < end {
      at &+= sink.appendLowercasedASCII(view, at: at, byteCount: end &- at)
      while at < end, let byte = view.u8(at), byte >= 0x80 {
        let (scalar, length) = UTF8Scalar.read(view, at: at, end: end)
        sink.append(scalar: CaseFolding.fold(Unicode.Scalar(scalar) ?? "\u{FFFD}").value)
        at &+= length
      }
    }
  }

  static func bytes(of text: String) -> [UInt8] {
    var text = text
    var sink = ByteSink(capacity: 64)
    text.withUTF8 { bytes in
      append(ByteView(UnsafeRawBufferPointer(bytes)), at: 0, byteCount: bytes.count, to: &sink)
    }
    return sink.array()
  }
}

enum UTF8Scalar {
  /// The scalar at an offset and how many bytes it has; U+FFFD and one byte where there is none.
  static func read(_ view: ByteView, at offset: Int, end: Int) -> (scalar: UInt32, length: Int) {
    guard let first = view.u8(offset) else { return (0xFFFD, 1) }
    if first < 0x80 { return (UInt32(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first < 0xF5, length <= end &- offset else { return (0xFFFD, 1) }
    var scalar = UInt32(first) & (0x7F >> UInt32(length))
    for index in 1..<length {
      guard let next = view.u8(offset &+ index), next & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      scalar = scalar << 6 | UInt32(next & 0x3F)
    }
    return (scalar, length)
  }
}
