/// Where a collected file lay on the machine that it was collected from, read from the layout of the collection.
///
/// - Velociraptor: `uploads/<accessor>/<drive>/…`, every component percent-encoded: `C%3A`, or `%5C%5C.%5CC%3A` for the
///   raw volume. The `%4` of channel file names is text of its own there, and arrives as `%254`.
/// - KAPE, CyLR: `…/C/Windows/…`, nothing encoded, so a `%4` stays as it is.
enum CollectedPath {
  static func original(of path: String) -> String? {
    let parts = path.utf8.split(separator: UInt8(ascii: "!")).last.map { $0.split { $0 == 0x2F || $0 == 0x5C } } ?? []
    return encoded(parts) ?? plain(parts)
  }

  private typealias Part = Substring.UTF8View

  private static func encoded(_ parts: [Part]) -> String? {
    guard let uploads = parts.lastIndex(where: { $0.elementsEqual("uploads".utf8) }), parts.count > uploads + 3 else {
      return nil
    }
    // `uploads` and the accessor go; what follows must be an encoded volume, or it is some other folder of that name.
    var components = parts[(uploads + 2)...].map { percentDecoded($0) }
    guard parts[uploads + 2].contains(UInt8(ascii: "%")),
      components[0].last == UInt8(ascii: ":") || isDevice(components[0])
    else { return nil }
    if components[0].count == 6, components[0].starts(with: #"\\.\"#.utf8) { components[0].removeFirst(4) }
    return String(decoding: Array(components.joined(separator: [UInt8(ascii: "\\")])), as: UTF8.self)
  }

  /// `\\.\C:`, `\\?\GLOBALROOT\Device\HarddiskVolumeShadowCopy1` and the like.
  private static func isDevice(_ component: [UInt8]) -> Bool {
    component.starts(with: #"\\.\"#.utf8) || component.starts(with: #"\\?\"#.utf8)
  }

  private static let rootFolders: Set<String> = [
    "windows", "windows.old", "winnt", "users", "programdata", "documents and settings",
  ]

  private static func plain(_ parts: [Part]) -> String? {
    for (index, part) in parts.enumerated().dropLast() {
      guard part.count == 1, let letter = part.first, (0x41...0x5A).contains(letter & 0xDF),
        rootFolders.contains(Substring(parts[index + 1]).lowercased())
      else { continue }
      let rest = parts[(index + 1)...].map { String(Substring($0)) }.joined(separator: "\\")
      return "\(String(Substring(part)).uppercased()):\\\(rest)"
    }
    return nil
  }

  private static func percentDecoded(_ part: Part) -> [UInt8] {
    let bytes = Array(part)
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = digit(bytes[index + 1]),
        let low = digit(bytes[index + 2])
      {
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return decoded
  }

  private static func digit(_ unit: UInt8) -> UInt8? {
    switch unit {
    case 0x30...0x39: unit - 0x30
    case 0x41...0x46, 0x61...0x66: (unit & 0xDF) - 0x37
    default: nil
    }
  }
}
