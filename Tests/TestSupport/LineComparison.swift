/// Compares the JSON line of the compiled programs with that of the same record as a value.
public enum LineComparison {
  private static let scalars = [
    "time", "host", "channel", "provider", "eventId", "version", "level", "task", "opcode", "keywords", "processId",
    "threadId", "userSid", "activityId", "system",
  ]
  private static let numbers: Set = ["eventId", "version", "level", "task", "opcode", "processId", "threadId"]

  /// Nil when the lines say the same, else what they disagree about.
  ///
  /// They must be equal byte for byte but for one case: where a log has something else than a 32-bit number for one of
  /// System's numbers, the line shows it as it is, and the value, which cannot hold it, has nothing.
  public static func difference(fast: String, slow: String) -> String? {
    if fast == slow { return nil }
    var fastRest = Substring(fast)
    var slowRest = Substring(slow)
    var previous = "recordId"
    for key in scalars {
      guard let fastText = take(upTo: key, from: &fastRest), let slowText = take(upTo: key, from: &slowRest) else {
        return "\(key) is missing"
      }
      if fastText != slowText {
        let isAllowed = numbers.contains(previous) && slowText == "null" && fastText != "null" && !isNumber(fastText)
        if !isAllowed { return "\(previous): \(fastText) and \(slowText)" }
      }
      previous = key
    }
    return fastRest == slowRest ? nil : "behind the scalars:\n\(fastRest)\(slowRest)"
  }

  private static func take(upTo key: String, from rest: inout Substring) -> Substring? {
    // A quotation mark inside a string is escaped, so this cannot be met inside one.
    let mark = ",\"\(key)\":"
    let bytes = rest.utf8
    var at = bytes.startIndex
    while at != bytes.endIndex {
      if bytes[at] == 44, rest[at...].hasPrefix(mark) {
        let text = rest[..<at]
        rest = rest[bytes.index(at, offsetBy: mark.utf8.count)...]
        return text
      }
      at = bytes.index(after: at)
    }
    return nil
  }

  private static func isNumber(_ text: Substring) -> Bool { UInt32(text).map { String($0) == text } ?? false }
}
