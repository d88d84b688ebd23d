import Sigma
import Testing

struct CaseFoldingTests {
  @Test(arguments: [
    ("WmiPrvSE.EXE@[`{", "wmiprvse.exe@[`{"), ("ÄÖÜẞ", "äöüß"), ("ß", "ß"), ("ΑΣς", "ασσ"), ("ЖЁ", "жё"), ("İI", "İi"),
    ("K", "k"), ("ſ", "s"), ("Ⱥ", "ⱥ"), ("Ꭰꭰ", "ᎠᎠ"), ("𐐀", "𐐨"), ("ﬅ", "ﬆ"), ("漢字", "漢字"), ("", ""), ("ᾈ", "ᾀ"),
  ])
  func foldsAsUnicodeSays(_ text: String, _ folded: String) {
    #expect(Array(CaseFolding.fold(text).unicodeScalars) == Array(folded.unicodeScalars))
    #expect(CaseFolding.fold(Array(text.utf8)) == Array(folded.utf8))
  }

  /// The standard library's lower and upper case are another source. Where simple lower case is one scalar, both it and
  /// what it is of fold alike, but for the letters that Unicode treats apart.
  @Test
  func agreesWithTheStandardLibrary() {
    var checked = 0
    for value in UInt32(0)...0x1_FFFF {
      guard let scalar = Unicode.Scalar(value), scalar.properties.age.map({ $0.major <= 14 }) ?? false else { continue }
      let lower = Array(scalar.properties.lowercaseMapping.unicodeScalars)
      let folded = CaseFolding.fold(scalar)
      #expect(CaseFolding.fold(folded) == folded)
      guard lower.count == 1, lower[0] != scalar else { continue }
      #expect(CaseFolding.fold(lower[0]) == folded, "U+\(String(value, radix: 16))")
      checked += 1
    }
    #expect(checked > 1_300)
  }

  @Test
  func foldsBytesAsItFoldsScalars() {
    var text = ""
    for value in UInt32(0)...0x1_FFFF { if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) } }
    var expected = ""
    for scalar in text.unicodeScalars { expected.unicodeScalars.append(CaseFolding.fold(scalar)) }
    #expect(CaseFolding.fold(Array(text.utf8)) == Array(expected.utf8))
  }

  @Test
  func keepsWhatIsNotUTF8AndNeverWritesTooMuch() {
    let odd: [UInt8] = [0xC0, 0x41, 0xE2, 0x84, 0xED, 0xA0, 0x80, 0xF4, 0x90, 0x80, 0x80, 0xC4, 0xFF, 0x5A, 0xC3]
    #expect(CaseFolding.fold(odd) == odd.map { $0 == 0x41 ? 0x61 : $0 == 0x5A ? 0x7A : $0 })
    let growing = Array(String(repeating: "Ⱥ", count: 20).utf8)
    #expect(CaseFolding.fold(growing).count == CaseFolding.maximumCount(of: growing.count))
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
      let bytes = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      #expect(CaseFolding.fold(CaseFolding.fold(bytes)) == CaseFolding.fold(bytes), "\(bytes)")
    }
    growing.withUnsafeBufferPointer { input in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 10) { #expect(CaseFolding.fold(input, into: $0) == nil) }
    }
  }
}
