import WindowsFormats

enum UTF8Scalar {
  /// How many bytes the scalar at an offset has; one where there is none.
  static func byteCount(_ view: ByteView, at offset: Int, end: Int) -> Int {
    guard let first = view.u8(offset), first >= 0xC2, first < 0xF5 else { return 1 }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard length <= end &- offset else { return 1 }
    for index in 1..<length {
      guard let next = view.u8(offset &+ index), next & 0xC0 == 0x80 else { return 1 }
    }
    return length
  }
}
