/// What is asked of a document's bytes before the YAML library sees them. The library builds all nodes at once, compares
/// maps and lists that are keys with their aliases expanded, and has no limits of its own but a depth of 1,000.
///
/// Both figures are upper bounds that do not need to understand quotes and comments.
struct YAMLPrecheck {
  /// Characters that a node can begin or end at; there are at most twice as many nodes.
  let structuralCharacters: Int
  /// Places that may be aliases of an anchor in the same document.
  let aliases: Int

  init(_ bytes: ArraySlice<UInt8>) {
    var count = 0
    var hasAnchors = false
    for byte in bytes {
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "?"),
        UInt8(ascii: "-"), 0x0A, 0x0D:
        count += 1
      case UInt8(ascii: "&"): hasAnchors = true
      default: break
      }
    }
    structuralCharacters = count
    let anchors = hasAnchors ? Set(Self.names(after: UInt8(ascii: "&"), in: bytes)) : []
    aliases =
      anchors.isEmpty ? 0 : Self.names(after: UInt8(ascii: "*"), in: bytes).count(where: anchors.contains)
  }

  /// How many bytes the aliases can expand to: an alias at most doubles what stands before it.
  func aliasedBytes(of count: Int) -> Int {
    guard aliases > 0 else { return 0 }
    let (bytes, overflow) = aliases < 40 ? count.multipliedReportingOverflow(by: 1 << aliases) : (0, true)
    return overflow ? .max : bytes
  }

  /// Names behind a sign where a token of YAML can begin.
  private static func names(after sign: UInt8, in bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var names: [ArraySlice<UInt8>] = []
    var previous: UInt8 = 0x0A
    for index in bytes.indices {
      if bytes[index] == sign, beginsToken(after: previous) {
        let name = bytes[(index + 1)...].prefix(while: isNameCharacter)
        if !name.isEmpty { names.append(name) }
      }
      previous = bytes[index]
    }
    return names
  }

  private static func beginsToken(after byte: UInt8) -> Bool {
    byte <= 0x20 || byte >= 0x80 || "[]{},:?-\"'".utf8.contains(byte)
  }

  /// The characters of anchors' names in libyaml.
  private static func isNameCharacter(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }
}
