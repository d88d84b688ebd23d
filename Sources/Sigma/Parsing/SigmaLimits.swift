/// What a file may ask of the reader. Rule files come from anywhere; what is beyond a limit is refused with its place.
public struct SigmaLimits: Hashable, Sendable {
  /// Bytes of a file. The longest list of SigmaHQ, 4,432 hashes, takes 0.4 MB.
  public var maximumBytes = 8 << 20
  public var maximumDocuments = 1_000
  /// Characters of a document that can begin a YAML node (`, : [ { ? -` and line breaks): there are never more than
  /// twice as many nodes, which is what the YAML reader's memory grows with.
  public var maximumStructuralCharacters = 500_000
  /// Levels of maps and lists within each other; a rule has four.
  public var maximumDepth = 32
  /// Nodes of a document with its aliases expanded.
  public var maximumNodes = 1_000_000
  /// Bytes that a document's aliases could at most expand to.
  public var maximumAliasedBytes = 64 << 20
  /// Bytes of one scalar.
  public var maximumTextLength = 1 << 20
  /// Warnings of a file; further ones are dropped.
  public var maximumWarnings = 10_000
  /// Modifiers of a field, bytes of a value that has any, and values and bytes that they may make of it. The bytes are
  /// those of a whole file.
  public var maximumModifiers = 16
  public var maximumModifiedTextLength = 64 << 10
  public var maximumExpansions = 10_000
  public var maximumExpandedBytes = 64 << 20
  /// Keys of `SigmaMetadata.custom`.
  public var maximumCustomKeys = 1_000
  /// Bytes of a condition, and how deep its parentheses and `not` may be nested.
  public var maximumConditionLength = 64 << 10
  public var maximumConditionDepth = 64
  /// Predicates and operators of a document's expression with its selections in place.
  public var maximumExpressionSize = 250_000

  public init() {}
}
