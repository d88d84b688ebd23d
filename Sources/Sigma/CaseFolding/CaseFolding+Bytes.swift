extension CaseFolding {
  /// Folds UTF-8 into `output`, and returns how many bytes that are; nil when they do not fit, which does not happen
  /// with `maximumCount(of:)`. ASCII, which nearly all evidence is, is folded eight bytes at a time.
  public static func fold(
    _ utf8: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
  ) -> Int? {
    guard let input = utf8.baseAddress, !utf8.isEmpty else { return 0 }
    guard let base = output.baseAddress else { return nil }
    let end = utf8.count
    var (read, written) = (0, 0)
    while read < end {
      if read + 8 <= end, written + 8 <= output.count {
        let word = UnsafeRawPointer(input + read).loadUnaligned(as: UInt64.self)
        if word & 0x8080_8080_8080_8080 == 0 {
          UnsafeMutableRawPointer(base + written).storeBytes(of: foldASCII(word), as: UInt64.self)
          read += 8
          written += 8
          continue
        }
      }
      let byte = input[read]
      if byte < 0x80 {
        guard written < output.count else { return nil }
        base[written] = byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
        read += 1
        written += 1
        continue
      }
      let (scalar, length) = scalar(in: utf8, at: read)
      let folded = table[scalar]
      let isChanged = length > 0 && folded != scalar
      let count = isChanged ? encodedCount(folded) : max(length, 1)
      guard written + count <= output.count else { return nil }
      if isChanged {
        encode(folded, count, to: base + written)
      } else {
        (base + written).update(from: input + read, count: count)
      }
      read += max(length, 1)
      written += count
    }
    return written
  }

  /// Sets the bit that makes letters small in every byte that is a capital letter. All bytes are ASCII.
  @inline(__always)
  private static func foldASCII(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let fromA = word &+ ones &* UInt64(0x80 - UInt8(ascii: "A"))
    let afterZ = word &+ ones &* UInt64(0x7F - UInt8(ascii: "Z"))
    return word | ((fromA ^ afterZ) & (ones &* 0x80)) >> 2
  }

  /// The scalar and its length in bytes; length 0 when there is no well-formed sequence (Unicode, table 3-7).
  @inline(__always)
  private static func scalar(in utf8: UnsafeBufferPointer<UInt8>, at index: Int) -> (UInt32, Int) {
    let lead = utf8[index]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard lead >= 0xC2, lead <= 0xF4, index + length <= utf8.count else { return (0, 0) }
    var scalar = UInt32(lead) & (0x7F >> UInt32(length))
    for offset in 1..<length {
      let byte = utf8[index + offset]
      guard byte & 0xC0 == 0x80 else { return (0, 0) }
      scalar = scalar << 6 | UInt32(byte & 0x3F)
    }
    guard length == 2 || scalar >= (length == 3 ? 0x800 : 0x1_0000), scalar <= 0x10_FFFF,
      scalar & 0xFFFF_F800 != 0xD800
    else { return (0, 0) }
    return (scalar, length)
  }

  private static func encodedCount(_ scalar: UInt32) -> Int {
    scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x1_0000 ? 3 : 4
  }

  private static func encode(_ scalar: UInt32, _ count: Int, to output: UnsafeMutablePointer<UInt8>) {
    guard count > 1 else {
      output[0] = UInt8(truncatingIfNeeded: scalar)
      return
    }
    for index in 1..<count {
      output[index] = 0x80 | UInt8(truncatingIfNeeded: scalar >> UInt32(6 * (count - 1 - index))) & 0x3F
    }
    output[0] =
      UInt8(truncatingIfNeeded: 0xF0 << (4 - count)) | UInt8(truncatingIfNeeded: scalar >> UInt32(6 * (count - 1)))
  }
}
