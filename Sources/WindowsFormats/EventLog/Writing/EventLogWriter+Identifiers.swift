extension EventLogWriter {
  /// A GUID, [MS-DTYP] 2.3.4, as the 16 bytes it has in a file: three little-endian parts, then eight bytes.
  public struct GUID: Hashable, Sendable {
    public var low: UInt64
    public var high: UInt64

    /// The null GUID.
    public static let zero = GUID(0, 0, 0, 0)

    /// The parts of `{data1-data2-data3-xxxx-xxxxxxxxxxxx}`; `data4` is the last two groups as one number.
    public init(_ data1: UInt32, _ data2: UInt16, _ data3: UInt16, _ data4: UInt64) {
      low = UInt64(data1) | UInt64(data2) << 32 | UInt64(data3) << 48
      high = data4.byteSwapped
    }

    /// From text of 32 hexadecimal digits with four hyphens, with or without braces.
    public init?(_ text: some StringProtocol) {
      var rest = Substring(text)
      if rest.first == "{" && rest.last == "}" { rest = rest.dropFirst().dropLast() }
      let groups = rest.split(separator: "-", omittingEmptySubsequences: false)
      guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12], groups.allSatisfy({ $0.allSatisfy(\.isHexDigit) }),
        let data1 = UInt32(groups[0], radix: 16), let data2 = UInt16(groups[1], radix: 16),
        let data3 = UInt16(groups[2], radix: 16), let data4 = UInt64(groups[3] + groups[4], radix: 16)
      else { return nil }
      self.init(data1, data2, data3, data4)
    }

    init(low: UInt64, high: UInt64) {
      self.low = low
      self.high = high
    }

    /// The low 32 bits, which a template instance repeats as its template identifier.
    var data1: UInt32 { UInt32(truncatingIfNeeded: low) }

    /// Lower-case text in braces, as event manifests have it.
    public var bracedText: String {
      var sink = ByteSink()
      var bytes = ChunkBytes()
      bytes.append(low)
      bytes.append(high)
      sink.reserve(36)
      bytes.array.withUnsafeBytes { source in
        if let start = source.baseAddress { sink.uncheckedGUID(start) }
      }
      return "{" + sink.string().lowercased() + "}"
    }
  }

  /// A security identifier, [MS-DTYP] 2.4.2, revision 1.
  public struct SID: Hashable, Sendable {
    /// Identifier authority, 48 bits: 5 is NT AUTHORITY.
    public var authority: UInt64
    /// At most 15.
    public var subAuthorities: [UInt32]

    /// S-1-5-18, the account of the operating system.
    public static let localSystem = SID(authority: 5, [18])
    /// S-1-5-19.
    public static let localService = SID(authority: 5, [19])
    /// S-1-5-20.
    public static let networkService = SID(authority: 5, [20])
    /// S-1-0-0, what Windows writes where there is nobody.
    public static let null = SID(authority: 0, [0])

    public init(authority: UInt64, _ subAuthorities: [UInt32]) {
      self.authority = authority
      self.subAuthorities = subAuthorities
    }

    /// From text such as `S-1-5-21-…`, with a decimal authority.
    public init?(_ text: some StringProtocol) {
      let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count >= 3, parts[0] == "S", parts[1] == "1", let authority = UInt64(parts[2]) else { return nil }
      let subAuthorities = parts[3...].compactMap { UInt32($0) }
      guard subAuthorities.count == parts.count - 3, subAuthorities.count <= 15, authority < 1 << 48 else { return nil }
      self.init(authority: authority, subAuthorities)
    }
  }
}
