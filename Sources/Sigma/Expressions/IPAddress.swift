/// An address of IPv4 (32 bits) or IPv6 (128 bits), as a number.
public struct IPAddress: Hashable, Sendable {
  public var isIPv6: Bool
  public var bits: UInt128

  /// Reads the usual texts: four decimal numbers without leading zeros, or eight groups of hexadecimal digits with `::`
  /// and an IPv4 ending (RFC 4291, section 2.2). Zone ids are refused.
  public init?(parsing text: some Collection<UInt8>) {
    let isIPv6 = text.contains(UInt8(ascii: ":"))
    guard text.count <= 45, let bits = isIPv6 ? Self.version6(text) : Self.version4(text) else { return nil }
    self.init(isIPv6: isIPv6, bits: bits)
  }

  private init(isIPv6: Bool, bits: UInt128) {
    self.isIPv6 = isIPv6
    self.bits = bits
  }

  /// The IPv4 address of an IPv4-mapped IPv6 address (`::ffff:10.0.0.1`).
  public var mappedIPv4: IPAddress? {
    guard isIPv6, bits >> 32 == 0xFFFF else { return nil }
    return IPAddress(isIPv6: false, bits: bits & 0xFFFF_FFFF)
  }

  private static func version4(_ text: some Collection<UInt8>) -> UInt128? {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bits: UInt128 = 0
    for part in parts {
      guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0") else { return nil }
      var number: UInt128 = 0
      for byte in part {
        guard isDigit(byte) else { return nil }
        number = number * 10 + UInt128(byte & 0xF)
      }
      guard number <= 255 else { return nil }
      bits = bits << 8 | number
    }
    return bits
  }

  private static func version6(_ text: some Collection<UInt8>) -> UInt128? {
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard (3...9).contains(parts.count) else { return nil }
    // `::` leaves one empty part in the middle, two at an end, three when it stands alone.
    var groups: [UInt128] = []
    var gap: Int?
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      if part.isEmpty {
        if index == 0 {
          guard parts[1].isEmpty else { return nil }
        } else if isLast {
          guard parts[index - 1].isEmpty else { return nil }
        } else {
          guard gap == nil else { return nil }
          gap = groups.count
        }
      } else if isLast, part.contains(UInt8(ascii: ".")) {
        guard let ending = version4(part) else { return nil }
        groups += [ending >> 16, ending & 0xFFFF]
      } else {
        guard let group = hexadecimal(part) else { return nil }
        groups.append(group)
      }
    }
    guard gap == nil ? groups.count == 8 : groups.count < 8 else { return nil }
    if let gap { groups.insert(contentsOf: Array(repeating: 0, count: 8 - groups.count), at: gap) }
    return groups.reduce(0) { $0 << 16 | $1 }
  }

  private static func hexadecimal(_ part: some Collection<UInt8>) -> UInt128? {
    guard (1...4).contains(part.count) else { return nil }
    var number: UInt128 = 0
    for byte in part {
      let letter = (byte | 0x20) &- UInt8(ascii: "a")
      if isDigit(byte) {
        number = number << 4 | UInt128(byte & 0xF)
      } else if letter < 6 {
        number = number << 4 | UInt128(letter + 10)
      } else {
        return nil
      }
    }
    return number
  }
}
