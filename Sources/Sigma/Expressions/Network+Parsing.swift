extension Network {
  /// Reads `10.0.0.0/8`, `10.0.0.0/255.0.0.0`, `fe80::/10` or a single address. As in pySigma no bit may be set behind
  /// the prefix; zone ids (`%eth0`) are refused. A network of IPv4-mapped addresses is taken as IPv4.
  public init?(parsing text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count <= 2, let address = IPAddress(parsing: first) else { return nil }
    let width = address.isIPv6 ? 128 : 32
    var prefixLength = width
    if parts.count == 2 {
      guard let length = Self.prefixLength(parts[1], isIPv6: address.isIPv6), length <= width else { return nil }
      prefixLength = length
    }
    let hostBits = width - prefixLength
    guard hostBits == 0 || address.bits & (UInt128.max >> UInt128(128 - hostBits)) == 0 else { return nil }
    if let mapped = address.mappedIPv4, prefixLength >= 96 {
      self.init(isIPv6: false, address: mapped.bits, prefixLength: prefixLength - 96)
    } else {
      self.init(isIPv6: address.isIPv6, address: address.bits, prefixLength: prefixLength)
    }
  }

  /// Decimal, or for IPv4 a mask of leading ones.
  private static func prefixLength(_ text: Substring.UTF8View, isIPv6: Bool) -> Int? {
    if !text.isEmpty, text.count <= 3, text.allSatisfy(isDigit) { return Int(Substring(text)) }
    guard !isIPv6, let mask = IPAddress(parsing: text), !mask.isIPv6 else { return nil }
    let bits = UInt32(truncatingIfNeeded: mask.bits)
    return (~bits).leadingZeroBitCount + (~bits).nonzeroBitCount == 32 ? bits.nonzeroBitCount : nil
  }

  /// Whether the address lies within. IPv4-mapped IPv6 addresses count as IPv4.
  public func contains(_ address: IPAddress) -> Bool {
    let address = address.mappedIPv4 ?? address
    guard address.isIPv6 == isIPv6 else { return false }
    let hostBits = (isIPv6 ? 128 : 32) - prefixLength
    return hostBits >= 128 || (address.bits ^ self.address) >> UInt128(hostBits) == 0
  }
}
