/// Text-level help around the parser; none of it decodes values.

/// The text with integers that 64 bits cannot hold put in quotes, or nil when there is none.
func quotingHugeIntegers(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
  var output: [UInt8] = []
  var copied = 0
  var at = 0
  while at < text.count {
    let byte = text[at]
    if byte == UInt8(ascii: "\"") {
      at = endOfString(text, at)
    } else if byte == UInt8(ascii: "-") || (48...57).contains(byte) {
      let start = at
      while at < text.count, isNumberByte(text[at]) { at += 1 }
      let token = text[start..<at]
      guard token.count >= 19, !token.contains(where: { $0 == 46 || $0 | 32 == 101 }) else { continue }
      let number = String(decoding: token, as: UTF8.self)
      guard Int64(number) == nil, UInt64(number) == nil else { continue }
      output.append(contentsOf: text[copied..<start])
      output.append(34)
      output.append(contentsOf: token)
      output.append(34)
      copied = at
    } else {
      at += 1
    }
  }
  guard copied > 0 else { return nil }
  output.append(contentsOf: text[copied...])
  return output
}

private func isNumberByte(_ byte: UInt8) -> Bool {
  (48...57).contains(byte) || byte == 43 || byte == 45 || byte == 46 || byte | 32 == 101
}

/// The place behind the string that starts at `start`.
private func endOfString(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
  var at = start + 1
  while at < text.count {
    if text[at] == 92 {
      at += 2
    } else if text[at] == 34 {
      return at + 1
    } else {
      at += 1
    }
  }
  return text.count
}

/// The same JSON on one line: no white space between tokens, control characters inside strings escaped. Text that has
/// neither line ends nor control characters is returned as it is.
func singleLineJSON(_ text: String) -> String {
  var text = text
  let lines = text.withUTF8 { bytes -> [UInt8]? in
    guard hasControl(UnsafeRawBufferPointer(bytes)) else { return nil }
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var isInString = false
    var isEscaped = false
    for byte in bytes {
      if isInString {
        if byte < 32 { output.append(contentsOf: controlEscape(byte)) } else { output.append(byte) }
        if isEscaped {
          isEscaped = false
        } else if byte == 92 {
          isEscaped = true
        } else if byte == 34 {
          isInString = false
        }
      } else if byte > 32 {
        output.append(byte)
        isInString = byte == 34
      }
    }
    return output
  }
  return lines.map { String(decoding: $0, as: UTF8.self) } ?? text
}

private func hasControl(_ bytes: UnsafeRawBufferPointer) -> Bool {
  let space = SIMD16<UInt8>(repeating: 32)
  var at = 0
  while bytes.count - at >= 16 {
    let controls = bytes.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self) .< space
    let mask = unsafeBitCast(controls, to: SIMD2<UInt64>.self)
    if mask.x | mask.y != 0 { return true }
    at += 16
  }
  return bytes[at...].contains { $0 < 32 }
}

private func controlEscape(_ byte: UInt8) -> [UInt8] {
  let digits = Array("0123456789abcdef".utf8)
  return Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
}
