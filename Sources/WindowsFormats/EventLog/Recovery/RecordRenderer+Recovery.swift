/// What stands before the lines of a file.
extension RecordRenderer {
  /// Starts the lines of a file.
  mutating func beginFile(_ file: String) {
    linePrefix.removeAll()
    linePrefix.append("{\"file\":")
    linePrefix.appendJSONString(file)
    linePrefix.append(",\"recordId\":")
  }
}
