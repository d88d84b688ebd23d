/// Writes texts one after the other so that different lists give different bytes: each is preceded by its length plus
/// one, 0 stands for an absent one. Texts are compared exactly as given, byte by byte: `HOST` and `host` are two.
struct KeyBuilder {
  private(set) var bytes: [UInt8] = []

  mutating func reset() { bytes.removeAll(keepingCapacity: true) }

  @inline(__always)
  mutating func append(_ text: String?) {
    guard let text else { return bytes.append(0) }
    var length = text.utf8.count + 1
    while length >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: length) | 0x80)
      length >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: length))
    bytes.append(contentsOf: text.utf8)
  }

  mutating func append(number: Int32) {
    for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
  }

  /// The texts of bytes that `append` wrote.
  static func texts(_ bytes: ArraySlice<UInt8>) -> [String?] {
    var texts: [String?] = []
    var rest = bytes
    while !rest.isEmpty {
      var length = 0
      var shift = 0
      while let byte = rest.popFirst() {
        length |= Int(byte & 0x7F) << shift
        shift += 7
        if byte < 0x80 { break }
      }
      guard length > 0 else {
        texts.append(nil)
        continue
      }
      texts.append(String(decoding: rest.prefix(length - 1), as: UTF8.self))
      rest = rest.dropFirst(length - 1)
    }
    return texts
  }
}
