import Foundation
import Testing

@testable import WindowsFormats

@Suite struct ByteSinkTests {
  private func utf16(_ text: String, _ escaping: TextEscaping) -> String {
    var sink = ByteSink()
    let bytes = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let isInside = bytes.withUnsafeBytes {
      sink.appendUTF16(ByteView($0), at: 0, unitCount: bytes.count / 2, escaping: escaping)
    }
    #expect(isInside)
    return sink.string()
  }

  /// At each place of a run, since runs are copied sixteen and four units at a time.
  @Test func everyASCIICharacterIsEscapedForJSON() throws {
    for byte in UInt8(0)..<128 {
      for position in 0..<21 {
        var text = String(repeating: "x", count: 21)
        let index = text.index(text.startIndex, offsetBy: position)
        text.replaceSubrange(index...index, with: String(Character(Unicode.Scalar(byte))))
        let json = "[\"" + utf16(text, .json) + "\"]"
        let parsed = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String])
        #expect(parsed == [text], "\(byte) at \(position)")
        #expect(utf16(text, .none) == text)
      }
    }
  }

  @Test func everyASCIICharacterIsEscapedForXML() {
    let special: [UInt8: String] = [38: "&amp;", 60: "&lt;", 62: "&gt;", 34: "&quot;", 13: "&#13;"]
    for byte in UInt8(0)..<128 {
      let text = String(Character(Unicode.Scalar(byte)))
      let isForbidden = byte < 32 && ![9, 10, 13].contains(byte)
      #expect(utf16(text, .xml) == special[byte] ?? (isForbidden ? "\u{FFFD}" : text), "\(byte)")
    }
  }

  @Test func wideCharactersStayWhatTheyAre() {
    for text in ["é", "監視の櫓", "🏯👩‍💻", String(repeating: "x", count: 15) + "🏯y", "\u{7FF}\u{800}\u{FFFD}"] {
      #expect(utf16(text, .json) == text && utf16(text, .none) == text && utf16(text, .xml) == text)
    }
  }

  @Test func numbersOfEveryLengthAreWritten() {
    var number: UInt64 = 1
    for _ in 0..<20 {
      for value in [number - 1, number, number + 1] {
        var sink = ByteSink()
        sink.appendDecimal(value)
        sink.append(32)
        sink.appendHex(value)
        #expect(sink.string() == "\(value) 0x\(String(value, radix: 16))")
      }
      number = number.multipliedReportingOverflow(by: 10).partialValue
    }
    var sink = ByteSink()
    sink.appendDecimal(Int64.min)
    #expect(sink.string() == "-9223372036854775808")
  }

  @Test func checksumsAreThoseOfTheStandard() {
    func crc(_ text: String) -> UInt32 { Array(text.utf8).withUnsafeBytes { CRC32.of(ByteView($0)) } }
    #expect(crc("") == 0)
    #expect(crc("123456789") == 0xCBF4_3926)
    #expect(crc("The quick brown fox jumps over the lazy dog") == 0x414F_A339)
  }

  @Test func aBufferKeepsItsElementsWhenItGrows() {
    var buffer = FlatBuffer<Int32>(capacity: 16)
    for number in 0..<10_000 as Range<Int32> { buffer.append(number) }
    #expect((0..<10_000).allSatisfy { buffer[$0] == Int32($0) })
    buffer.truncate(to: 5)
    buffer.fill(-1, count: 40)
    #expect(buffer.count == 40 && buffer[39] == -1)
  }

  @Test func aViewReadsNothingOutsideOfItself() {
    [UInt8](repeating: 1, count: 9).withUnsafeBytes { bytes in
      let view = ByteView(bytes)
      #expect(view.u64(1) != nil && view.u64(2) == nil && view.u32(-1) == nil && view.u16(.max) == nil)
      #expect(view.slice(0, .max) == nil && view.slice(9, 0)?.count == 0 && view.bytes(5, 5).isEmpty)
    }
  }
}
