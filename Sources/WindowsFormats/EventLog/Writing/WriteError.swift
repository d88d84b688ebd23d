extension EventLogWriter {
  /// Why an event cannot be written. The writer is unchanged: the next event can still be appended.
  public struct WriteError: Error, Hashable, Sendable, CustomStringConvertible {
    public var code: Code
    /// The field, element or value that is at fault, by its name; empty when it is the record as a whole.
    public var subject: String

    public init(_ code: Code, _ subject: String = "") {
      self.code = code
      self.subject = subject
    }

    public var description: String { subject.isEmpty ? "\(code)" : "\(code): \(subject)" }

    /// The kind of fault. A struct, so that it can grow without breaking a `switch` elsewhere.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
      fileprivate enum Kind: String, Sendable {
        case recordTooLarge, valueTooLarge, textTooLong, invalidName, nameTooLong, tooManyFields, nestedTooDeeply
        case invalidValue, mixedArray, unsupportedArray, unknownField, typeMismatch, tooManyChunks
        case recordIDsExhausted
      }
      fileprivate var kind: Kind

      /// The record with its templates does not fit in an empty chunk: 64 KiB less the chunk's header of 512 bytes.
      public static let recordTooLarge = Code(kind: .recordTooLarge)
      /// A value has more bytes than the 16-bit size of a value descriptor can say.
      public static let valueTooLarge = Code(kind: .valueTooLarge)
      /// A literal text of a template has more UTF-16 code units than its 16-bit length can say.
      public static let textTooLong = Code(kind: .textTooLong)
      /// A name of an element or attribute that XML does not allow.
      public static let invalidName = Code(kind: .invalidName)
      /// A name has more UTF-16 code units than its 16-bit length can say.
      public static let nameTooLong = Code(kind: .nameTooLong)
      /// More values than substitution identifiers.
      public static let tooManyFields = Code(kind: .tooManyFields)
      /// Elements in elements past `BinXMLTemplate.maximumDepth`.
      public static let nestedTooDeeply = Code(kind: .nestedTooDeeply)
      /// A value that its binary form cannot hold: a date outside SYSTEMTIME, a SID with too many parts.
      public static let invalidValue = Code(kind: .invalidValue)
      /// An array holds a value of another type than its own.
      public static let mixedArray = Code(kind: .mixedArray)
      /// BinXML has no array of this type: its elements would have no size of their own.
      public static let unsupportedArray = Code(kind: .unsupportedArray)
      /// An event definition has no field of this name.
      public static let unknownField = Code(kind: .unknownField)
      /// A value cannot become the type that the event definition gives to its field.
      public static let typeMismatch = Code(kind: .typeMismatch)
      /// The file header counts chunks in 16 bits.
      public static let tooManyChunks = Code(kind: .tooManyChunks)
      /// No 64-bit record identifier follows the last one.
      public static let recordIDsExhausted = Code(kind: .recordIDsExhausted)

      public var description: String { kind.rawValue }
    }
  }
}
