/// The generator SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same numbers on every machine, which the
/// standard library does not promise for its own.
struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A stream of its own for each name, so that more events of one kind leave the others as they are.
  init(seed: UInt64, _ names: String...) {
    state = seed
    for name in names {
      for byte in name.utf8 { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
      _ = next()
    }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// A number in the range; the bias of the high word is far below what a case shows.
  mutating func number(_ range: ClosedRange<Int>) -> Int {
    let count = UInt64(range.upperBound - range.lowerBound) + 1
    return range.lowerBound + Int(next().multipliedFullWidth(by: count).high)
  }

  mutating func ticks(_ range: ClosedRange<UInt64>) -> UInt64 {
    range.lowerBound + next().multipliedFullWidth(by: range.upperBound - range.lowerBound + 1).high
  }

  mutating func isTrue(outOf times: Int) -> Bool { number(1...times) == 1 }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(0...(elements.count - 1))] }
}
