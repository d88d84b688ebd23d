/// Connections of Security 5156.
extension DerivedField {
  func connectionValue(of texts: Inputs) -> String? {
    guard let text = texts[0] else { return nil }
    return switch self {
    case .connectionImage: DerivedField.image(ofDevicePath: text)
    case .connectionInitiated: DerivedField.isInitiated(direction: text)
    case .connectionProtocol: DerivedField.protocolName(text)
    default: text.utf8.contains(UInt8(ascii: ":")) ? "true" : "false"
    }
  }

  /// The filtering platform writes `\device\harddiskvolume2\windows\…`. Which drive the volume is the event does not
  /// say; `C:` is right for where Windows and programs are on nearly every host, and what rules ask for.
  private static func image(ofDevicePath path: String) -> String {
    let prefix = "\\device\\harddiskvolume"
    guard path.count > prefix.count, path.prefix(prefix.count).lowercased() == prefix else { return path }
    let rest = path.dropFirst(prefix.count)
    guard let end = rest.firstIndex(of: "\\"), rest[..<end].allSatisfy(\.isNumber), end > rest.startIndex else {
      return path
    }
    return "C:" + rest[end...]
  }

  private static func isInitiated(direction: String) -> String? {
    switch direction.lowercased() {
    case "%%14593", "outbound": "true"
    case "%%14592", "inbound": "false"
    default: nil
    }
  }

  /// IANA, "Protocol Numbers".
  private static func protocolName(_ number: String) -> String {
    switch number {
    case "6": "tcp"
    case "17": "udp"
    default: number
    }
  }
}
