/// Event XML with what XML 1.0 forbids replaced by U+FFFD, or nil when there is nothing to replace.
///
/// Windows writes control characters of event data as they are, or as references such as `&#1;`; a parser refuses both.
/// A carriage return in text would be lost to line-end normalisation and becomes a reference.
func repairedXML(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
  guard needsRepair(text) else { return nil }
  var output: [UInt8] = []
  output.reserveCapacity(text.count + 64)
  var at = 0
  var isInTag = false
  while at < text.count {
    let byte = text[at]
    switch byte {
    case 9, 10: output.append(byte)
    case 13 where !isInTag: output.append(contentsOf: "&#13;".utf8)
    case 13: output.append(32)
    case 0..<32: output.append(contentsOf: UTF8.encodedReplacementCharacter)
    case UInt8(ascii: "<"):
      if let end = endOfCharacterData(text, at) {
        appendCharacterData(text[at..<end], to: &output)
        at = end
        continue
      }
      isInTag = true
      output.append(byte)
    case UInt8(ascii: ">"):
      isInTag = false
      output.append(byte)
    case UInt8(ascii: "&"):
      if let length = forbiddenReference(text, at) {
        output.append(contentsOf: UTF8.encodedReplacementCharacter)
        at += length
        continue
      }
      output.append(byte)
    case 0xEF where isNoncharacter(text, at):
      output.append(contentsOf: UTF8.encodedReplacementCharacter)
      at += 3
      continue
    default: output.append(byte)
    }
    at += 1
  }
  return output
}

private func needsRepair(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
  var index = 0
  while index < text.count {
    let byte = text[index]
    if byte < 32 && byte != 9 && byte != 10 { return true }
    if byte == UInt8(ascii: "&") && index + 1 < text.count && text[index + 1] == UInt8(ascii: "#") { return true }
    if byte == 0xEF && isNoncharacter(text, index) { return true }
    index += 1
  }
  return false
}

/// U+FFFE and U+FFFF, which UTF-8 can hold and XML cannot.
private func isNoncharacter(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
  at + 2 < text.count && text[at + 1] == 0xBF && text[at + 2] >= 0xBE
}

private func endOfCharacterData(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
  let view = UnsafeRawBufferPointer(text)
  guard view.starts(with: "<![CDATA[", at: start) else { return nil }
  return view.index(of: "]]>", from: start).map { $0 + 3 } ?? text.count
}

/// The length of a numeric reference to a character that XML forbids.
private func forbiddenReference(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
  guard start + 3 < text.count, text[start + 1] == UInt8(ascii: "#") else { return nil }
  var at = start + 2
  let isHex = text[at] == UInt8(ascii: "x")
  if isHex { at += 1 }
  let first = at
  while at < text.count, at - first < 8, text[at] != UInt8(ascii: ";") { at += 1 }
  guard at < text.count, text[at] == UInt8(ascii: ";") else { return nil }
  let digits = String(decoding: text[first..<at], as: UTF8.self)
  guard let number = UInt32(digits, radix: isHex ? 16 : 10) else { return nil }
  switch number {
  case 9, 10, 13, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: return nil
  default: return at + 1 - start
  }
}

private func appendCharacterData(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, to output: inout [UInt8]) {
  for byte in bytes {
    if byte < 32 && byte != 9 && byte != 10 && byte != 13 {
      output.append(contentsOf: UTF8.encodedReplacementCharacter)
    } else {
      output.append(byte)
    }
  }
}
