import Testing

@testable import Detection

/// The small parts: numbers, keys.
@Suite struct ValueTests {
  @Test(
    arguments: [
      ("0", 0), ("1", 1_000_000_000), ("-1.5", -1_500_000_000), ("+2", 2_000_000_000), (".5", 500_000_000),
      ("5.", 5_000_000_000), ("0x1F", 31_000_000_000), ("0XfF", 255_000_000_000), ("1e3", 1_000_000_000_000),
      ("0.1234567894", 123_456_789), ("0.1234567895", 123_456_790), ("-0.1234567895", -123_456_790),
      ("18446744073709551615", 18_446_744_073_709_551_615_000_000_000), ("00000000000000000000000001", 1_000_000_000),
      ("0xffffffffffffffff", 18_446_744_073_709_551_615_000_000_000),
    ] as [(String, Int128)])
  func readsNumbers(text: String, expected: Int128) {
    #expect(FixedDecimal.parse(text) == expected)
  }

  @Test(
    arguments: [
      "", "-", ".", "+.", "x", "1x", "0x", "0xg", "0x11111111111111111", "1.2.3", "nan", "inf", "infinity", "1e99",
      "-0x1",
      "0x1p4", "1,5", " 1", "１", "1e", "99999999999999999999999", "--1", String(repeating: "1", count: 65),
    ])
  func refusesWhatIsNoNumber(text: String) {
    #expect(FixedDecimal.parse(text) == nil)
  }

  @Test func thresholdsAreTakenAsWritten() {
    #expect(FixedDecimal.convert(0.3) == 300_000_000)
    #expect(FixedDecimal.convert(-2.5) == -2_500_000_000)
    #expect(FixedDecimal.convert(.nan) == nil && FixedDecimal.convert(1e20) == nil)
  }

  @Test func keysOfDifferentListsDiffer() {
    let long = String(repeating: "é", count: 5_000)
    let lists: [[String?]] = [
      [], [nil], [""], ["", ""], ["a", nil], ["ab"], ["a", "b"], [long], [long, "e\u{301}"], ["é"], ["e\u{301}"],
    ]
    var seen: Set<[UInt8]> = []
    for list in lists {
      var key = KeyBuilder()
      for text in list { key.append(text) }
      #expect(seen.insert(key.bytes).inserted)
      let read = KeyBuilder.texts(key.bytes[...])
      #expect(read.map { $0.map { Array($0.utf8) } } == list.map { $0.map { Array($0.utf8) } })
    }
  }

  @Test func tableAgreesWithADictionary() {
    var random = SeededNumbers(state: 7)
    var table = KeyTable()
    var known: [[UInt8]: Int] = [:]
    for step in 0..<200_000 {
      let key = Array("key\(Int.random(in: 0..<3_000, using: &random))".utf8)
      let hash = KeyTable.hash(key)
      let slot = table.find(key, hash: hash)
      #expect(slot == known[key], "step \(step)")
      if let slot {
        #expect(Array(table.key(slot)) == key)
        if random.chance(60) {
          table.remove(slot)
          known[key] = nil
        }
      } else {
        known[key] = table.insert(key, hash: hash)
      }
    }
    #expect(table.count == known.count && table.slotCount <= 3_000)
    #expect(table.byteCount == known.keys.map(\.count).reduce(0, +))
  }
}
