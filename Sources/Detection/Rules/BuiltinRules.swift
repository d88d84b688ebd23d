/// The rules that are part of the program: the files of `Rules/`, put in when it was built.
public enum BuiltinRules {
  /// The files by their path below `Rules/`, in order of path.
  public static var files: [(path: String, text: [UInt8])] {
    var rest = EmbeddedRules.text.withUTF8Buffer { ArraySlice($0) }
    var files: [(path: String, text: [UInt8])] = []
    while let lineEnd = rest.firstIndex(of: 10) {
      let head = String(decoding: rest[rest.startIndex..<lineEnd], as: UTF8.self).dropFirst(3)
      guard let comma = head.lastIndex(of: ","), let count = Int(head[comma...].dropFirst(2)) else { break }
      let text = rest[(lineEnd + 1)...].prefix(count)
      files.append((String(head[..<comma]), Array(text)))
      rest = rest.dropFirst(lineEnd + 1 - rest.startIndex + count)
      if rest.first == 10, text.last != 10 { rest = rest.dropFirst() }
    }
    return files
  }
}
