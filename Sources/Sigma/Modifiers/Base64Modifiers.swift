extension SigmaModifier {
  /// The value's Base64. It is compared as any text, letter case aside unless `cased` says otherwise, as pySigma does.
  static let base64 = SigmaModifier(
    "base64",
    value: { value, _ throws(ModifierFault) in
      let (bytes, text) = try encodedBytes(value)
      return .text(Base64.encode(bytes), isCased: text.isCased)
    })

  /// The three texts that the value's Base64 can be part of, by where its bytes begin in a group of three. Characters
  /// that neighbouring bytes have a share in are cut off; it is meant to be used with `contains`.
  static let base64Offset = SigmaModifier(
    "base64offset",
    value: { value, _ throws(ModifierFault) in
      let (bytes, text) = try encodedBytes(value)
      return .expansion(
        (0..<3).map { offset in
          let encoded = Base64.encode(Array(repeating: 0x20, count: offset) + bytes)
          let start = [0, 2, 3][offset]
          let end = [0, 3, 2][(bytes.count + offset) % 3]
          return .text(String(encoded.dropFirst(start).dropLast(end)), isCased: text.isCased)
        })
    })

  private static func encodedBytes(_ value: SigmaValue) throws(ModifierFault) -> (bytes: [UInt8], text: SigmaText) {
    guard case .text(let text) = value else { throw ModifierFault(.wrongValueType) }
    guard let bytes = text.bytes else { throw ModifierFault(.wildcardNotAllowed) }
    return (bytes, text)
  }
}

extension SigmaValue {
  fileprivate static func text(_ literal: String, isCased: Bool) -> SigmaValue {
    var text = SigmaText(literal: literal)
    text.isCased = isCased
    return .text(text)
  }
}

enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// RFC 4648, section 4, with padding.
  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits: UInt32 = 0
      for byte in group { bits = bits << 8 | UInt32(byte) }
      bits <<= UInt32(8 * (3 - group.count))
      for index in 0...group.count { text.append(alphabet[Int(bits >> UInt32(18 - 6 * index) & 63)]) }
      for _ in group.count..<3 { text.append(UInt8(ascii: "=")) }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
