import WindowsFormats

/// An IP address as text, RFC 4291 2.2 and dotted decimal. IPv4-mapped IPv6 addresses are IPv4 addresses.
struct AddressText {
  private(set) var isIPv6 = false
  private(set) var number: UInt128 = 0

  /// The longest text of an address, with a zone.
  private static let maximumLength = 80

  /// Nil when the text, all of it, is no address.
  init?(_ view: ByteView, at offset: Int, byteCount: Int) {
    guard byteCount >= 2, byteCount <= AddressText.maximumLength else { return nil }
    let end = offset &+ byteCount
    if let number = AddressText.dotted(view, offset, end) {
      self.number = UInt128(number)
      return
    }
    guard let number = AddressText.grouped(view, offset, end) else { return nil }
    let isMapped = number >> 32 == 0xFFFF
    isIPv6 = !isMapped
    self.number = isMapped ? number & 0xFFFF_FFFF : number
  }

  /// Four decimal numbers below 256 without leading zeros: those mean octal to some.
  private static func dotted(_ view: ByteView, _ start: Int, _ end: Int) -> UInt32? {
    var at = start
    var address: UInt32 = 0
    for index in 0..<4 {
      if index > 0 {
        guard at < end, view.u8(at) == 46 else { return nil }
        at &+= 1
      }
      let first = at
      var number: UInt32 = 0
      while at < end, at &- first < 3, let byte = view.u8(at), byte &- 48 < 10 {
        number = number &* 10 &+ UInt32(byte &- 48)
        at &+= 1
      }
      guard at > first, number < 256, at &- first == 1 || view.u8(first) != 48 else { return nil }
      address = address << 8 | number
    }
    return at == end ? address : nil
  }

  /// Groups of hexadecimal digits between colons, `::` for a run of zeros, dotted decimal at the end, a zone behind `%`.
  private static func grouped(_ view: ByteView, _ start: Int, _ textEnd: Int) -> UInt128? {
    var end = start
    while end < textEnd, view.u8(end) != 37 { end &+= 1 }
    // A zone has a name.
    guard end == textEnd || end &+ 1 < textEnd else { return nil }
    var at = start
    var head: UInt128 = 0
    var tail: UInt128 = 0
    var headCount = 0
    var tailCount = 0
    var hasGap = false
    func isGap(_ at: Int) -> Bool { at &+ 1 < end && view.u8(at) == 58 && view.u8(at &+ 1) == 58 }
    if isGap(at) {
      hasGap = true
      at &+= 2
    }
    while at < end {
      guard headCount &+ tailCount < 8 else { return nil }
      var value: UInt32
      var groupCount = 1
      if let address = dotted(view, at, end), headCount &+ tailCount <= 6 {
        value = address
        groupCount = 2
        at = end
      } else {
        guard let group = group(view, &at, end) else { return nil }
        value = group
      }
      if hasGap {
        tail = tail << UInt128(16 &* groupCount) | UInt128(value)
        tailCount &+= groupCount
      } else {
        head = head << UInt128(16 &* groupCount) | UInt128(value)
        headCount &+= groupCount
      }
      guard at < end else { break }
      if isGap(at) {
        if hasGap { return nil }
        hasGap = true
        at &+= 2
      } else {
        guard view.u8(at) == 58, at &+ 1 < end else { return nil }
        at &+= 1
      }
    }
    guard hasGap ? headCount &+ tailCount < 8 : headCount == 8 else { return nil }
    guard hasGap else { return head }
    return headCount == 0 ? tail : head << UInt128(128 &- 16 &* headCount) | tail
  }

  private static func group(_ view: ByteView, _ at: inout Int, _ end: Int) -> UInt32? {
    var number: UInt32 = 0
    let first = at
    while at < end, at &- first < 4, let byte = view.u8(at), let digit = NumberText.hexDigit(byte) {
      number = number << 4 | UInt32(digit)
      at &+= 1
    }
    return at > first ? number : nil
  }
}
