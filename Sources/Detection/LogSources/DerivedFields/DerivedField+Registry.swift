/// Registry values of Security 4657.
extension DerivedField {
  func registryValue(of texts: Inputs) -> String? {
    switch self {
    case .registryTarget:
      guard let key = texts[0] else { return nil }
      let path = RegistryPath.abbreviated(key)
      return texts.unfiltered(1).map { "\(path)\\\($0.isEmpty || $0 == "-" ? RegistryPath.defaultValue : $0)" } ?? path
    case .registryDetails: return DerivedField.details(texts.unfiltered(0), type: texts[1])
    case .registryEventID: return isDeletion(texts).map { $0 ? "12" : "13" }
    default: return isDeletion(texts).map { $0 ? "DeleteValue" : "SetValue" }
    }
  }

  /// Nil when the operation is none that 4657 is known to report.
  private func isDeletion(_ texts: Inputs) -> Bool? {
    guard let operation = texts[0]?.lowercased() else { return nil }
    if operation == "%%1906" || operation.hasPrefix("registry value deleted") { return true }
    if operation == "%%1904" || operation.hasPrefix("new registry value created") { return false }
    if operation == "%%1905" || operation.hasPrefix("existing registry value modified") { return false }
    return nil
  }

  /// The value as event 13 of Sysmon has it.
  ///
  /// Types are messages of the Security log in the order of the types' numbers, `%%1872` for `REG_NONE` onwards, or
  /// their names where an export resolved them. Numbers stand there in decimal or as `0x…`.
  private static func details(_ value: String?, type: String?) -> String? {
    guard let value else { return nil }
    switch type {
    case "%%1875", "REG_BINARY": return "Binary Data"
    case "%%1876", "REG_DWORD":
      guard let number = number(value) else { return value }
      return "DWORD (0x\(hexadecimal(number & 0xFFFF_FFFF)))"
    case "%%1883", "REG_QWORD":
      guard let number = number(value) else { return value }
      return "QWORD (0x\(hexadecimal(number >> 32))-0x\(hexadecimal(number & 0xFFFF_FFFF)))"
    default: return value.isEmpty || value == "-" ? "(Empty)" : value
    }
  }

  /// Eight digits.
  private static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }
}

/// Names of registry keys, from the kernel's to those of Sysmon (Sysinternals, "Sysmon", event 12: root keys are
/// abbreviated, and the control set in use is called current).
enum RegistryPath {
  /// How Sysmon calls the value without a name.
  static let defaultValue = "(Default)"

  static func abbreviated(_ path: String) -> String {
    let parts = path.split(separator: "\\", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 3, parts[0].isEmpty, parts[1].isEqualIgnoringCase(to: "REGISTRY") else { return path }
    switch parts[2].lowercased() {
    case "user": return join("HKU", parts[3...])
    case "machine": return machine(parts[3...])
    default: return path
    }
  }

  private static func machine(_ parts: ArraySlice<String>) -> String {
    let lower = parts.prefix(2).map { $0.lowercased() }
    guard lower.count == 2 else { return join("HKLM", parts) }
    if lower[0] == "software", lower[1] == "classes" { return join("HKCR", parts.dropFirst(2)) }
    if lower[0] == "system", isNumberedControlSet(lower[1]) {
      return join("HKLM\\System\\CurrentControlSet", parts.dropFirst(2))
    }
    return join("HKLM", parts)
  }

  private static func isNumberedControlSet(_ name: String) -> Bool {
    name.hasPrefix("controlset") && name.utf8.count == 13 && name.utf8.suffix(3).allSatisfy { (48...57).contains($0) }
  }

  private static func join(_ root: String, _ parts: ArraySlice<String>) -> String {
    parts.isEmpty ? root : root + "\\" + parts.joined(separator: "\\")
  }
}
