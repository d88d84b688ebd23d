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
  /// Nodes parsed for one chunk, over all its records: template chains could multiply their work otherwise.
  static let nodesPerChunk = 4_000_000
  /// Substitutions of one template instance; the format counts them in 32 bits and indexes them with 16.
  static let substitutions = 0xFFFE
  /// Characters of an element or attribute name.
  static let nameLength = 1024
  /// Bytes of output of one chunk of 64 KiB; real chunks give some 300 KB.
  static let outputPerChunk = 64 << 20
  /// Bytes of literal text of one chunk's programs.
  static let literals = 16 << 20
}

extension ParseError.Structure {
  public static let eventLogFileHeader = Self("fileHeader")
  public static let eventLogChunk = Self("chunk")
  public static let eventLogChunkHeader = Self("chunkHeader")
  public static let eventLogRecord = Self("record")
  public static let binXML = Self("binXML")
}
