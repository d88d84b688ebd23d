extension SigmaModifier {
  /// UTF-16 with the low byte first.
  static let wide = encoding(["wide", "utf16le"], .utf16LittleEndian)
  /// UTF-16 with the high byte first.
  static let utf16BigEndian = encoding(["utf16be"], .utf16BigEndian)
  /// UTF-16 with the low byte first, after the byte order mark FF FE.
  static let utf16 = encoding(["utf16"], .utf16WithMark)

  private static func encoding(_ names: [String], _ encoding: SigmaText.Encoding) -> SigmaModifier {
    SigmaModifier(
      names: names,
      value: { value, _ throws(ModifierFault) in
        guard case .text(var text) = value else { throw ModifierFault(.wrongValueType) }
        guard text.encoding == nil else { throw ModifierFault(.wrongModifierOrder) }
        text.encoding = encoding
        return .text(text)
      })
  }
}
