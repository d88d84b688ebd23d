import Foundation
import Sigma

/// The plain meaning of an expression over the values of one event: what the engine has to agree with. Written to be
/// read, one predicate after the other, with none of the engine's code.
struct Oracle {
  enum Value: Hashable {
    case null
    case text(String)

    var text: String? { if case .text(let text) = self { text } else { nil } }
  }

  /// Values by field, in order; a field without values is absent.
  var event: [(field: String, value: Value)]

  func holds(_ expression: Sigma.Expression) -> Bool {
    switch expression {
    case .all(let parts): parts.allSatisfy(holds)
    case .any(let parts): parts.contains(where: holds)
    case .not(let part): !holds(part)
    case .field(let name, .null): values(name).isEmpty || values(name).contains(.null)
    case .field(let name, let predicate): values(name).contains { holds(predicate, $0) }
    case .keyword(let predicate): event.contains { holds(predicate, $0.value) }
    }
  }

  private func values(_ field: String) -> [Value] { event.filter { $0.field == field }.map(\.value) }

  private func holds(_ predicate: Sigma.Predicate, _ value: Value) -> Bool {
    if case .exists = predicate { return true }
    if case .null = predicate { return value == .null }
    guard let text = value.text else { return false }
    switch predicate {
    case .exists, .null: return false
    case .text(let pattern): return Oracle.matches(pattern, text)
    case .regularExpression(let expression): return Oracle.finds(expression, text)
    case .number(let comparison, let limit): return Oracle.number(text).map { comparison.holds($0, limit) } ?? false
    case .timePart(let part, let comparison, let limit):
      return Oracle.part(part, of: text).map { comparison.holds(Double($0), limit) } ?? false
    case .network(let network): return Oracle.contains(network, text)
    case .fieldReference(let reference):
      return values(reference.field).compactMap(\.text).contains { other in
        let one = reference.isCased ? text : Oracle.fold(text)
        let two = reference.isCased ? other : Oracle.fold(other)
        // By scalars: `String` takes composed and decomposed letters for the same.
        let (whole, part) = (Array(one.unicodeScalars), Array(two.unicodeScalars))
        switch reference.part {
        case .whole: return whole == part
        case .prefix: return whole.starts(with: part)
        case .suffix: return whole.reversed().starts(with: part.reversed())
        case .anywhere: return whole.indices.contains { whole[$0...].starts(with: part) } || part.isEmpty
        }
      }
    }
  }

  // MARK: Text

  static func fold(_ text: String) -> String { CaseFolding.fold(text) }

  /// All combinations of pattern and text, tabulated from the end.
  static func matches(_ pattern: TextPattern, _ text: String) -> Bool {
    enum Part { case one(Unicode.Scalar), any, run }
    var parts: [Part] = []
    for element in pattern.elements {
      switch element {
      case .anyRun: parts.append(.run)
      case .anyCharacter: parts.append(.any)
      case .literal(let text): parts += (pattern.isCased ? text : fold(text)).unicodeScalars.map { .one($0) }
      }
    }
    let scalars = Array((pattern.isCased ? text : fold(text)).unicodeScalars)
    var rest = [Bool](repeating: false, count: scalars.count + 1)
    rest[scalars.count] = true
    for part in parts.reversed() {
      var next = [Bool](repeating: false, count: scalars.count + 1)
      for start in stride(from: scalars.count, through: 0, by: -1) {
        switch part {
        case .run: next[start] = rest[start] || (start < scalars.count && next[start + 1])
        case .any: next[start] = start < scalars.count && rest[start + 1]
        case .one(let scalar): next[start] = start < scalars.count && scalars[start] == scalar && rest[start + 1]
        }
      }
      rest = next
    }
    return rest[0]
  }

  static func finds(_ expression: RegularExpression, _ text: String) -> Bool {
    var options: NSRegularExpression.Options = []
    if expression.ignoresCase { options.insert(.caseInsensitive) }
    if expression.isMultiline { options.insert(.anchorsMatchLines) }
    if expression.dotMatchesNewline { options.insert(.dotMatchesLineSeparators) }
    guard let regex = try? NSRegularExpression(pattern: expression.source, options: options) else { return false }
    return regex.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
  }

  // MARK: Numbers, times, addresses

  static func number(_ text: String) -> Double? {
    if text.wholeMatch(of: /0[xX][0-9A-Fa-f]{1,16}/) != nil {
      return UInt64(text.dropFirst(2), radix: 16).map { Double($0) }
    }
    guard text.wholeMatch(of: /[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?/) != nil else { return nil }
    return Double(text) ?? strtod(text, nil)
  }

  static func part(_ part: TimePart, of text: String) -> Int? {
    guard let found = text.prefixMatch(of: /(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d).*)?/),
      found.0.count == text.count
    else { return nil }
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = TimeZone(identifier: "UTC")!
    let (year, month, day) = (Int(found.1)!, Int(found.2)!, Int(found.3)!)
    let wanted = DateComponents(year: year, month: month, day: day)
    guard wanted.isValidDate(in: calendar), let date = calendar.date(from: wanted) else { return nil }
    let hour = found.4.flatMap { Int($0) }
    let minute = found.5.flatMap { Int($0) }
    if let hour, let minute, hour > 23 || minute > 59 { return nil }
    switch part {
    case .minute: return minute
    case .hour: return hour
    case .day: return day
    case .week: return calendar.component(.weekOfYear, from: date)
    case .month: return month
    case .year: return year
    }
  }

  static func contains(_ network: Network, _ text: String) -> Bool {
    guard let (isIPv6, address) = self.address(text), isIPv6 == network.isIPv6 else { return false }
    let width = isIPv6 ? 128 : 32
    return network.prefixLength == 0 || (address ^ network.address) >> UInt128(width - network.prefixLength) == 0
  }

  /// By the C library.
  static func address(_ text: String) -> (isIPv6: Bool, number: UInt128)? {
    var v4 = in_addr()
    if inet_pton(AF_INET, text, &v4) == 1 { return (false, UInt128(UInt32(bigEndian: v4.s_addr))) }
    var v6 = in6_addr()
    let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2, parts[1].isEmpty { return nil }
    guard inet_pton(AF_INET6, String(parts[0]), &v6) == 1 else { return nil }
    let number = withUnsafeBytes(of: &v6) { $0.reduce(UInt128(0)) { $0 << 8 | UInt128($1) } }
    return number >> 32 == 0xFFFF ? (false, number & 0xFFFF_FFFF) : (true, number)
  }
}
