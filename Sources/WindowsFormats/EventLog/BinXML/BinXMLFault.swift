/// Why a run of BinXML could not be read. One byte, so that the typed error costs nothing where nothing is wrong;
/// the offset is kept by the reader and joined to it where a `ParseError` is made.
enum BinXMLFault: UInt8, Error {
  case truncated, invalidToken, invalidValue, limitExceeded, unsupported
  /// Not an error: the template cannot be compiled without the record's own values. The record is expanded instead.
  case needsExpansion

  var code: ParseError.Code {
    switch self {
    case .truncated: .truncated
    case .invalidToken, .invalidValue: .invalidValue
    case .limitExceeded: .limitExceeded
    case .unsupported, .needsExpansion: .unsupported
    }
  }
}

/// Limits of the BinXML reader. Real records nest two templates and have at most a few hundred nodes.
enum BinXMLLimits {
  /// Elements inside elements.
  static let elementDepth = 64
  /// BinXML inside substitution values, and template instances inside templates.
  static let fragmentDepth = 16
  /// Nodes of one fragment, expanded.
  static let nodes = 16_384
  /// What all records of one chunk may cost together, about one for each byte that is looked at or written. Values
  /// that are referred to often, names that are shared and templates in templates could multiply it without bounds;
  /// what failed and was taken back counts as well. Real chunks need less than a tenth.
  static let workPerChunk = 32 << 20
  /// What a token or an op costs beside the bytes that it speaks of.
  static let workPerToken = 16
  /// Substitutions of one template instance; the format counts them in 32 bits and indexes them with 16.
  static let substitutions = 0xFFFE
  /// Characters of an element or attribute name.
  static let nameLength = 1024
  /// Bytes of a definition with every name written out. Real ones have less than 20 KB.
  static let imageByteCount = 1 << 20
  /// Bytes of literal text of one chunk's programs.
  static let literals = 16 << 20
}

extension ParseError.Structure {
  static let eventLogFileHeader = Self("fileHeader")
  static let eventLogChunk = Self("chunk")
  static let eventLogChunkHeader = Self("chunkHeader")
  static let eventLogRecord = Self("record")
  static let binXML = Self("binXML")
}
