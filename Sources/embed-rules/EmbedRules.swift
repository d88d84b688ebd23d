import Foundation

/// Writes a Swift file that holds the given rule files as one constant: `embed-rules OUTPUT ROOT FILE…`.
///
/// Each file is a line `## path, byte count`, then its text. A `StaticString` compiles in well under a second where an
/// array of bytes takes minutes.
@main
enum EmbedRules {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3 else { throw Failure.usage }
    var text = ""
    for path in arguments.dropFirst(3) {
      let content = try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
      // Raw string literals: the number of signs has to be one that the text does not have.
      guard !content.contains("\"####") else { throw Failure.delimiter(path) }
      text += "## \(path.dropFirst(arguments[2].count + 1)), \(content.utf8.count)\n" + content
      if !content.hasSuffix("\n") { text += "\n" }
    }
    let swift = "enum EmbeddedRules {\n  static let text: StaticString = ####\"\"\"\n\(text)\"\"\"####\n}\n"
    try swift.write(toFile: arguments[1], atomically: true, encoding: .utf8)
  }

  enum Failure: Error {
    case usage
    case delimiter(String)
  }
}
