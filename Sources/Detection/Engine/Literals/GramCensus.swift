/// How often runs of bytes occur in the literals of a rule set, roughly: runs with the same hash are counted together.
struct GramCensus {
  private var counts = [UInt32](repeating: 0, count: 1 << 16)

  init(_ texts: some Sequence<[UInt8]>) {
    for text in texts {
      for length in [2, 4] where text.count >= length {
        for offset in 0...(text.count - length) { counts[GramCensus.slot(text, offset, length)] += 1 }
      }
    }
  }

  private static func slot(_ text: [UInt8], _ offset: Int, _ length: Int) -> Int {
    var gram = UInt32(length)
    for index in 0..<length { gram = gram << 8 ^ gram >> 24 ^ UInt32(text[offset + index]) }
    return Int((gram &* 0x85EB_CA6B) >> 16)
  }

  /// Where so many runs side by side begin that occur least often; the first of several places.
  func rarestOffset(in text: [UInt8], length: Int, runs: Int) -> Int {
    var best = 0
    var least = UInt32.max
    for offset in 0...(text.count - length - runs + 1) {
      let count = (0..<runs).reduce(UInt32(0)) { $0 + counts[GramCensus.slot(text, offset + $1, length)] }
      if count < least { (best, least) = (offset, count) }
    }
    return best
  }
}
