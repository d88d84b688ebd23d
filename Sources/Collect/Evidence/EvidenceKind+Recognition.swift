package import WindowsFormats

extension EvidenceKind {
  /// How much of a file is looked at: the header and first chunk signature of a log, and the prologue of any XML export.
  package static let headByteCount = 65_536

  /// How much of a file is enough to see that it is a log with its header.
  static let logHeadByteCount = 8

  static func beginsLikeLog(_ head: ByteView) -> Bool {
    head.u64(0) == Magic.elfFile || head.u64(0) == Magic.elfChunk
  }

  /// Recognises a file by its first `headByteCount` bytes, then by the last component of its name.
  package init(head: ByteView, name: String) {
    self =
      Self.binary(head) ?? (RepositoryFileName.matches(name) ? .cimRepository : nil)
      ?? Self.text(head, fileExtension: Self.fileExtension(of: name)) ?? .other
  }

  private static func binary(_ head: ByteView) -> EvidenceKind? {
    if head.count == 0 { return .empty }
    if beginsLikeLog(head) || head.u64(4096) == Magic.elfChunk { return .eventLog }
    switch head.u32(0) {
    case Magic.regf: return .registryHive
    case Magic.fomb: return .mof
    default: return nil
    }
  }

  private static func text(_ head: ByteView, fileExtension: String) -> EvidenceKind? {
    let text = TextHead(head)
    if text.beginsLikeJSON { return .jsonEvents }
    if text.beginsLikeXML && text.holdsEventElement { return .xmlEvents }
    if fileExtension == "mof" || fileExtension == "mfl" { return .mof }
    if scriptExtensions.contains(fileExtension) { return .script }
    return text.readsLikeMOF ? .mof : nil
  }

  /// Extensions of what Windows runs as a script; batch files belong here because they call `wmic`.
  private static let scriptExtensions: Set<String> = [
    "ps1", "psm1", "psd1", "vbs", "vbe", "js", "jse", "wsf", "wsc", "sct", "hta", "bat", "cmd", "wql",
  ]

  private static func fileExtension(of name: String) -> String {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), name.utf8.distance(from: dot, to: name.endIndex) <= 6
    else { return "" }
    return name[name.utf8.index(after: dot)...].lowercased()
  }

  /// Signatures as little-endian integers.
  private enum Magic {
    static let elfFile: UInt64 = 0x0065_6C69_4666_6C45  // "ElfFile\0"
    static let elfChunk: UInt64 = 0x006B_6E68_4366_6C45  // "ElfChnk\0"
    static let regf: UInt32 = 0x6667_6572  // "regf"
    static let fomb: UInt32 = 0x424D_4F46  // "FOMB", compiled MOF
  }
}

/// The names of a CIM repository's files, in any letter case, from Windows XP on.
///
/// The pages have no signature of their own, so the name is all there is. Collectors wrap it: DFIR-ORC writes
/// `<record>_OBJECTS.DATA_data`, so a part between underscores is enough.
enum RepositoryFileName {
  private static let fixed: Set<String> = ["OBJECTS.DATA", "INDEX.BTR", "OBJECTS.MAP", "INDEX.MAP", "MAPPING.VER"]

  static func matches(_ name: String) -> Bool {
    // Nearly every name fails here, without an allocation.
    guard name.utf8.contains(UInt8(ascii: ".")), name.utf8.count <= 255 else { return false }
    return name.uppercased().split(separator: "_").contains { part in
      fixed.contains(String(part)) || isMapping(part)
    }
  }

  private static func isMapping(_ part: Substring) -> Bool {
    guard part.hasPrefix("MAPPING"), part.hasSuffix(".MAP") else { return false }
    let digits = part.dropFirst(7).dropLast(4)
    return !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}
