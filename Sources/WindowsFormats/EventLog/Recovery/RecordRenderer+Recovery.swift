/// What a record says without its template.
extension RecordRenderer {
  /// Starts the lines of a file.
  mutating func beginFile(_ file: String) {
    linePrefix.removeAll()
    linePrefix.append("{\"file\":")
    linePrefix.appendJSONString(file)
    linePrefix.append(",\"recordId\":")
  }

  /// The values of an instance whose definition is lost, in order and without names. A whole record without one is
  /// left to `RawRecordReader`.
  mutating func renderWithoutTemplate(
    _ instance: FragmentParser.Instance, role: FragmentRole, depth: Int
  ) throws(BinXMLFault) -> Int {
    guard role != .document else { throw parser.fail(.invalidValue, 0) }
    switch output {
    case .jsonLines:
      separate()
      out.append("\"Data\":[")
    case .xml: out.append("<EventData>")
    case .slots: break
    }
    for index in 0..<instance.values.count {
      let value = reference(index, instance.values)
      switch output {
      case .jsonLines: try appendItems(value, depth: depth)
      case .xml:
        out.append("<Data>")
        try appendText(value, escaping: .xml, depth: depth)
        out.append("</Data>")
      case .slots: slots.append(field: fields.id(of: "Data"), value)
      }
    }
    switch output {
    case .jsonLines: out.append(93)
    case .xml: out.append("</EventData>")
    case .slots: break
    }
    parser.offsets.truncate(to: instance.values.firstOffset)
    return instance.end
  }
}
