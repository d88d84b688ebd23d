import Sigma
import Testing
import WindowsFormats

@testable import Detection

/// Cache files that are not what was written: refused, or at worst other rules; never a crash, never a hang.
@Suite struct DamageTests {
  private static let file = RuleCache.encode(Sample.contents, for: Sample.key())
  private static let body = Sample.contents.encoded()

  /// Takes what can be taken, and hunts with it.
  private func use(_ body: [UInt8]) -> Bool {
    guard let contents = Sample.decode(body) else { return false }
    let book = RuleBook(contents, levels: LevelTable())
    _ = BookImage.hunt(book)
    var coverage = EvidenceCoverage()
    coverage.note(channel: "Security", provider: "", eventID: 1)
    for rule in book.rules { _ = coverage.coverage(of: rule.placement) }
    return true
  }

  @Test func refusesEveryPrefix() {
    for length in 0..<Self.file.count { #expect(Sample.load(Array(Self.file.prefix(length))) == nil) }
    #expect(Sample.load(Self.file + [0]) == nil)
    #expect(Sample.load(Self.file) != nil)
  }

  @Test func refusesEveryPrefixOfTheBodyWithAGoodDigest() {
    for length in 0..<Self.body.count { #expect(Sample.decode(Array(Self.body.prefix(length))) == nil) }
    #expect(Sample.decode(Self.body + [0]) == nil)
  }

  @Test func refusesEveryChangedByte() {
    var file = Self.file
    for index in file.indices {
      file[index] ^= 0x20
      #expect(Sample.load(file) == nil)
      file[index] ^= 0x20
    }
  }

  @Test(arguments: [0x01, 0x80, 0xFF] as [UInt8])
  func staysWithinBoundsWhateverByteIsChanged(mask: UInt8) {
    var body = Self.body
    var taken = 0
    for index in body.indices {
      body[index] ^= mask
      if use(body) { taken += 1 }
      body[index] ^= mask
    }
    // Texts and bits of a filter may be anything; lengths and places may not.
    #expect(taken > 0 && taken < body.count)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func staysWithinBoundsWhateverNumbersAreChanged(seed: UInt64) {
    var random = SplitMix(state: seed)
    let numbers: [UInt32] = [
      0, 1, 2, 3, 7, 15, 16, 63, 64, 255, 1023, 65_535, 0x7FFF_FFFF, 0x8000_0000, .max, .max - 1,
    ]
    for _ in 0..<4000 {
      var body = Self.body
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<(body.count - 4), using: &random)
        let number = numbers[Int.random(in: 0..<numbers.count, using: &random)]
        for byte in 0..<4 { body[place + byte] = UInt8(truncatingIfNeeded: number >> UInt32(8 * byte)) }
      }
      _ = use(body)
    }
  }
}

/// SplitMix64.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}
