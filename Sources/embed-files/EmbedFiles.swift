import Foundation

/// Writes a Swift file that holds the given files as one constant: `embed-files TYPE OUTPUT ROOT FILE…`.
///
/// The constant is `TYPE.text`. Each file is a line `## path, byte count`, then its text; `TYPE.files` takes them apart
/// again. A `StaticString` compiles in well under a second where an array of bytes takes minutes.
@main
enum EmbedFiles {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 4 else { throw Failure.usage }
    let (type, output, root) = (arguments[1], arguments[2], arguments[3])
    var text = ""
    for path in arguments.dropFirst(4) {
      let content = try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
      // Raw string literals: the number of signs has to be one that the text does not have.
      guard !content.contains("\"####") else { throw Failure.delimiter(path) }
      // The compiler reads a carriage return in a literal as a line break of its own.
      guard !content.contains("\r") else { throw Failure.carriageReturn(path) }
      text += "## \(path.dropFirst(root.count + 1)), \(content.utf8.count)\n" + content
      if !content.hasSuffix("\n") { text += "\n" }
    }
    let swift = "enum \(type) {\n  static let text: StaticString = ####\"\"\"\n\(text)\"\"\"####\n\n\(splitting)}\n"
    try swift.write(toFile: output, atomically: true, encoding: .utf8)
  }

  private static let splitting = """
      /// The files by their path below the folder, in order of path.
      static var files: [(path: String, text: [UInt8])] {
        var rest = text.withUTF8Buffer { ArraySlice($0) }
        var files: [(path: String, text: [UInt8])] = []
        while let lineEnd = rest.firstIndex(of: 10) {
          let head = String(decoding: rest[rest.startIndex..<lineEnd], as: UTF8.self).dropFirst(3)
          guard let comma = head.lastIndex(of: ","), let count = Int(head[comma...].dropFirst(2)) else { break }
          let text = rest[(lineEnd + 1)...].prefix(count)
          files.append((String(head[..<comma]), Array(text)))
          rest = rest[text.endIndex...]
          if rest.first == 10, text.last != 10 { rest = rest.dropFirst() }
        }
        return files
      }

    """

  enum Failure: Error {
    case usage
    case delimiter(String)
    case carriageReturn(String)
  }
}
