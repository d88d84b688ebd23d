public import WindowsFormats

/// A cell of CSV (RFC 4180). One that a spreadsheet would take for a formula begins with an apostrophe.
public enum CSVCell {
  /// `=+-@`, tab, line breaks, `%` and `|`.
  private static let formulaStarts: [UInt8] = [61, 43, 45, 64, 9, 10, 13, 37, 124]

  /// `＝＋－＠`: spreadsheets take the full-width signs of an East Asian keyboard for the plain ones.
  private static func beginsWithWideSign(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBC && [0x9D, 0x8B, 0x8D, 0xA0].contains(bytes[2])
  }

  /// Appends bytes as a cell; numbers are left alone.
  static func append(_ bytes: UnsafeRawBufferPointer, isText: Bool, to sink: inout ByteSink) {
    guard let first = bytes.first else { return }
    let isFormula = isText && (formulaStarts.contains(first) || beginsWithWideSign(bytes))
    guard bytes.contains(where: { $0 == 44 || $0 == 34 || $0 < 32 }) else {
      if isFormula { sink.append(39) }
      return sink.append(bytes)
    }
    sink.append(34)
    if isFormula { sink.append(39) }
    var start = 0
    for index in 0..<bytes.count where bytes[index] == 34 {
      sink.append(UnsafeRawBufferPointer(rebasing: bytes[start...index]))
      sink.append(34)
      start = index + 1
    }
    sink.append(UnsafeRawBufferPointer(rebasing: bytes[start...]))
    sink.append(34)
  }

  /// Appends text as a cell. Control characters other than line breaks and tabs are shown as the sign for them.
  public static func append(_ text: String, to sink: inout ByteSink) {
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 32 && ![9, 10, 13].contains(scalar.value)
      shown.append(isControl ? Unicode.Scalar(0x2400 + scalar.value) ?? scalar : scalar)
    }
    var result = String(shown)
    result.withUTF8 { append(UnsafeRawBufferPointer($0), isText: true, to: &sink) }
  }
}
