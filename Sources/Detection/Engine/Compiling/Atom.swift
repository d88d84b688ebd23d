import Sigma
import WindowsFormats

/// One question about an event, asked at most once an event; a place in the table of atoms.
struct Atom: BitwiseCopyable {
  enum Kind: UInt8, BitwiseCopyable {
    /// One of a set of literals stands in the field: the scan of its values tells, and nothing is left to do.
    case literals
    /// The field has a value that is text, whatever text.
    case anyText
    /// The field has the empty text.
    case emptyText
    /// A pattern with wildcards in folded text; `parameter` is its program.
    case wildcard
    /// A pattern in text as it stands.
    case casedWildcard
    /// `parameter` is a place in the list of regular expressions.
    case regularExpression
    case number
    case timePart
    case network
    case exists
    case null
    case fieldReference
  }

  var kind: Kind
  /// Number of the field among those of the rule set; `FieldNumbers.anyValue` for keywords.
  var field: Int32
  /// Place in the table of the kind.
  var parameter: Int32
}

/// The fields of a rule set by number. The first numbers are given.
enum FieldNumbers {
  /// Every value of the event, for keywords.
  static let anyValue: Int32 = 0
  static let channel: Int32 = 1
  static let provider: Int32 = 2
  static let eventID: Int32 = 3
  static let given = ["", "Channel", "Provider_Name", "EventID"]

  /// The name by which rules and events agree on a field: Defender writes `New Value` where its rules ask for `NewValue`.
  static func key(_ name: String) -> String {
    name.utf8.contains(UInt8(ascii: " ")) ? String(name.unicodeScalars.filter { $0 != " " }) : name
  }

  /// Fields that decide which rules look at an event.
  static func isKey(_ field: Int32) -> Bool { field >= channel && field <= eventID }
}

/// A text that a field's values are searched for.
struct Literal: Hashable {
  var field: Int32
  /// Folded UTF-8; never empty.
  var bytes: [UInt8]
  var part: FieldReference.Part
}

struct NumberTest: BitwiseCopyable {
  var comparison: UInt8
  var value: Double

  init(_ comparison: Comparison, _ value: Double) {
    self.comparison = comparison.code
    self.value = value
  }

  @inline(__always)
  func holds(_ number: Double) -> Bool { Comparison.holds(comparison, number, value) }
}

struct TimeTest: BitwiseCopyable {
  var part: UInt8
  var comparison: UInt8
  var value: Double
}

struct NetworkTest: BitwiseCopyable {
  var isIPv6: Bool
  var address: UInt128
  var mask: UInt128
}

struct ReferenceTest: BitwiseCopyable {
  var other: Int32
  var part: UInt8
  var isCased: Bool
}

extension Comparison {
  /// A number that fits a table of plain values.
  var code: UInt8 {
    switch self {
    case .equal: 0
    case .notEqual: 1
    case .less: 2
    case .lessOrEqual: 3
    case .greater: 4
    case .greaterOrEqual: 5
    }
  }

  @inline(__always)
  static func holds(_ code: UInt8, _ left: Double, _ right: Double) -> Bool {
    switch code {
    case 0: left == right
    case 1: left != right
    case 2: left < right
    case 3: left <= right
    case 4: left > right
    default: left >= right
    }
  }
}

extension FieldReference.Part {
  var code: UInt8 {
    switch self {
    case .whole: 0
    case .prefix: 1
    case .suffix: 2
    case .anywhere: 3
    }
  }
}
