import Foundation
public import Sigma
public import WindowsFormats

/// The plainest reading of an `Expression` over one event, written to be obviously right: what engines are compared with.
///
/// - A field is missing when the event has no value under its exact name. Every predicate is then false, but for `null`,
///   which is true; so `neq` is true of a missing field, as pySigma's SQLite backend and Hayabusa have it.
/// - A field with several values matches when one of them does. Null values have no text: only `null` and `exists` are
///   true of them.
/// - Text is compared with the value's text (`EventValue.text`), letter case aside unless the pattern is cased.
/// - Numbers are compared when the value's text is one: decimal with sign and fraction, or hexadecimal after `0x`.
/// - Parts of a time are those of the text as it stands, RFC 3339; the week is that of ISO 8601 (1 to 53).
/// - Keywords are compared with every value of the event, each by itself.
public struct SigmaOracle {
  public typealias Event = [String: [EventValue]]

  public init() {}

  public func matches(_ expression: Sigma.Expression, _ event: Event) -> Bool {
    switch expression {
    case .all(let parts): parts.allSatisfy { matches($0, event) }
    case .any(let parts): parts.contains { matches($0, event) }
    case .not(let part): !matches(part, event)
    case .field(let name, let predicate): field(event[name] ?? [], predicate, event)
    case .keyword(let predicate): event.values.joined().contains { value($0, predicate) }
    }
  }

  private func field(_ values: [EventValue], _ predicate: Sigma.Predicate, _ event: Event) -> Bool {
    switch predicate {
    case .exists: return !values.isEmpty
    case .null: return values.isEmpty || values.contains(.null)
    case .fieldReference(let reference):
      let others = (event[reference.field] ?? []).compactMap(\.text)
      return values.compactMap(\.text).contains { text in others.contains { compare(text, $0, reference) } }
    default: return values.contains { value($0, predicate) }
    }
  }

  private func value(_ value: EventValue, _ predicate: Sigma.Predicate) -> Bool {
    guard let text = value.text else { return false }
    switch predicate {
    case .text(let pattern): return Self.matches(pattern, text)
    case .regularExpression(let expression): return Self.matches(expression, text)
    case .number(let comparison, let number): return Self.number(text).map { comparison.holds($0, number) } ?? false
    case .timePart(let part, let comparison, let number):
      return Self.part(part, of: text).map { comparison.holds(Double($0), number) } ?? false
    case .network(let network): return IPAddress(parsing: Array(text.utf8)).map(network.contains) ?? false
    case .exists, .null, .fieldReference: return false
    }
  }

  private func compare(_ text: String, _ other: String, _ reference: FieldReference) -> Bool {
    let pattern: [TextPattern.Element] =
      switch reference.part {
      case .whole: [.literal(other)]
      case .prefix: [.literal(other), .anyRun]
      case .suffix: [.anyRun, .literal(other)]
      case .anywhere: [.anyRun, .literal(other), .anyRun]
      }
    return Self.matches(TextPattern(pattern, isCased: reference.isCased), text)
  }

  // MARK: Values

  /// Every place where the first element can end is tried.
  public static func matches(_ pattern: TextPattern, _ text: String) -> Bool {
    func scalars(_ text: String) -> [Unicode.Scalar] {
      text.unicodeScalars.map { pattern.isCased ? $0 : CaseFolding.fold($0) }
    }
    func matches(_ elements: ArraySlice<TextPattern.Element>, _ text: ArraySlice<Unicode.Scalar>) -> Bool {
      switch elements.first {
      case nil: text.isEmpty
      case .literal(let literal):
        text.starts(with: scalars(literal)) && matches(elements.dropFirst(), text.dropFirst(scalars(literal).count))
      case .anyCharacter: !text.isEmpty && matches(elements.dropFirst(), text.dropFirst())
      case .anyRun: (0...text.count).contains { matches(elements.dropFirst(), text.dropFirst($0)) }
      }
    }
    return matches(pattern.elements[...], scalars(text)[...])
  }

  private static func matches(_ expression: RegularExpression, _ text: String) -> Bool {
    var options: NSRegularExpression.Options = []
    if expression.ignoresCase { options.insert(.caseInsensitive) }
    if expression.isMultiline { options.insert(.anchorsMatchLines) }
    if expression.dotMatchesNewline { options.insert(.dotMatchesLineSeparators) }
    guard let compiled = try? NSRegularExpression(pattern: expression.source, options: options) else { return false }
    return compiled.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
  }

  private static func number(_ text: String) -> Double? {
    let isNegative = text.hasPrefix("-")
    let digits = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard let first = digits.first, first.isASCII, first.isNumber else { return nil }
    let size =
      digits.lowercased().hasPrefix("0x")
      ? UInt64(digits.dropFirst(2), radix: 16).map { Double($0) }
      : digits.allSatisfy({ $0.isASCII && ($0.isNumber || ".eE+-".contains($0)) }) ? Double(digits) : nil
    return size.map { isNegative ? -$0 : $0 }
  }

  /// `YYYY-MM-DD`, then `T` or a blank, `HH:MM` and whatever follows.
  private static func part(_ part: TimePart, of text: String) -> Int? {
    let digits = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      digits.count >= range.upperBound ? Int(String(decoding: digits[range], as: UTF8.self)) : nil
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), digits[4] == 0x2D,
      digits[7] == 0x2D
    else { return nil }
    switch part {
    case .year: return year
    case .month: return month
    case .day: return day
    case .hour: return number(11..<13)
    case .minute: return number(14..<16)
    case .week:
      var calendar = Calendar(identifier: .iso8601)
      calendar.timeZone = .gmt
      return calendar.date(from: DateComponents(year: year, month: month, day: day)).map {
        calendar.component(.weekOfYear, from: $0)
      }
    }
  }
}
