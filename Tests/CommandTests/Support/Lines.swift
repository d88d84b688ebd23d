import Foundation
import Testing

/// A line of JSON: its keys in the order in which they stand, and its values.
struct JSONLine {
  let text: String
  let object: [String: Any]

  init(_ text: String) throws {
    self.text = text
    object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
  }

  subscript(key: String) -> Any? { object[key] }
  func text(_ key: String) -> String? { object[key] as? String }
  func number(_ key: String) -> Int? { object[key] as? Int }
  var data: [String: Any] { object["data"] as? [String: Any] ?? [:] }

  var keys: [String] { JSONLine.keys(of: text) }

  /// The keys of an object's text, those of its first level only.
  static func keys(of text: String) -> [String] {
    var keys: [String] = []
    var depth = 0
    var string: [UInt8]?
    var isEscaped = false
    var last: [UInt8] = []
    for byte in text.utf8 {
      if string != nil {
        if !isEscaped, byte == UInt8(ascii: "\"") {
          last = string ?? []
          string = nil
        } else {
          string?.append(byte)
        }
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): string = []
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ":"): if depth == 1 { keys.append(String(decoding: last, as: UTF8.self)) }
      default: break
      }
    }
    return keys
  }
}

extension Tool.Outcome {
  var records: [JSONLine] { get throws { try lines.map { try JSONLine($0) } } }
  /// Diagnostics of a run with `--diagnostics jsonl`.
  var faults: [JSONLine] { get throws { try errorLines.map { try JSONLine($0) } } }
  /// The texts of the records that `Logs.text` made.
  var texts: [String] { get throws { try records.map { $0.data["Text"] as? String ?? "?" } } }
}

/// Comma-separated values, read strictly after RFC 4180.
enum CSV {
  static func rows(_ text: String) throws -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell: [Unicode.Scalar] = []
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    func string() -> String { String(String.UnicodeScalarView(cell)) }
    while let scalar = scalars.popFirst() {
      if isQuoted {
        if scalar != "\"" {
          cell.append(scalar)
        } else if scalars.first == "\"" {
          cell.append(scalar)
          scalars.removeFirst()
        } else {
          isQuoted = false
          try #require([",", "\r"].contains(scalars.first), "text behind a quotation mark")
        }
        continue
      }
      switch scalar {
      case "\"":
        try #require(cell.isEmpty, "quotation mark inside a bare cell")
        isQuoted = true
      case ",":
        row.append(string())
        cell = []
      case "\r":
        try #require(scalars.popFirst() == "\n", "bare CR")
        rows.append(row + [string()])
        row = []
        cell = []
      default:
        try #require(scalar != "\n", "bare LF")
        cell.append(scalar)
      }
    }
    try #require(!isQuoted && row.isEmpty && cell.isEmpty, "no line break at the end")
    return rows
  }
}
